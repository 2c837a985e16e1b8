package check_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
)

// preflight is the answer to one, or to what follows from it.
func preflight(status int, fields ...string) *exchange.Exchange {
	e := answer(status, "", fields...)
	e.Request.Header = header("Origin", "https://page.example")
	return e
}

// The permission that a preflight gives is told from what it covers, and from whether the answers can be read (ADV-7).
func TestPermission(t *testing.T) {
	t.Parallel()
	const origin, methods, headers = "Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers"
	for _, c := range []struct {
		name                         string
		answer                       *exchange.Exchange
		permission, covers, readable string
	}{
		{"all", preflight(204, origin, "https://page.example", methods, "GET, POST", headers, "Content-Type, Authorization"), kept, kept, kept},
		{"any origin", preflight(200, origin, "*", methods, "POST", headers, "authorization"), kept, kept, kept},
		{"no methods are told", preflight(204, origin, "*", headers, "authorization"), kept, kept, kept},
		{"any method", preflight(204, origin, "*", methods, "*", headers, "authorization"), kept, kept, kept},
		{"in two fields", preflight(204, origin, "*", methods, "GET", methods, "POST", headers, "x", headers, "authorization"), kept, kept, kept},
		{"another origin", preflight(204, origin, "https://other.example", headers, "authorization"), inapplicable, inapplicable, violated},
		{"no page's origin", preflight(204, origin, "null", headers, "authorization"), inapplicable, inapplicable, violated},
		{"the origin in other letters", preflight(204, origin, "https://PAGE.example", headers, "authorization"), inapplicable, inapplicable, violated},
		{"no origin", preflight(204, headers, "authorization"), inapplicable, inapplicable, violated},
		{"an empty origin", preflight(204, origin, "", headers, "authorization"), inapplicable, inapplicable, violated},
		{"any origin, twice", preflight(204, origin, "*", origin, "*", headers, "authorization"), inapplicable, violated, violated},
		{"any origin, twice in one field", preflight(204, origin, "*, *", headers, "authorization"), inapplicable, violated, violated},
		{"any origin and this one", preflight(204, origin, "*", origin, "https://page.example", headers, "authorization"), inapplicable, violated, violated},
		{"this origin, twice", preflight(204, origin, "https://page.example", origin, "https://page.example", headers, "authorization"), inapplicable, violated, violated},
		{"two other origins", preflight(204, origin, "https://a.example, https://b.example", headers, "authorization"), inapplicable, violated, violated},
		{"no POST", preflight(204, origin, "*", methods, "GET, POSTS", headers, "authorization"), kept, violated, kept},
		{"no headers", preflight(204, origin, "*", methods, "POST"), kept, violated, kept},
		{"any header, of which authorization is none", preflight(204, origin, "*", methods, "POST", headers, "*"), kept, violated, kept},
		{"no success", preflight(403, origin, "*", methods, "POST", headers, "authorization"), kept, violated, kept},
		{"a gateway", preflight(502, origin, "*", origin, "*", methods, "POST", headers, "authorization"), inconclusive, inconclusive, inconclusive},
	} {
		assertOutcome(t, c.permission, judge(t).Permission(c.answer), c.name)
		assertOutcome(t, c.covers, judge(t).PermissionCovers(c.answer), c.name)
		assertOutcome(t, c.readable, judge(t).Readable(c.answer), c.name)
	}
	assertOutcome(t, inconclusive, judge(t).Permission(failed()))
	assertOutcome(t, inconclusive, judge(t).Readable(failed()))
	assert.False(t, check.Allows(failed()))
	assert.False(t, check.Allows(brokenOff(preflight(204, origin, "*"))))
	assert.False(t, check.Allows(answer(http.StatusOK, "", origin, "")), "neither tells an origin")
	require.ErrorContains(t, judge(t).PermissionCovers(preflight(204, origin, "*", methods, "GET", methods, "PUT")), `expected permission for POST; received Access-Control-Allow-Methods "GET, PUT"`)
	require.ErrorContains(t, judge(t).PermissionCovers(preflight(204, origin, "*", headers, "x")), `expected permission for the authorization header; received Access-Control-Allow-Headers "x"`)
	require.ErrorContains(t, judge(t).Readable(preflight(200, origin, "*", origin, "*")), `once and with one value; received 2 fields: "*, *" (browsers block`)
	require.ErrorContains(t, judge(t).Readable(preflight(200, origin, "*, null")), `received 2 values in one field: "*, null" (browsers block`)
}
