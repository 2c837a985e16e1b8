package check_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
)

// FuzzNamed holds Named to what must be true of every text and of whatever username, company and password were sent.
func FuzzNamed(f *testing.F) {
	for _, text := range []string{
		"", "Company Name", "company_name", "'company_name'", "companyName", "Company name is required", "KeyError: 'username'", "userNameX",
		"user named bob", "accompany", "ACCOMPANYname", "pass&nbsp;word", "user&#8209;name", "\xffuser\u00a0name", "\u017fuser name", "pa\u017f\u017fword",
		"user\\\" \\\"name", "&amp;quot;username&amp;quot;", "user" + strings.Repeat(" ", 1000) + "name", "usernames", "user name's", "\u212acompany",
	} {
		for _, value := range []string{"", "company-admin", "user", "\xff", "Company Name", "is required", "&", "."} {
			f.Add(text, value, "Acme", "S3cret")
			f.Add(text, "bob", value, value)
		}
	}
	f.Fuzz(func(t *testing.T, text, username, companyName, password string) {
		request := exchange.Request{Params: []exchange.Param{
			{Name: user, Value: username}, {Name: company, Value: companyName}, {Name: secret, Value: password},
		}}
		named := check.Named(text, request)
		require.Equal(t, named, check.Named(text, request))
		// What was sent only ever takes names away.
		bare := check.Named(text, exchange.Request{})
		for name := range named {
			require.True(t, bare[name], "%s is named only where values were sent", name)
		}
		assertNeedsWords(t, text, bare)
		assertSentenceNames(t, text, request)
		assertCaseOfWords(t, text, bare)
	})
}

// assertNeedsWords asserts that nothing is named in whose place not all words of it stand. They are looked for as a
// reader's eyes would: with HTML undone, and with the two letters beyond ASCII that Unicode folds into it (the long s and
// the Kelvin sign) as what they fold into.
func assertNeedsWords(t *testing.T, text string, named map[string]bool) {
	t.Helper()
	folded := strings.ToLower(strings.NewReplacer("\u017f", "s").Replace(html.UnescapeString(text)))
	for name, words := range map[string][]string{user: {"user", "name"}, company: {"company"}, secret: {"pass", "word"}} {
		for _, word := range words {
			if !strings.Contains(folded, word) {
				require.False(t, named[name], "%s is named without %q", name, word)
			}
		}
	}
}

// assertSentenceNames asserts that a sentence of its own names its parameter whatever stands before it. That holds where
// the text before it ends in a full stop and a space, so that nothing of it belongs to the name or makes an entity of
// HTML with it, and where no value that was sent stands in the sentence: a company called "Company Name is" does hide it,
// as it must.
func assertSentenceNames(t *testing.T, text string, request exchange.Request) {
	t.Helper()
	for _, c := range []struct{ name, sentence string }{
		{user, "User Name is required."}, {company, "Company Name is required."}, {secret, "'passWord' is required."},
	} {
		require.True(t, check.Named(text+". "+c.sentence, exchange.Request{})[c.name], c.sentence)
		if !mayCover(c.sentence, request) {
			require.True(t, check.Named(text+". "+c.sentence, request)[c.name], c.sentence)
		}
	}
}

// mayCover tells whether a value that was sent may stand in a sentence, or reach into it from the text before.
func mayCover(sentence string, request exchange.Request) bool {
	sentence = strings.ToLower(sentence)
	for _, param := range request.Params {
		value := strings.ToLower(param.Value)
		if value != "" && strings.Contains(sentence, value) {
			return true
		}
		for at := range len(sentence) {
			if strings.HasSuffix(value, sentence[:at+1]) {
				return true
			}
		}
	}
	return false
}

// wholeName finds the names of the contract with nothing but spaces around them.
var wholeName = regexp.MustCompile(`(?:^|\s)(username|user_name|company_name|companyname|password|pass_word)(?:\s|$)`)

// assertCaseOfWords asserts that a name that stands alone is found, in capitals too and where the text is HTML. It does not hold of any text: in
// "userNameRequired" it is the capital R alone that ends the name, and "USERNAMED" has none, "accompanyCompany" none that
// is apart from "accompany".
func assertCaseOfWords(t *testing.T, text string, named map[string]bool) {
	t.Helper()
	if strings.ContainsRune(text, '&') { // capitals make another entity of it
		return
	}
	for _, found := range wholeName.FindAllStringSubmatch(text, -1) {
		name := map[byte]string{'u': user, 'c': company, 'p': secret}[found[1][0]]
		require.True(t, named[name], found[1])
		upper := strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' {
				return r - 'a' + 'A'
			}
			return r
		}, text)
		require.True(t, check.Named(upper, exchange.Request{})[name], "%s in capitals", found[1])
	}
	require.Equal(t, named, check.Named(html.EscapeString(text), exchange.Request{}), "as HTML")
}
