package check

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/spelling"
)

// Direct judges that an answer to a POST is no redirect (REF-6).
func (j *Judge) Direct(e *exchange.Exchange) error {
	if !e.Answered() {
		return e.Unanswered()
	}
	if e.Request.Method != http.MethodPost || !e.Redirect() {
		return nil
	}
	return &outcome.Violation{
		Expected: "no redirect",
		Got:      j.status(e) + " to " + j.Secrets.QuoteAddress(e.Header.Get("Location")),
		Hint:     front(e),
	}
}

// volatile is what may differ between two refusals without telling them apart: request ids, times, counters.
var volatile = regexp.MustCompile(`[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]*[0-9][0-9a-fA-F]*`)

// SameRefusal tells whether two refusals look the same to a client that knows what it sent: as they are, or with the
// values that were sent taken out.
func SameRefusal(one, other *exchange.Exchange) bool {
	if one.Status != other.Status {
		return false
	}
	text, otherText := refusalText(one), refusalText(other)
	return masked(text) == masked(otherText) || masked(unsent(text, one.Request)) == masked(unsent(otherText, other.Request))
}

// refusalText is the body; where it is JSON, in one spelling.
func refusalText(e *exchange.Exchange) string {
	body, _, err := e.Body()
	if err != nil {
		return ""
	}
	if value, err := e.JSON(); err == nil {
		if spelt, err := json.Marshal(value); err == nil {
			return string(spelt)
		}
	}
	return string(body)
}

// unsent takes the values that a request sent, and the pairs of its form, out of a text, however they are spelt, with all that
// is encoded together with them.
func unsent(text string, request exchange.Request) string {
	var values []string
	for _, param := range request.Params {
		for _, value := range spelling.Escapes(param.Value) {
			if value != "" {
				values = append(values, "&"+param.Name+"="+value, param.Name+"="+value, value)
			}
		}
	}
	kept := []byte(text)
	const gone = 0xff // which no UTF-8 has
	spelling.Locate(text, longEnough, func(r *spelling.Reading) bool {
		for _, value := range values {
			if r.Packed && len(value) <= coincidental {
				continue
			}
			r.Find(value, func(start, end int) bool {
				if r.Packed {
					start, end = 0, len(r.Text)
				}
				start, end = r.Origin(start, end)
				copy(kept[start:end], bytes.Repeat([]byte{gone}, end-start))
				return !r.Packed
			})
		}
		return true
	})
	return string(bytes.ReplaceAll(kept, []byte{gone}, nil))
}

func masked(text string) string { return volatile.ReplaceAllString(text, "0") }

// words are what two responses are compared by: runs of what stands between white space and the punctuation of JSON and HTML.
var words = regexp.MustCompile(`[^\s"'<>\[\]{}:,;()&]+`)

// sameButNoise reports whether two refusals are the same but for the words in which a third, of the same kind as the first,
// differs from it: ids, padding and forms' tokens that are drawn at random tell nothing.
func sameButNoise(one, other, again *exchange.Exchange) bool {
	if one.Status != other.Status || !again.Answered() {
		return false
	}
	var said [3][]string
	for i, e := range []*exchange.Exchange{one, other, again} {
		said[i] = words.FindAllString(masked(unsent(refusalText(e), e.Request)), -1)
	}
	if len(said[0]) != len(said[1]) || len(said[0]) != len(said[2]) {
		return false
	}
	for i, word := range said[0] {
		if word != said[1][i] && word == said[2][i] {
			return false
		}
	}
	return true
}

// RefusedAlike judges that an unknown user and a wrong password are refused alike (ADV-3). Again is another response to the
// unknown user: what differs between the two says nothing of the user.
func (j *Judge) RefusedAlike(unknown, wrong, again *exchange.Exchange) error {
	for _, e := range []*exchange.Exchange{unknown, wrong} {
		if !e.Answered() {
			return e.Unanswered()
		}
	}
	if SameRefusal(unknown, wrong) || sameButNoise(unknown, wrong, again) {
		return nil
	}
	return &outcome.Violation{
		Expected: "the same response to an unknown user and to a wrong password",
		Got:      j.describe(unknown) + ", in response to " + unknown.Request.Name + "; " + j.describe(wrong) + ", in response to " + wrong.Request.Name,
	}
}

// scheme finds the scheme that a challenge begins with (RFC 9110, section 11.6.1); what is followed by an equals sign is a
// parameter of the challenge before.
var scheme = regexp.MustCompile("^([-!#$%&'*+.^_`|~0-9A-Za-z]+)(?:$|[ \t]+[^= \t])")

// asksForBasic reports whether a WWW-Authenticate field has a Basic challenge among its challenges.
func asksForBasic(field string) bool {
	return slices.ContainsFunc(exchange.SplitList(field), func(item string) bool {
		found := scheme.FindStringSubmatch(item)
		return found != nil && strings.EqualFold(found[1], "Basic")
	})
}

// NoBasicChallenge judges that an answer does not ask for Basic authorization (ADV-8).
func (j *Judge) NoBasicChallenge(e *exchange.Exchange) error {
	if !e.Answered() {
		return e.Unanswered()
	}
	for _, challenge := range e.Header.Values("WWW-Authenticate") {
		if asksForBasic(challenge) {
			return &outcome.Violation{
				Expected: "no Basic challenge",
				Got:      j.status(e) + " with WWW-Authenticate " + j.Secrets.Quote(challenge),
			}
		}
	}
	return nil
}
