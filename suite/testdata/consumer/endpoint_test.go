package tokens_test

import (
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/klearstack/conformance/suite"

	"example.com/tokens"
)

// serve starts an endpoint and returns the settings that point the suite at it.
func serve(t *testing.T, accessLifetime time.Duration) suite.Settings {
	t.Helper()
	endpoint := tokens.Endpoint{
		Username: "qa & co", Password: "a secret of the test", CompanyName: "Acme Invoices",
		Key: []byte("a key of thirty-two bytes or more"), AccessLifetime: accessLifetime,
	}
	server := httptest.NewServer(endpoint)
	t.Cleanup(server.Close)

	settings := suite.Defaults()
	settings.BaseURL = server.URL
	settings.Username, settings.Password, settings.CompanyName = endpoint.Username, endpoint.Password, endpoint.CompanyName
	settings.JWTKey = string(endpoint.Key)
	settings.ReportDir = "-"
	return settings
}

// Each scenario is a subtest, and a clause that is broken fails the test.
func TestConformance(t *testing.T) {
	made := suite.Test(t, suite.Options{Settings: serve(t, 10*time.Minute)})
	if made.Verdict != suite.Conforms {
		t.Errorf("the verdict is %q", made.Verdict)
	}
}

// Run leaves it to the program what to make of the result.
func TestBrokenContract(t *testing.T) {
	t.Parallel()
	made, err := suite.Run(t.Context(), suite.Options{Settings: serve(t, 15*time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	if made.Verdict != suite.Violates {
		t.Errorf("the verdict is %q", made.Verdict)
	}
	var violated []string
	for _, clause := range made.Clauses {
		if clause.Outcome == suite.OutcomeViolated && clause.Level != suite.Advisory {
			violated = append(violated, clause.ID)
		}
	}
	if !slices.Equal(violated, []string{"TOK-4"}) {
		t.Errorf("%v are violated, not TOK-4 alone", violated)
	}
}

// Settings that make no sense are an error of Run, in one sentence.
func TestWrongSettings(t *testing.T) {
	t.Parallel()
	settings := serve(t, time.Minute)
	settings.Username = ""
	if _, err := suite.Run(t.Context(), suite.Options{Settings: settings}); err == nil {
		t.Error("there is no error")
	} else {
		t.Log(err)
	}
}
