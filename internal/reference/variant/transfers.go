package variant

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/klearstack/conformance/internal/reference"
)

// transfers differ in how answers travel.
func transfers() []Variant {
	const open = "OK-3 asks for a whole body, not for a way to send it"
	same := func(name string) string { return name }
	return []Variant{
		hooked("chunked", "Sends bodies in one chunk.", open, sending(func(w http.ResponseWriter, d *draft) {
			d.begin(w)
			_ = http.NewResponseController(w).Flush() // a client that has gone away is no matter
			_, _ = w.Write(d.body.Bytes())
		})),
		hooked("chunks-of-one-byte-with-extensions", "Sends bodies in chunks of one byte each, with chunk extensions.", open,
			raw(func(d *draft) string {
				var chunks strings.Builder
				for _, each := range d.body.Bytes() {
					chunks.WriteString("1;part=yes\r\n" + string([]byte{each}) + "\r\n")
				}
				return d.opening("HTTP/1.1", same) + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunks.String() + "0\r\n\r\n"
			})),
		hooked("closing-without-length", "Ends bodies by closing the connection.", open, raw(func(d *draft) string {
			return d.opening("HTTP/1.1", same) + "Connection: close\r\n\r\n" + d.body.String()
		})),
		hooked("http-1.0", "Answers by HTTP/1.0, without Content-Length.", open, raw(func(d *draft) string {
			return d.opening("HTTP/1.0", same) + "\r\n" + d.body.String()
		})),
		hooked("header-names-in-lower-case", "Writes the names of header fields in lower case.",
			"field names have no case (RFC 9110, section 5.1)", raw(func(d *draft) string {
				return d.opening("HTTP/1.1", strings.ToLower) + fmt.Sprintf("content-length: %d\r\n\r\n", d.body.Len()) + d.body.String()
			})),
		hooked("no-reason-phrase", "Leaves the reason phrase out of the status line.",
			"the phrase says nothing (RFC 9112, section 4)", raw(func(d *draft) string {
				return fmt.Sprintf("HTTP/1.1 %d \r\n", d.status) + d.lines(same) + "Connection: close\r\n\r\n" + d.body.String()
			})),
		hooked("early-hints", "Sends 103 Early Hints and 102 Processing before each answer.",
			"no clause forbids 1xx answers before the proper one", sending(func(w http.ResponseWriter, d *draft) {
				w.Header().Set("Link", "</style.css>; rel=preload; as=style")
				w.WriteHeader(http.StatusEarlyHints)
				w.Header().Del("Link")
				w.WriteHeader(http.StatusProcessing)
				d.begin(w)
				_, _ = w.Write(d.body.Bytes())
			})),
		hooked("trailers", "Sends trailer fields after bodies.", open, sending(func(w http.ResponseWriter, d *draft) {
			w.Header().Set("Trailer", "Server-Timing")
			d.begin(w)
			_, _ = w.Write(d.body.Bytes())
			w.Header().Set("Server-Timing", "total;dur=1")
		})),
		hooked("slow", "Takes 30 ms for every answer.", "no clause bounds the time of an answer", reference.Hooks{Wrap: slow}),
	}
}

// opening is the status line and the header fields.
func (d *draft) opening(protocol string, name func(string) string) string {
	return fmt.Sprintf("%s %d %s\r\n", protocol, d.status, http.StatusText(d.status)) + d.lines(name)
}

func slow(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		timer := time.NewTimer(30 * time.Millisecond)
		defer timer.Stop()
		select {
		case <-timer.C:
			next.ServeHTTP(w, r)
		case <-r.Context().Done():
		}
	})
}
