package reference

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"
)

// minKeyBytes is the shortest key for HS256 (RFC 7518 §3.2).
const minKeyBytes = 32

// User is one account. It belongs to exactly one company.
type User struct {
	// ID becomes the claim user_id (TOK-3, ADV-9).
	ID int64
	// Username, Password and Company are compared byte by byte; none is blank.
	Username, Password, Company string
}

// Config says who may log in and what tokens they get.
type Config struct {
	// Users are the known accounts; the known companies are theirs.
	Users []User
	// AccessLifetime is exp - iat of access tokens. TOK-4 wants one to sixty minutes; whole seconds.
	AccessLifetime time.Duration
	// RefreshLifetime is exp - iat of refresh tokens. TOK-5 wants a day or more, ADV-4 ninety days or less; whole
	// seconds.
	RefreshLifetime time.Duration
	// Key signs the tokens with HS256; 32 bytes or more (TOK-9).
	Key []byte
	// ReleaseVersion is answered as release_version (OK-4).
	ReleaseVersion string
	// Now is the server's clock, also for the Date header (TOK-7); nil is time.Now.
	Now func() time.Time
	// Hooks change single steps; the zero value keeps the contract.
	Hooks Hooks
}

// check returns one error that names every setting a server can't start with.
func (c Config) check() error {
	var problems []string
	if len(c.Users) == 0 {
		problems = append(problems, "configure at least one user")
	}
	for i, user := range c.Users {
		if blank(user.Username) || blank(user.Password) || blank(user.Company) {
			problems = append(problems, fmt.Sprintf("give user %d a username, a password and a company that are not blank", i+1))
		}
	}
	if len(c.Key) < minKeyBytes {
		problems = append(problems, fmt.Sprintf("use a key of %d bytes or more", minKeyBytes))
	}
	if c.AccessLifetime <= 0 || c.RefreshLifetime <= 0 {
		problems = append(problems, "use lifetimes above zero")
	}
	if c.ReleaseVersion == "" {
		problems = append(problems, "set a release version")
	}
	if problems == nil {
		return nil
	}
	return errors.New(strings.Join(problems, ", "))
}

// blank reports whether s holds nothing but white space.
func blank(s string) bool { return strings.TrimSpace(s) == "" }

// Default returns a configuration that keeps every clause. Users[0] is the one to log in as: its username, company and
// password hold spaces, reserved characters and non-ASCII letters (REQ-6). Users[1] belongs to another company (REF-4).
// Passwords and key are drawn at random at every call.
func Default() Config {
	return Config{
		Users: []User{
			{
				ID:       26,
				Username: `qa üser+%41 & "tester"; a=1`,
				Password: `Pä ö+%41&w=o;"r" ` + rand.Text() + `Zz`,
				Company:  `Müller & Söhne "AG" = 50%41+; é`,
			},
			{
				ID:       27,
				Username: "second user",
				Password: rand.Text(),
				Company:  "Zweite Firma GmbH",
			},
		},
		AccessLifetime:  15 * time.Minute,
		RefreshLifetime: 7 * 24 * time.Hour,
		Key:             []byte(rand.Text() + rand.Text()),
		ReleaseVersion:  "7.8.9",
	}
}
