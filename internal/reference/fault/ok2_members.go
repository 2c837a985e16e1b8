package fault

import (
	"encoding/json"
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func responseMembers() []Fault {
	return of("OK-2",
		hooked("refresh-token-absent", "Answers a login without refresh_token.", change.Without(reference.MemberRefresh).Only(change.Granted)),
		hooked("access-token-absent", "Answers a login without access_token.", change.Without(reference.MemberAccess).Only(change.Granted)),
		hooked("release-version-absent", "Answers a login without release_version.", change.Without(reference.MemberRelease).Only(change.Granted)),
		hooked("refresh-token-null", "Answers a login with a refresh_token of null.", change.Member(reference.MemberRefresh, nil).Only(change.Granted)),
		hooked("access-token-empty", "Answers a login with an empty access_token.", change.Member(reference.MemberAccess, "").Only(change.Granted)),
		hooked("release-version-number", "Answers a login with a release_version that is a number.",
			change.Member(reference.MemberRelease, json.Number("7.8")).Only(change.Granted)),
		hooked("release-version-null", "Answers a login with a release_version of null.", change.Member(reference.MemberRelease, nil).Only(change.Granted)),
		hooked("release-version-list", "Answers a login with a release_version that is a list of numbers.",
			change.Member(reference.MemberRelease, []int{7, 8, 9}).Only(change.Granted)),
		hooked("tokens-nested", "Answers a login with each token inside an object.",
			change.Composing(func(a *reference.Answer) {
				for _, name := range []string{reference.MemberAccess, reference.MemberRefresh} {
					a.Members.Set(name, reference.Members{{Name: "token", Value: a.Members.Get(name)}})
				}
			}).Only(change.Granted)),
		hooked("response-wrapped-in-data", "Wraps the token response in a member data.", wrapped("data").Only(change.Granted)),
		hooked("response-in-array", "Answers a login with an array that holds the token response.",
			change.Body(func(text string) string { return "[" + text + "]" }).Only(change.Granted)),
		hooked("response-encoded-twice", "Answers a login with a JSON text that holds the token response as JSON.",
			change.Body(quoted).Only(change.Granted)),
		hooked("members-in-camel-case", "Spells the members accessToken, refreshToken and releaseVersion.",
			change.Renamed(reference.MemberAccess, "accessToken").
				Then(change.Renamed(reference.MemberRefresh, "refreshToken")).
				Then(change.Renamed(reference.MemberRelease, "releaseVersion")).Only(change.Granted)),
		hooked("access-token-capitalised", "Spells the member of the access token Access_Token.",
			change.Renamed(reference.MemberAccess, "Access_Token").Only(change.Granted)),
		hooked("members-of-simple-jwt", "Spells the members of the tokens access and refresh.",
			change.Renamed(reference.MemberAccess, "access").Then(change.Renamed(reference.MemberRefresh, "refresh")).Only(change.Granted)),
		hooked("error-with-status-200", "Answers a valid login with 200 and an error in place of tokens.",
			change.Failing(http.StatusOK, "Try again later").Only(change.Granted)),
		hooked("tokens-in-cookies", "Answers a login with the tokens in cookies and not in the body.",
			change.Composing(func(a *reference.Answer) {
				for _, name := range []string{reference.MemberAccess, reference.MemberRefresh} {
					token, _ := a.Members.Get(name).(string)
					a.Header.Add("Set-Cookie", (&http.Cookie{Name: name, Value: token, HttpOnly: true}).String())
					a.Members.Delete(name)
				}
			}).Only(change.Granted)),
	)
}

// wrapped puts all members into one.
func wrapped(name string) reference.Hooks {
	return change.Composing(func(a *reference.Answer) {
		a.Members = reference.Members{{Name: name, Value: a.Members}}
	})
}

// quoted is text as a JSON text.
func quoted(text string) string {
	encoded, _ := json.Marshal(text) // a string can always be encoded
	return string(encoded)
}
