package exchange

// Digest takes the body apart as is done with that of every response.
func (c *Client) Digest(e *Exchange) error { return c.digest(e) }

// Digesting reports whether a body is being taken apart.
func (c *Client) Digesting() bool {
	idle := c.digesting.TryLock()
	if idle {
		c.digesting.Unlock()
	}
	return !idle
}

// Delay keeps the body from being taken apart until the function that it returns is called.
func (e *Exchange) Delay() (end func()) {
	held, ended := make(chan struct{}), make(chan struct{})
	go e.decoding.Do(func() {
		close(held)
		<-ended
	})
	<-held
	return func() { close(ended) }
}
