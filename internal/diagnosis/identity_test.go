package diagnosis_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/diagnosis"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/redact"
	"github.com/klearstack/conformance/internal/requests"
)

// issued is a login that got tokens for a user, with ids and signatures of its own number.
func issued(request exchange.Request, user string, number int) *check.Login {
	segment := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	token := func(kind string) string {
		return segment(`{"typ":"JWT","alg":"HS256"}`) + "." +
			segment(fmt.Sprintf(`{"token_type":%q,"jti":"%s%d","user_id":%s}`, kind, kind, number, user)) + "." +
			segment(fmt.Sprintf("%-20s%12d", kind, number))
	}
	body := `{"access_token":"` + token("access") + `","refresh_token":"` + token("refresh") + `"}`
	judge := &check.Judge{Secrets: &redact.Secrets{}}
	return judge.Login(&exchange.Exchange{Request: request, Status: http.StatusOK, Raw: []byte(body), ContentLength: int64(len(body))})
}

// Two logins that name different users clash; the one that most requests agree with is not held guilty, however often a
// request was repeated (TOK-8).
func TestDistinct(t *testing.T) {
	t.Parallel()
	c := catalogue()
	again := func(request exchange.Request) exchange.Request {
		request.Name += ", repeated"
		return request
	}
	for _, c := range []struct {
		name string
		all  []*check.Login
		want []string
	}{
		{"one user", []*check.Login{issued(c.Login(), "26", 1), issued(c.JavaLogin(), "26", 2), issued(c.NodeLogin(), `"26"`, 3)}, []string{kept, kept, kept}},
		{"another user in one of three", []*check.Login{issued(c.Login(), "26", 1), issued(c.JavaLogin(), "27", 2), issued(c.NodeLogin(), "26", 3)}, []string{kept, violated, kept}},
		{"two users in two", []*check.Login{issued(c.Login(), "26", 1), issued(c.JavaLogin(), "27", 2)}, []string{violated, violated}},
		{"two users in two, the one repeated", []*check.Login{issued(c.Login(), "26", 1), issued(again(c.Login()), "26", 2), issued(c.JavaLogin(), "27", 3)},
			[]string{violated, violated, violated}},
		{"one id in two of three", []*check.Login{issued(c.Login(), "26", 1), issued(c.JavaLogin(), "26", 2), issued(c.NodeLogin(), "26", 2)}, []string{kept, violated, violated}},
		{"one that cannot be read", []*check.Login{issued(c.Login(), "26", 1), issued(c.JavaLogin(), "26", 2), refused(c.NodeLogin())}, []string{kept, kept, "by OK-1"}},
		{"only one that can be read", []*check.Login{refused(c.Login()), issued(c.JavaLogin(), "26", 2)}, []string{"by OK-1", inconclusive}},
		{"none", []*check.Login{refused(c.Login())}, []string{"by OK-1"}},
	} {
		found := diagnosis.Distinct(&check.Judge{Secrets: &redact.Secrets{}})(c.all)
		for i, l := range c.all {
			assert.Equal(t, c.want[i], outcomeOf(found[l]), "%s: %s", c.name, l.Request.Name)
		}
	}
}

// What differs between logins is the business of the check that relates them, unless one trait explains all of it.
func TestRelatedLogins(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		another map[string]bool // the logins that get tokens of another user
		own     string
		logins  map[judged]string
	}{
		{"one user", nil, kept, nil},
		{"another one for multipart forms", map[string]bool{node: true, browser: true, extended: true}, kept, map[judged]string{{node, "REQ-5"}: violated}},
		{"another one for two that have nothing in common", map[string]bool{java: true, browser: true}, violated, nil},
	} {
		judge := &check.Judge{Secrets: &redact.Secrets{}}
		evidence := diagnosis.Evidence{
			Checks:   []diagnosis.Check{{Step: "one user", Clause: "TOK-8", Alike: true, Relate: diagnosis.Distinct(judge)}},
			Stranger: func(*check.Login) bool { return false },
			Bundles:  []requests.Bundle{},
		}
		for i, request := range catalogue().EveryLogin() {
			user := "26"
			if c.another[request.Name] {
				user = "27"
			}
			evidence.Logins = append(evidence.Logins, issued(request, user, i))
		}
		made := diagnosis.Assess(evidence)
		assert.Equal(t, c.own, outcomeOf(made.Own("one user")), c.name)
		for each, want := range c.logins {
			assert.Equal(t, want, outcomeOf(made.Login(each.name, each.clause)), c.name)
		}
		var violation *outcome.Violation
		if errors.As(made.Own("one user"), &violation) {
			assert.Equal(t, java, violation.Request, "whose answer it is")
		}
		assert.NoError(t, made.Steady(), c.name)
	}
}
