package logins

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
)

// trait is something that tells valid logins apart. Where those that have it are answered worse than those that have it
// not, the clause that makes it harmless is broken.
type trait struct {
	name   string
	clause string // "" where it is the check's own clause that is broken, ofForm where the login's encoding tells which
	in     func(*check.Login) bool
}

// ofForm stands for REQ-4 or REQ-5: whatever a documented client sends along with its form, the form is accepted.
const ofForm = "the form's"

// allAtOnce is what is left to blame where a bundle is answered badly, and a login with each of its traits alone is not.
func allAtOnce() trait { return trait{name: "all variations at once", clause: "REQ-6"} }

// traits returns all of them, the most particular first.
func traits() []trait {
	header := func(name string) func(*check.Login) bool {
		return func(l *check.Login) bool { return l.Request.Header.Get(name) != "" }
	}
	encoded := func(encoding exchange.Encoding) func(*check.Login) bool {
		return func(l *check.Login) bool { return l.Request.Encoding == encoding }
	}
	without := func(name string) func(*check.Login) bool {
		return func(l *check.Login) bool {
			values, told := l.Request.Header[name]
			return name == "User-Agent" && told && values[0] == "" || name != "User-Agent" && !told
		}
	}
	offers := func(coding string) func(*check.Login) bool {
		return func(l *check.Login) bool { return strings.Contains(l.Request.Header.Get("Accept-Encoding"), coding) }
	}
	spelt := func(spellings ...exchange.Spelling) func(*check.Login) bool {
		return func(l *check.Login) bool {
			return l.Request.Encoding == exchange.Urlencoded && slices.Contains(spellings, l.Request.Spelling) && hasSpace(l.Request)
		}
	}
	return []trait{
		{"an extra parameter", "ADV-10", func(l *check.Login) bool { return len(l.Request.Params) > len(check.Parameters()) }},
		{"a charset", "REQ-6", func(l *check.Login) bool { return l.Request.Charset }},
		{"every byte percent-encoded", "REQ-6", func(l *check.Login) bool { return l.Request.Spelling == exchange.EveryByte }},
		{"parameters in reverse order", "REQ-6", reversed},
		{"a stray Basic authorization", "REQ-3", header("Authorization")},
		{"a stray Basic authorization beside a multipart form", "REQ-3", func(l *check.Login) bool {
			return header("Authorization")(l) && l.Request.Encoding == exchange.Multipart
		}},
		{"a stray Basic authorization beside a urlencoded form", "REQ-3", func(l *check.Login) bool {
			return header("Authorization")(l) && l.Request.Encoding == exchange.Urlencoded
		}},
		{"raw spaces", "REQ-4", spelt(exchange.SpaceRaw, exchange.AsIs)},
		{"nothing encoded", "REQ-4", func(l *check.Login) bool { return l.Request.Spelling == exchange.AsIs }},
		{"spaces as %20", "REQ-4", spelt(exchange.SpacePercent20, exchange.EveryByte)},
		{"spaces as plus", "REQ-4", spelt(exchange.SpacePlus)},
		{"a compressed answer", "", func(l *check.Login) bool { return l.Failure == nil && len(l.Codings()) > 0 }},
		{"no User-Agent", ofForm, without("User-Agent")},
		{"no Accept", ofForm, without("Accept")},
		{"no Accept-Encoding", ofForm, without("Accept-Encoding")},
		{"an Accept of */*", ofForm, func(l *check.Login) bool { return l.Request.Header.Get("Accept") == "*/*" }},
		{"an offer of gzip", ofForm, offers("gzip")},
		{"an offer of deflate", ofForm, offers("deflate")},
		{"what browsers send along", ofForm, func(l *check.Login) bool { return l.Request.Boundary == exchange.WebKit }},
		{"what Node.js sends along", ofForm, func(l *check.Login) bool {
			return l.Request.Encoding == exchange.Multipart && l.Request.Boundary != exchange.WebKit
		}},
		{"no authorization", "REQ-2", func(l *check.Login) bool { return l.Request.Header.Get("Authorization") == "" }},
		{"a multipart form", "REQ-5", encoded(exchange.Multipart)},
		{"a urlencoded form", "REQ-4", encoded(exchange.Urlencoded)},
		{"percent-encoded characters", "REQ-6", func(l *check.Login) bool {
			return l.Request.Encoding == exchange.Urlencoded && l.Request.Spelling != exchange.AsIs && hasReserved(l.Request)
		}},
	}
}

func hasSpace(request exchange.Request) bool {
	return slices.ContainsFunc(request.Params, func(param exchange.Param) bool { return strings.Contains(param.Value, " ") })
}

// hasReserved tells whether a value has a character that every urlencoded form but the Shell sample's percent-encodes.
func hasReserved(request exchange.Request) bool {
	return slices.ContainsFunc(request.Params, func(param exchange.Param) bool {
		return strings.Contains(url.QueryEscape(param.Value), "%")
	})
}

func reversed(l *check.Login) bool {
	return len(l.Request.Params) > 0 && l.Request.Params[0].Name != check.Parameters()[0]
}

// particular returns the trait for which a login was made; false for the ordinary login, which was made for none.
func (r *Report) particular(l *check.Login) (trait, bool) {
	for _, each := range traits() {
		if each.clause != "" && each.in(l) && !r.ordinary(each) {
			return each, true
		}
	}
	return trait{}, false
}

// ordinary tells whether a trait is the ordinary login's too, so that no login was made for it.
func (r *Report) ordinary(t trait) bool { return t.in != nil && t.in(r.First()) }

// same tells whether two requests are one and the same but for their name.
func same(one, other exchange.Request) bool {
	return one.Encoding == other.Encoding && one.Spelling == other.Spelling && one.Charset == other.Charset && one.Boundary == other.Boundary &&
		slices.Equal(one.Params, other.Params) && maps.EqualFunc(one.Header, other.Header, slices.Equal)
}
