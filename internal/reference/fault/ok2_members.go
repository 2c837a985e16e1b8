package fault

import (
	"encoding/json"
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
)

func responseMembers() []Fault {
	return of("OK-2",
		hooked("refresh-token-absent", "Answers a login without refresh_token.", without(reference.MemberRefresh).Only(granted)),
		hooked("access-token-absent", "Answers a login without access_token.", without(reference.MemberAccess).Only(granted)),
		hooked("release-version-absent", "Answers a login without release_version.", without(reference.MemberRelease).Only(granted)),
		hooked("refresh-token-null", "Answers a login with a refresh_token of null.", member(reference.MemberRefresh, nil).Only(granted)),
		hooked("access-token-empty", "Answers a login with an empty access_token.", member(reference.MemberAccess, "").Only(granted)),
		hooked("release-version-number", "Answers a login with a release_version that is a number.",
			member(reference.MemberRelease, json.Number("7.8")).Only(granted)),
		hooked("release-version-null", "Answers a login with a release_version of null.", member(reference.MemberRelease, nil).Only(granted)),
		hooked("release-version-list", "Answers a login with a release_version that is a list of numbers.",
			member(reference.MemberRelease, []int{7, 8, 9}).Only(granted)),
		hooked("tokens-nested", "Answers a login with each token inside an object.",
			composing(func(a *reference.Answer) {
				for _, name := range []string{reference.MemberAccess, reference.MemberRefresh} {
					a.Members.Set(name, reference.Members{{Name: "token", Value: a.Members.Get(name)}})
				}
			}).Only(granted)),
		hooked("response-wrapped-in-data", "Wraps the token response in a member data.", wrapped("data").Only(granted)),
		hooked("response-in-array", "Answers a login with an array that holds the token response.",
			body(func(text string) string { return "[" + text + "]" }).Only(granted)),
		hooked("response-encoded-twice", "Answers a login with a JSON text that holds the token response as JSON.",
			body(quoted).Only(granted)),
		hooked("members-in-camel-case", "Spells the members accessToken, refreshToken and releaseVersion.",
			renamed(reference.MemberAccess, "accessToken").
				Then(renamed(reference.MemberRefresh, "refreshToken")).
				Then(renamed(reference.MemberRelease, "releaseVersion")).Only(granted)),
		hooked("access-token-capitalised", "Spells the member of the access token Access_Token.",
			renamed(reference.MemberAccess, "Access_Token").Only(granted)),
		hooked("members-of-simple-jwt", "Spells the members of the tokens access and refresh.",
			renamed(reference.MemberAccess, "access").Then(renamed(reference.MemberRefresh, "refresh")).Only(granted)),
		hooked("error-with-status-200", "Answers a valid login with 200 and an error in place of tokens.",
			failing(http.StatusOK, "Try again later").Only(granted)),
		hooked("tokens-in-cookies", "Answers a login with the tokens in cookies and not in the body.",
			composing(func(a *reference.Answer) {
				for _, name := range []string{reference.MemberAccess, reference.MemberRefresh} {
					token, _ := a.Members.Get(name).(string)
					a.Header.Add("Set-Cookie", (&http.Cookie{Name: name, Value: token, HttpOnly: true}).String())
					a.Members.Delete(name)
				}
			}).Only(granted)),
	)
}

// wrapped puts all members into one.
func wrapped(name string) reference.Hooks {
	return composing(func(a *reference.Answer) {
		a.Members = reference.Members{{Name: name, Value: a.Members}}
	})
}

// quoted is text as a JSON text.
func quoted(text string) string {
	encoded, _ := json.Marshal(text) // a string can always be encoded
	return string(encoded)
}
