package exchange

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"mime/multipart"
	"net/url"
	"strings"
)

// form returns the request's body and its Content-Type; neither, where the request has no body.
func (r Request) form() (body []byte, contentType string) {
	switch r.Encoding {
	case Urlencoded:
		contentType = "application/x-www-form-urlencoded"
		if r.Charset {
			contentType += "; charset=UTF-8"
		}
		return []byte(urlencode(r.Params, r.Spelling)), contentType
	case Multipart:
		return multipartForm(r.Params, r.Boundary.random())
	default:
		return nil, ""
	}
}

func urlencode(params []Param, spelling Spelling) string {
	pairs := make([]string, len(params))
	for i, param := range params {
		pairs[i] = param.Name + "=" + escape(param.Value, spelling)
	}
	return strings.Join(pairs, "&")
}

func escape(value string, spelling Spelling) string {
	switch spelling {
	case SpacePercent20:
		return strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
	case SpaceRaw:
		return strings.ReplaceAll(url.QueryEscape(value), "+", " ")
	case AsIs:
		return value
	case EveryByte:
		var all strings.Builder
		upper := false // the case of the digits means nothing (RFC 3986, section 2.1)
		for _, b := range []byte(value) {
			digits := hex.EncodeToString([]byte{b})
			if strings.ContainsAny(digits, "abcdef") {
				if upper {
					digits = strings.ToUpper(digits)
				}
				upper = !upper
			}
			all.WriteString("%" + digits)
		}
		return all.String()
	default:
		return url.QueryEscape(value)
	}
}

// multipartForm writes parts, of which there is at least one, as the Node.js and the browser samples do: with a Content-Disposition and nothing else.
func multipartForm(params []Param, boundary string) (body []byte, contentType string) {
	var buffer bytes.Buffer
	writer := multipart.NewWriter(&buffer)
	// The boundary is well-formed and a buffer takes everything: none of these calls can fail.
	_ = writer.SetBoundary(boundary)
	for _, param := range params {
		_ = writer.WriteField(param.Name, param.Value)
	}
	_ = writer.Close()
	return buffer.Bytes(), "multipart/form-data; boundary=" + boundary
}

// random returns a boundary of that form.
func (b Boundary) random() string {
	if b == WebKit {
		return "----WebKitFormBoundary" + rand.Text()[:16]
	}
	digits := []byte(rand.Text()[:24])
	for i, letter := range digits { // 24 of them are random enough, though not alike
		digits[i] = '0' + letter%10
	}
	return strings.Repeat("-", 26) + string(digits)
}
