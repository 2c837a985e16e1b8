package hostile

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func jsonQuote(text string) string {
	quoted, _ := json.Marshal(text) // a text can always be written
	return string(quoted)
}

// tokens are access tokens of another form than a signed JWT's.
func tokens() []Misbehaviour {
	rewritten := func(rewrite func(segments []string) []string) func(*reference.Config) {
		return change.Hooked(change.Compact(func(token string) string {
			return strings.Join(rewrite(strings.Split(token, ".")), ".")
		}, reference.Access))
	}
	header := func(text string) func(*reference.Config) {
		return rewritten(func(s []string) []string { return []string{change.Base64URL(text), s[1], s[2]} })
	}
	payload := func(text string) func(*reference.Config) {
		return rewritten(func(s []string) []string { return []string{s[0], change.Base64URL(text), s[2]} })
	}
	changes := map[string]func(*reference.Config){
		"a token of 10,000 segments":            rewritten(func(s []string) []string { return strings.Split(strings.Repeat("aaaaaaaa.", 9999)+s[2], ".") }),
		"a token of dots":                       rewritten(func([]string) []string { return make([]string, 10_000) }),
		"a token without a signature":           rewritten(func(s []string) []string { return []string{s[0], s[1], ""} }),
		"a token with a line break":             rewritten(func(s []string) []string { return []string{s[0], s[1] + "\n", s[2]} }),
		"a token with a signature of a MB":      rewritten(func(s []string) []string { return []string{s[0], s[1], strings.Repeat("a", 700_000)} }),
		"a header that is an array":             header(`["typ","JWT","alg","HS256"]`),
		"a header that is null":                 header(`null`),
		"a header with crit":                    header(`{"typ":"JWT","alg":"HS256","crit":["exp"]}`),
		"a header with an empty crit":           header(`{"typ":"JWT","alg":"HS256","crit":[]}`),
		"a header with alg twice":               header(`{"typ":"JWT","alg":"HS256","alg":"HS256"}`),
		"alg none":                              header(`{"typ":"JWT","alg":"none"}`),
		"alg None":                              header(`{"typ":"JWT","alg":"None"}`),
		"alg HS256 with a blank":                header(`{"typ":"JWT","alg":"HS256 "}`),
		"alg hs256":                             header(`{"typ":"JWT","alg":"hs256"}`),
		"alg with a NUL":                        header(`{"typ":"JWT","alg":"HS256\u0000"}`),
		"alg with commands for terminals":       header(`{"typ":"JWT","alg":"\u001b[31m\n::error::x"}`),
		"alg that is a list":                    header(`{"typ":"JWT","alg":["HS256"]}`),
		"a header nested 10,000 deep":           header(`{"typ":"JWT","alg":"HS256","a":` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + `}`),
		"a payload that is an array":            payload(`[]`),
		"a payload that is a number":            payload(`1e999999999`),
		"a payload with a claim twice":          payload(`{"exp":1,"exp":2}`),
		"a payload of invalid UTF-8":            payload("{\"a\":\"\xff\"}"),
		"a payload that begins with a BOM":      payload("\ufeff{}"),
		"a payload nested 10,000 deep":          payload(`{"a":` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + `}`),
		"a payload that is followed by rubbish": payload(`{} {}`),
	}
	var all []Misbehaviour
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		all = append(all, Misbehaviour{Name: name, Change: changes[name]}.violates("TOK-1"))
	}
	return all
}

// claims are numbers that no clock and no integer can hold. They are written into the token as they stand here.
func claims() []Misbehaviour {
	with := func(kind reference.Kind, claim, number string) func(*reference.Config) {
		return change.Hooked(change.Claim(claim, json.Number(number), kind))
	}
	const access, refresh = reference.Access, reference.Refresh
	// An access token that outlives its clause outlives the refresh token, too.
	return []Misbehaviour{
		Misbehaviour{Name: "access exp 1e400", Change: with(access, "exp", "1e400")}.violates("TOK-4", "TOK-6"),
		Misbehaviour{Name: "access exp 1e999999999", Change: with(access, "exp", "1e999999999")}.violates("TOK-4", "TOK-6"),
		Misbehaviour{Name: "access exp beyond 2^63", Change: with(access, "exp", "9223372036854775808")}.violates("TOK-4", "TOK-6"),
		Misbehaviour{Name: "access exp beyond 2^64", Change: with(access, "exp", "18446744073709551617")}.violates("TOK-4", "TOK-6"),
		// What has expired before it was issued is neither alive for minutes nor fresh.
		Misbehaviour{Name: "negative access exp", Change: with(access, "exp", "-1656576038")}.violates("TOK-4", "TOK-7"),
		Misbehaviour{Name: "access exp -1e999999999", Change: with(access, "exp", "-1e999999999")}.violates("TOK-4", "TOK-7"),
		Misbehaviour{Name: "access exp 1e-999999999", Change: with(access, "exp", "1e-999999999")}.violates("TOK-4", "TOK-7"),
		Misbehaviour{Name: "refresh exp 1e400", Change: with(refresh, "exp", "1e400")}.conforms(),
		Misbehaviour{Name: "refresh exp 1e999999999", Change: with(refresh, "exp", "1e999999999")}.conforms(),
		Misbehaviour{Name: "refresh exp beyond 2^63", Change: with(refresh, "exp", "9223372036854775808")}.conforms(),
		// A token from the far future would live shorter than not at all.
		Misbehaviour{Name: "access iat 1e400", Change: with(access, "iat", "1e400")}.violates("TOK-4", "TOK-7"),
		Misbehaviour{Name: "user_id 1e999999999", Change: change.Hooked(change.Claim("user_id", json.Number("1e999999999")))}.conforms(),
		Misbehaviour{Name: "user_id of a fraction", Change: change.Hooked(change.Claim("user_id", json.Number("26.5")))}.violates("TOK-3"),
	}
}
