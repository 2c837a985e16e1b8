// Package exchange sends the contract's requests and records what came back.
package exchange

import (
	"bytes"
	"context"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
)

// Path is where the endpoint stands, below the base URL (REQ-1).
const Path = "access/klearstack/get_access_token"

// Encoding is how a form is put into a request's body.
type Encoding string

// The encodings of the documented samples (REQ-4, REQ-5).
const (
	Urlencoded Encoding = "urlencoded"
	Multipart  Encoding = "multipart"
)

// Spelling is how the values of a urlencoded form are written (REQ-4, REQ-6).
type Spelling int

// The spellings: what becomes of a space, and which other characters are encoded.
const (
	SpacePlus      Spelling = iota // as Python's requests does
	SpacePercent20                 // as OkHttp does
	SpaceRaw                       // spaces as they are, what is reserved encoded
	AsIs                           // nothing encoded, as curl does with what it is given
	EveryByte                      // all bytes percent-encoded
)

// Boundary is the form of a multipart form's boundary.
type Boundary int

// The boundaries of the documented samples: dashes and digits, as Node.js's request has it, or with a word in it, as
// browsers of the WebKit family have it.
const (
	Dashes Boundary = iota
	WebKit
)

// Param is one parameter of a form.
type Param struct {
	Name  string
	Value string
	Shell string // for a secret: the shell expression that stands for Value in a curl line
}

// Request is one request of the contract. It is a value: whoever wants a variation changes a copy.
type Request struct {
	Name     string // what it is, in words that can follow "the answer to"; unique in a run
	Method   string
	Query    []Param
	Encoding Encoding // "" for a request without a body
	Spelling Spelling
	Charset  bool // names the charset in the urlencoded content type
	Boundary Boundary
	FromPage bool // comes from a page of the target's own origin, which its Origin names
	Params   []Param
	Header   http.Header // Content-Type, Content-Length and User-Agent are added to it; an empty User-Agent stands for none

	ValidLogin  bool // asks for tokens with the right credentials, as the contract says it is done
	Credentials bool // names the configured user, with a password: a refused one may count towards a lockout
}

// Value returns the value of a parameter that the request sends in its form or its query, and whether it does.
func (r Request) Value(name string) (string, bool) {
	for _, params := range [][]Param{r.Params, r.Query} {
		for _, param := range params {
			if param.Name == name {
				return param.Value, true
			}
		}
	}
	return "", false
}

// Offers tells whether the request offers a content coding in its Accept-Encoding (OK-6).
func (r Request) Offers(coding string) bool {
	if coding == "x-gzip" {
		coding = "gzip"
	}
	for _, offered := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		if strings.EqualFold(strings.TrimSpace(offered), coding) {
			return true
		}
	}
	return false
}

// Shape tells the request's method and how it carries its form, such as "POST urlencoded".
func (r Request) Shape() string {
	switch {
	case len(r.Query) > 0:
		return r.Method + " query"
	case r.Encoding != "":
		return r.Method + " " + string(r.Encoding)
	default:
		return r.Method
	}
}

// Message returns the request for a transport. The error says that its method or address is none.
func (r Request) Message(ctx context.Context, base *url.URL, userAgent string) (*http.Request, error) {
	body, contentType := r.form()
	var reader io.Reader
	if r.Encoding != "" {
		reader = bytes.NewReader(body)
	}
	message, err := http.NewRequestWithContext(ctx, r.Method, r.address(base).String(), reader)
	if err != nil {
		return nil, err
	}
	message.Host = authority(base)
	message.GetBody = nil // what was sent once is not sent again behind the suite's back
	maps.Copy(message.Header, r.header(base))
	if _, told := message.Header["User-Agent"]; !told {
		message.Header.Set("User-Agent", userAgent)
	}
	if contentType != "" {
		message.Header.Set("Content-Type", contentType)
	}
	return message, nil
}

// header returns the header with what depends on where the request goes.
func (r Request) header(base *url.URL) http.Header {
	if !r.FromPage {
		return r.Header
	}
	header := r.Header.Clone()
	header.Set("Origin", base.Scheme+"://"+authority(base))
	return header
}

// authority is the host and port of a URL as the documented clients name them: in lower case, and without the port that
// the scheme implies.
func authority(base *url.URL) string {
	host := strings.ToLower(base.Host)
	for scheme, port := range map[string]string{"http": ":80", "https": ":443"} {
		if base.Scheme == scheme {
			host = strings.TrimSuffix(host, port)
		}
	}
	return host
}

// Address returns the URL that the request goes to, without its query.
func (r Request) Address(base *url.URL) string {
	r.Query = nil
	return r.address(base).String()
}

// address returns the URL that the request goes to: the base's path as it is written, but for slashes at its end, and what
// follows it.
func (r Request) address(base *url.URL) *url.URL {
	address := *base
	address.RawPath = strings.TrimRight(base.EscapedPath(), "/") + "/" + Path
	address.Path, _ = url.PathUnescape(address.RawPath) // an escaped path can be unescaped
	address.RawQuery = urlencode(r.Query, SpacePlus)
	return &address
}
