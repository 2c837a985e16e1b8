package fault

import (
	"net/http"
	"strings"
	"unicode"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func multipartForms() []Fault {
	login := change.All(change.Multipart, change.Granted)
	return of("REQ-5",
		hooked("multipart-unsupported", "Answers multipart forms with 415.",
			change.Failing(http.StatusUnsupportedMediaType, "The body must be a urlencoded form").Only(change.Multipart)),
		hooked("multipart-crashes", "Answers multipart forms with a 500 that names no parameter.",
			change.Failing(http.StatusInternalServerError, "Internal server error").Only(change.Multipart)),
		hooked("multipart-malformed", "Answers multipart forms with 400.",
			change.Failing(http.StatusBadRequest, "The body cannot be read").Only(change.Multipart)),
		hooked("multipart-parameters-lost", "Takes a complete multipart form for one without parameters.",
			change.Failing(http.StatusInternalServerError, reference.MissingText(reference.Parameters())).Only(login)),
		hooked("multipart-not-parsed", "Finds no parameters in any multipart form.",
			reference.Hooks{Parsed: func(c *reference.Call) { c.Form = nil }}.Only(change.Multipart)),
		hooked("multipart-not-parsed-but-searched", "Finds no parameters in any multipart form, and asks for a company where its name is not in the text.",
			change.Failing(http.StatusUnauthorized, "Invalid credentials").Only(change.All(change.Multipart, hasCompany)).
				Then(change.Failing(http.StatusInternalServerError, "Company Name").Only(change.All(change.Multipart, change.Not(hasCompany))))),
		hooked("multipart-not-parsed-but-company-named", "Finds no parameters in any multipart form, and asks for a company where it is the only one left out.",
			change.Failing(http.StatusUnauthorized, "Invalid credentials").Only(change.Multipart).
				Then(change.Failing(http.StatusInternalServerError, "Company Name").Only(change.All(change.Multipart, change.MissingOnly(reference.ParamCompany))))),

		hooked("multipart-part-types-insisted-on", "Answers a multipart form with 400 whose parts have no Content-Type.",
			change.Failing(http.StatusBadRequest, "A part has no Content-Type").Only(change.All(change.Multipart, untypedParts))),
		hooked("multipart-boundary-with-letters", "Finds no parameters in a multipart form whose boundary has letters in it.",
			change.Failing(http.StatusInternalServerError, reference.MissingText(reference.Parameters())).Only(change.All(change.Multipart, letteredBoundary))),
		hooked("multipart-boundary-with-many-dashes", "Answers a multipart login with 400 whose boundary begins with six dashes.",
			change.Failing(http.StatusBadRequest, "The boundary is malformed").Only(change.All(login, change.WithHeader("Content-Type", "boundary=------")))),
		hooked("user-agent-insisted-on", "Answers a POST without a User-Agent with 403.",
			change.Failing(http.StatusForbidden, "The client does not name itself").Only(change.All(change.Post, change.WithoutHeader("User-Agent")))),
		hooked("browsers-barred", "Answers browsers with 403, as a filter does that knows them by their User-Agent.",
			barring(change.All(change.Post, change.WithHeader("User-Agent", "Mozilla/")))),
		hooked("own-origin-barred", "Answers a POST from a page of its own origin with 403.",
			barring(change.All(change.Post, change.OfOwnOrigin))),
		hooked("any-origin-barred", "Answers a POST with 403 that a page sends, of whatever origin.",
			barring(change.All(change.Post, change.Not(change.WithoutHeader("Origin")))),
			AlsoBroken{"ADV-7", "another origin makes a difference too"}),
		hooked("brotli-unannounced", "Compresses token responses with Brotli for clients that offer it, and does not say so.",
			change.Body(change.Brotlied).Only(change.All(change.Granted, change.WithHeader("Accept-Encoding", "br")))),

		hooked("multipart-status-201", "Answers a multipart login with 201.", change.Status(http.StatusCreated).Only(login)),
		hooked("multipart-without-refresh-token", "Answers a multipart login without a refresh token.",
			change.Without(reference.MemberRefresh).Only(login)),
		hooked("multipart-wrapped-in-data", "Wraps the answer to a multipart login in a member data.", wrapped("data").Only(login)),
		hooked("multipart-declared-as-html", "Declares the answer to a multipart login as text/html.",
			change.Header("Content-Type", "text/html; charset=utf-8").Only(login)),
		hooked("multipart-answer-truncated", "Ends the answer to a multipart login before its closing brace.",
			change.Body(func(text string) string { return strings.TrimSuffix(text, "}") }).Only(login)),
		hooked("multipart-release-with-v", "Answers a multipart login with the release version v7.8.9.",
			change.Member(reference.MemberRelease, "v7.8.9").Only(login)),
		hooked("multipart-tokens-padded", "Pads the base64url of tokens for a multipart login.", change.Compact(padded).Only(login)),
		hooked("multipart-refresh-token-typed-access", "Writes token_type access into the refresh token for a multipart login.",
			change.Claim("token_type", "access", reference.Refresh).Only(login)),
		hooked("multipart-tokens-without-iat", "Leaves iat out of tokens for a multipart login.", change.NoClaim("iat").Only(login)),
		hooked("multipart-access-lives-two-hours", "Issues access tokens that live two hours for a multipart login.",
			change.Lifetime(2*hour, reference.Access).Only(login)),
		hooked("multipart-refresh-lives-two-hours", "Issues refresh tokens that live two hours for a multipart login.",
			change.Lifetime(2*hour, reference.Refresh).Only(login)),
		hooked("multipart-pair-expires-together", "Lets the refresh token for a multipart login expire with the access token.",
			change.Lifetime(15*minute).Only(login)),
		hooked("multipart-tokens-issued-in-the-future", "Issues tokens for a multipart login as of an hour from now.",
			change.Shifted(hour).Only(login)),
		hooked("multipart-pair-shares-jti", "Gives both tokens of a multipart login the same jti.",
			sharedJTI().Only(login)),
	)
}

// hasCompany reports whether the name of the company's parameter is anywhere in the body.
func hasCompany(c *reference.Call) bool {
	return strings.Contains(string(c.RawBody), reference.ParamCompany)
}

// untypedParts reports whether the parts of a form are values alone, as all documented clients send them.
func untypedParts(c *reference.Call) bool {
	return len(c.Form) > 0 && !strings.Contains(strings.ToLower(string(c.RawBody)), "\r\ncontent-type:")
}

func letteredBoundary(c *reference.Call) bool {
	_, boundary, _ := strings.Cut(c.Request.Header.Get("Content-Type"), "boundary=")
	return strings.ContainsFunc(boundary, unicode.IsLetter)
}

// Lifetimes in seconds.
const (
	minute int64 = 60
	hour         = 60 * minute
	day          = 24 * hour
)
