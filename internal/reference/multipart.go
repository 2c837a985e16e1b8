package reference

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
)

// parseMultipart reads a multipart body (REQ-5). A part needs no header but
// Content-Disposition; a body of only the closing delimiter is a form without
// parameters. The error says that the body is not what its boundary promises.
func parseMultipart(body []byte, boundary string) (Form, error) {
	if boundary == "" {
		return nil, errors.New("the content type names no boundary")
	}
	var form Form
	reader := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) && isClosed(body, boundary) {
			return form, nil
		}
		if err != nil {
			return nil, err
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return nil, err
		}
		form = append(form, Field{Name: part.FormName(), Value: string(value)})
	}
}

// isClosed tells whether the closing delimiter is there: the reader says EOF
// for a body that never held its boundary, too.
func isClosed(body []byte, boundary string) bool {
	return bytes.Contains(body, []byte("--"+boundary+"--"))
}
