package reference

import "net/http"

// Call is one request on its way through the server, with what the steps so far found out. Each request has its own;
// hooks may change it.
type Call struct {
	// Request is the request; its body has been read into RawBody.
	Request *http.Request
	// Number counts the requests of this server, from 1.
	Number int64
	// RawBody is the body as received, without its transfer coding.
	RawBody []byte
	// Encoding is what the Content-Type header says.
	Encoding Encoding
	// Form is the decoded body; only the body counts, never the query (REF-5).
	Form Form
	// Decision is what came of it.
	Decision Decision
	// Missing lists the parameters that were not sent, where Decision is Missing.
	Missing []string
	// User is the account, where Decision is Granted.
	User User
	// Login counts the granted logins of this server, from 1; 0 for the rest.
	Login int64

	server *Server
}

// Users returns the accounts that the server knows, not to be changed.
func (c *Call) Users() []User { return c.server.config.Users }

// Grant turns the decision into a login of user.
func (c *Call) Grant(user User) {
	c.Decision, c.User, c.Missing = Granted, user, nil
}

// Mint makes a fresh pair of tokens for user, through the token hooks.
func (c *Call) Mint(user User) (Pair, error) { return c.server.mint(c, user) }
