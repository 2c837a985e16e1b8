package reference

// parse decodes the body into the call's form. An empty body is a form without
// parameters, whatever its type.
func (s *Server) parse(call *Call) {
	if call.Decision == "" && len(call.RawBody) > 0 {
		call.parseBody()
	}
	if hook := s.config.Hooks.Parsed; hook != nil {
		hook(call)
	}
}

func (c *Call) parseBody() {
	switch c.Encoding {
	case Urlencoded:
		c.Form = ParseUrlencoded(string(c.RawBody), DecodeUrlencoded)
	case Multipart:
		form, err := parseMultipart(c.RawBody, boundaryOf(c.Request.Header.Get("Content-Type")))
		if err != nil {
			c.Decision = Malformed
			return
		}
		c.Form = form
	case OtherEncoding:
		c.Decision = Unsupported
	}
}
