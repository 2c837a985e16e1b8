package reference

import (
	"crypto/rand"
	"time"
)

// Default returns a configuration that keeps every clause. Users[0] is the one
// to log in as: its username, company and password hold spaces, reserved
// characters and non-ASCII letters (REQ-6). Users[1] belongs to another company
// (REF-4). Passwords and key are drawn at random at every call.
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
