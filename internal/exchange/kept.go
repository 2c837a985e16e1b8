package exchange

import (
	"encoding/json"
	"io"
	"net/http"
)

// mostKept is how much is kept of all responses of a run, in bytes of memory: far more than those of any endpoint come to.
const mostKept = 40 << 20

// keep counts what is kept of an exchange. The error says that it is too much together with what is kept of the others.
func (c *Client) keep(e *Exchange, size int) error {
	c.counting.Lock()
	defer c.counting.Unlock()
	all := c.kept - e.kept + size
	if all > mostKept {
		return &keptError{}
	}
	c.kept, e.kept = all, size
	return nil
}

// digest takes the body apart, and lets go of what is not needed any more.
func (c *Client) digest(e *Exchange) error {
	c.digesting.Lock()
	defer c.digesting.Unlock()
	value, _ := e.JSON() // why there is none is judged later
	if len(e.Codings()) > 0 && e.bodyErr == nil && !e.Short {
		e.Raw = nil
	}
	size := headerWeight(e.Header) + len(e.Raw) + len(e.partial) + weight(value)
	if len(e.Codings()) > 0 {
		size += len(e.body)
	}
	return c.keep(e, size)
}

// metered is a body of which every read is counted.
type metered struct {
	io.ReadCloser
	count func(int) error
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	if full := m.count(n); full != nil {
		return 0, full
	}
	return n, err
}

// overhead is about how much memory a text takes besides its bytes, as a value, as a name or in a header.
const overhead = 64

// headerWeight is about how much memory a header takes.
func headerWeight(header http.Header) int {
	size := 0
	for name, values := range header {
		for _, value := range values {
			size += 2*overhead + len(name) + len(value)
		}
	}
	return size
}

// weight is about how much memory a JSON value takes.
func weight(value any) int {
	size := overhead
	switch value := value.(type) {
	case string:
		size += len(value)
	case json.Number:
		size += len(value)
	case []any:
		for _, element := range value {
			size += weight(element)
		}
	case map[string]any:
		for name, element := range value {
			size += overhead + len(name) + weight(element)
		}
	}
	return size
}
