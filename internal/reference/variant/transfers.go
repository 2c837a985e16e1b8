package variant

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// transfers differ in how answers travel.
func transfers() []Variant {
	const open = "OK-3 asks for a whole body, not for a way to send it"
	same := func(name string) string { return name }
	return []Variant{
		hooked("chunked", "Sends bodies in one chunk.", open, change.Sending(func(w http.ResponseWriter, d *change.Draft) {
			d.Begin(w)
			_ = http.NewResponseController(w).Flush() // a client that has gone away is no matter
			_, _ = w.Write(d.Body.Bytes())
		})),
		hooked("chunks-of-one-byte-with-extensions", "Sends bodies in chunks of one byte each, with chunk extensions.", open,
			change.Raw(func(d *change.Draft) string {
				var chunks strings.Builder
				for _, each := range d.Body.Bytes() {
					chunks.WriteString("1;part=yes\r\n" + string([]byte{each}) + "\r\n")
				}
				return d.Opening("HTTP/1.1", same) + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunks.String() + "0\r\n\r\n"
			})),
		hooked("closing-without-length", "Ends bodies by closing the connection.", open, change.Raw(func(d *change.Draft) string {
			return d.Opening("HTTP/1.1", same) + "Connection: close\r\n\r\n" + d.Body.String()
		})),
		hooked("http-1.0", "Answers by HTTP/1.0, without Content-Length.", open, change.Raw(func(d *change.Draft) string {
			return d.Opening("HTTP/1.0", same) + "\r\n" + d.Body.String()
		})),
		hooked("header-names-in-lower-case", "Writes the names of header fields in lower case.",
			"field names have no case (RFC 9110, section 5.1)", change.Raw(func(d *change.Draft) string {
				return d.Opening("HTTP/1.1", strings.ToLower) + fmt.Sprintf("content-length: %d\r\n\r\n", d.Body.Len()) + d.Body.String()
			})),
		hooked("no-reason-phrase", "Leaves the reason phrase out of the status line.",
			"the phrase says nothing (RFC 9112, section 4)", change.Raw(func(d *change.Draft) string {
				return fmt.Sprintf("HTTP/1.1 %d \r\n", d.Status) + d.Lines(same) + "Connection: close\r\n\r\n" + d.Body.String()
			})),
		hooked("early-hints", "Sends 103 Early Hints and 102 Processing before each answer.",
			"no clause forbids 1xx answers before the proper one", change.Sending(func(w http.ResponseWriter, d *change.Draft) {
				w.Header().Set("Link", "</style.css>; rel=preload; as=style")
				w.WriteHeader(http.StatusEarlyHints)
				w.Header().Del("Link")
				w.WriteHeader(http.StatusProcessing)
				d.Begin(w)
				_, _ = w.Write(d.Body.Bytes())
			})),
		hooked("trailers", "Sends trailer fields after bodies.", open, change.Sending(func(w http.ResponseWriter, d *change.Draft) {
			w.Header().Set("Trailer", "Server-Timing")
			d.Begin(w)
			_, _ = w.Write(d.Body.Bytes())
			w.Header().Set("Server-Timing", "total;dur=1")
		})),
		hooked("slow", "Takes 30 ms for every answer.", "no clause bounds the time of an answer", reference.Hooks{Wrap: slow}),
	}
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
