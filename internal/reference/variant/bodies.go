package variant

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// bodies differ in how JSON is written and in what stands beside the documented members.
func bodies() []Variant {
	const (
		further = "OK-2 and ERR-5: further members are allowed"
		strict  = "OK-3: strict JSON with white space around it may be spelt in any way"
	)
	foreign := func(contentType string) []reference.Hooks {
		return []reference.Hooks{
			change.Member("message", "Grüße aus 東京 🚀 — “hi” \u2028").Only(change.WithBody),
			change.Header("Content-Type", contentType).Only(change.WithBody),
		}
	}
	return []Variant{
		hooked("pretty-printed", "Pretty-prints JSON.", strict, change.Body(indented)),
		hooked("leading-newline", "Starts bodies with a line break.", strict, change.Body(func(text string) string { return "\n" + text })),
		hooked("trailing-newline", "Ends bodies with a line break.", strict, change.Body(func(text string) string { return text + "\n" })),
		hooked("white-space-around", "Writes all sorts of white space around the JSON.", strict,
			change.Body(func(text string) string { return " \t\r\n\r\n" + text + "\r\n\t " })),
		hooked("non-ascii", "Writes letters beyond ASCII as they are, without a charset.", strict, foreign("application/json")...),
		hooked("non-ascii-with-charset", "Writes letters beyond ASCII as they are, with a charset.", strict,
			foreign("application/json; charset=utf-8")...),
		hooked("non-ascii-escaped", "Escapes letters beyond ASCII.", strict, append(foreign("application/json"), change.Body(escaped))...),
		hooked("slashes-escaped", "Escapes slashes.", strict, change.Member("see", "https://docs.example/a/b").Only(change.WithBody),
			change.Body(func(text string) string { return strings.ReplaceAll(text, "/", `\/`) })),
		hooked("names-escaped", "Escapes letters of the members' names.", strict,
			change.Body(strings.NewReplacer(`"access_token"`, `"\u0061ccess_token"`, `"error"`, `"err\u006Fr"`).Replace)),
		hooked("values-escaped", "Escapes every character of every text.", strict, change.Body(everyEscaped)),
		hooked("members-reversed", "Writes the members in reverse order.", "JSON objects have no order (RFC 8259, section 4)",
			change.Composing(func(a *reference.Answer) { slices.Reverse(a.Members) })),
		hooked("extra-members", "Adds members to the token response and to errors.", further, change.Composing(func(a *reference.Answer) {
			a.Members = append(reference.Members{
				{Name: "status", Value: "ok"}, {Name: "token_type", Value: "Bearer"}, {Name: "expires_in", Value: 900},
				{Name: "user", Value: reference.Members{{Name: "id", Value: 26}, {Name: "roles", Value: []string{"qa", ""}}, {Name: "manager", Value: nil}}},
			}, a.Members...)
		}).Only(change.WithBody)),
		hooked("extra-members-empty", "Adds members that are empty or null.", further, change.Composing(func(a *reference.Answer) {
			a.Members = append(a.Members, reference.Members{{Name: "", Value: ""}, {Name: "note", Value: ""}, {Name: "data", Value: nil},
				{Name: "warnings", Value: []string{}}, {Name: "links", Value: reference.Members{}}, {Name: "ok", Value: false}}...)
		}).Only(change.WithBody)),
		hooked("extra-members-in-other-case", "Adds members whose names differ from the documented ones in case alone.",
			further+"; names are compared exactly", change.Composing(func(a *reference.Answer) {
				a.Members = append(reference.Members{{Name: "Access_Token", Value: 1}, {Name: "ACCESS_TOKEN", Value: nil},
					{Name: "Release_Version", Value: false}}, a.Members...)
			}).Only(change.Granted)),
		hooked("error-null-beside-tokens", "Says beside the tokens that there is no error.", further, change.Member("error", nil).Only(change.Granted)),
		hooked("nested-deep", "Adds a member nested 100 deep.", further,
			change.Member("tree", json.RawMessage(strings.Repeat(`{"a":[`, 50)+strings.Repeat("]}", 50))).Only(change.WithBody)),
		hooked("unusual-numbers", "Adds numbers in unusual spellings.", further+"; RFC 8259, section 6, has no bounds",
			change.Member("numbers", json.RawMessage(`[-0,1E+2,1e-7,0.10,1e400,-0.0e0,123456789012345678901234567890]`)).Only(change.WithBody)),
		hooked("long-text", "Adds a text of 200,000 characters to the token response.", further,
			change.Member("licence", strings.Repeat("All rights reserved. ", 10_000)).Only(change.Granted)),
		hooked("other-jwt-beside-tokens", "Adds an id token to the token response.", further, change.Composing(func(a *reference.Answer) {
			a.Members.Set("id_token", sessionToken(`{"sub":"26","user_id":26}`))
		}).Only(change.Granted)),
	}
}

func indented(text string) string {
	var out bytes.Buffer
	if err := json.Indent(&out, []byte(text), "", "    "); err != nil {
		return text // not JSON: nothing to print prettily
	}
	return out.String() + "\n"
}

var (
	beyondASCII = regexp.MustCompile(`[^\x00-\x7F]+`)
	literal     = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
)

// escaped writes what is beyond ASCII as \u escapes.
func escaped(text string) string { return beyondASCII.ReplaceAllStringFunc(text, change.Escaped) }

// everyEscaped writes every character of every text as \u escapes.
func everyEscaped(text string) string {
	return literal.ReplaceAllStringFunc(text, func(quoted string) string {
		var plain string
		if json.Unmarshal([]byte(quoted), &plain) != nil {
			return quoted // not JSON: nothing to escape
		}
		return `"` + change.Escaped(plain) + `"`
	})
}

// releases differ in the release version.
func releases() []Variant {
	var all []Variant
	for _, version := range []string{
		"7.8", "10.12.0", "7.8.9.10", "2024.01.15", "7.8.9-rc.1", "7.8.9+build.5", "7.8.9-rc.1+build.5",
		"7.8.9-SNAPSHOT", "7.8.9rc1", "7.8.9.post1", "0.0.0",
		"7.8.9.Final", "7.8.9.RELEASE", "7.8.9_4", "7.8.9 (build 12)", "7.8.9.dev3", "7.8.9~beta1", "7.8.9-1ubuntu2", "7.8.9 GA", "7.8.9, build 12",
	} {
		all = append(all, configured("release-"+version, "Tells the release "+version+".",
			"OK-4: dotted numbers, optionally followed by a suffix in any usual notation",
			func(config *reference.Config) { config.ReleaseVersion = version }))
	}
	return all
}
