package wire_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/wire"
)

func TestNormal(t *testing.T) {
	t.Parallel()
	m, err := wire.Capture(abroad)
	require.NoError(t, err)
	assert.Equal(t, `POST /access/klearstack/get_access_token HTTP/1.1
Host: HOST:PORT
Connection: keep-alive
Content-Length: 371
sec-ch-ua-platform: "Linux"
Authorization: Basic UkVQTEFDRV9BUElfS0VZOg==
User-Agent: Mozilla/VERSION (X11; Linux x86_64) AppleWebKit/VERSION (KHTML, like Gecko) Chrome/VERSION Safari/VERSION
sec-ch-ua: BRANDS
Content-Type: multipart/form-data; boundary=----WebKitFormBoundaryXXXXXXXXXXXXXXXX
sec-ch-ua-mobile: ?0
Accept: */*
Origin: http://OTHER-HOST:PORT
Sec-Fetch-Site: same-site
Sec-Fetch-Mode: cors
Sec-Fetch-Dest: empty
Referer: http://OTHER-HOST:PORT/
Accept-Encoding: gzip, deflate, br, zstd
Accept-Language: en-US,en;q=0.9

------WebKitFormBoundaryXXXXXXXXXXXXXXXX
Content-Disposition: form-data; name="username"

qa-user
------WebKitFormBoundaryXXXXXXXXXXXXXXXX
Content-Disposition: form-data; name="company_name"

Acme Invoices
------WebKitFormBoundaryXXXXXXXXXXXXXXXX
Content-Disposition: form-data; name="password"

S3cret!pass&word=1
------WebKitFormBoundaryXXXXXXXXXXXXXXXX--

`, wire.Normal(m))
}

func TestNormalShowsLineBreaks(t *testing.T) {
	t.Parallel()
	m := wire.Message{Method: "POST", Path: "/", Protocol: "HTTP/1.1", Body: "a\nb\rc\r\nd"}
	assert.Equal(t, "POST / HTTP/1.1\n\na\\nb\\rc\nd\n", wire.Normal(m))
}

func TestNormalValues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, value, want string }{
		{"user-agent", "okhttp/3.13.1", "okhttp/VERSION"},
		{"User-Agent", "Mozilla/5.0 (X11; rv:153.0) Gecko/20100101", "Mozilla/VERSION (X11; rv:VERSION) Gecko/VERSION"},
		{"Referer", "http://h:1/sample.html", "http://HOST:PORT/sample.html"},
		{"Origin", "null", "null"},
		{"Origin", "https://other", "https://OTHER-HOST:PORT"},
		{"Content-Type", "multipart/form-data; boundary=b", "multipart/form-data; boundary=b"},
		{"Accept", "a/5", "a/5"},
	} {
		m := wire.Message{Method: "GET", Path: "/", Protocol: "HTTP/1.1", Fields: []wire.Field{{Name: "Host", Value: "h:1"}, {Name: c.name, Value: c.value}}}
		assert.Equal(t, "GET / HTTP/1.1\nHost: HOST:PORT\n"+c.name+": "+c.want+"\n\n\n", wire.Normal(m))
	}
}
