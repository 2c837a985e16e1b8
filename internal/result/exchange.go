package result

// Exchange is one request and what came back, without secrets, and cut where it is long.
type Exchange struct {
	Name     string  `json:"name"`  // of the request; unique in a run
	Shape    string  `json:"shape"` // method and encoding, such as "POST urlencoded"
	Method   string  `json:"method"`
	URL      string  `json:"url"`
	Sent     []Field `json:"sent_header,omitempty"`
	Form     []Field `json:"form,omitempty"` // or the query, in order
	Offset   float64 `json:"offset_ms"`      // from the start of the run, in milliseconds
	Duration float64 `json:"duration_ms"`
	Status   int     `json:"status,omitempty"`
	Header   []Field `json:"header,omitempty"`
	Body     string  `json:"body,omitempty"`
	Limited  bool    `json:"rate_limited,omitempty"` // a rate limit rejected it
	Problem  string  `json:"problem,omitempty"`      // why there is no answer
}

// Field is a header field (RFC 9110, section 5) or a parameter of a form.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}
