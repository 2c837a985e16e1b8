package suite_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/suite"
)

// A program that points the suite at a server of its own, and acts on what comes of it.
func ExampleRun() {
	server := httptest.NewServer(newEndpoint("qa & co", "a secret of the test", "Acme Invoices"))
	defer server.Close()

	settings := suite.Defaults()
	settings.BaseURL = server.URL
	settings.Username, settings.Password, settings.CompanyName = "qa & co", "a secret of the test", "Acme Invoices"
	settings.ReportDir = "-" // no files

	made, err := suite.Run(context.Background(), suite.Options{Settings: settings})
	if err != nil {
		fmt.Println(err) // the settings make no sense
		return
	}
	fmt.Println(made.Verdict)
	for _, clause := range made.Clauses {
		if clause.Outcome == suite.OutcomeViolated {
			fmt.Printf("%s %s: %s\n", clause.ID, clause.Title, clause.Reason)
		}
	}
	// Output:
	// violates
	// TOK-4 The access token lives some minutes: expected the access token to be valid for 60 s to 60 min; received 15 h (54000 s) from iat to exp, in response to the ordinary login (were minutes taken for hours?)
}

// newEndpoint returns a token endpoint whose access tokens live 15 hours.
func newEndpoint(username, password, company string) http.Handler {
	config := reference.Default()
	config.Users = []reference.User{{ID: 1, Username: username, Password: password, Company: company}}
	config.AccessLifetime = 15 * time.Hour
	handler, err := reference.New(config)
	if err != nil {
		return http.NotFoundHandler()
	}
	return handler
}
