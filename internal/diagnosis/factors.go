package diagnosis

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/requests"
)

// trait is something that tells valid logins apart. Where those that have it are answered worse than those that have it
// not, the clause that makes it harmless is broken.
type trait struct {
	name   string
	clause string // "" where it is the check's own clause that is broken, ofForm where the login's encoding tells which
	in     func(*check.Login) bool
	// drop, where it is set, returns the request without the trait: where that is answered no better, the trait is not to blame.
	drop   func(exchange.Request) exchange.Request
	agents int  // how many clients' names make it up, where it is what clients call themselves
	ours   bool // the suite's own is one of them, which the contract promises nothing about
}

// The traits of a login's encoding.
const multipartForm, urlencodedForm = "a multipart form", "a urlencoded form"

// ofForm stands for REQ-4 or REQ-5: whatever a documented client sends along with its form, the form is accepted.
const ofForm = "the form's"

// allAtOnce is what is left to blame where a bundle is answered badly, and a login with each of its traits alone is not.
func allAtOnce() trait { return trait{name: "all variations at once", clause: "REQ-6"} }

// traits returns those that may tell bad logins from good ones, the most particular first.
func traits(bad, good []*check.Login) []trait {
	header := func(name string) func(*check.Login) bool {
		return func(l *check.Login) bool { return l.Request.Header.Get(name) != "" }
	}
	encoded := func(encoding exchange.Encoding) func(*check.Login) bool {
		return func(l *check.Login) bool { return l.Request.Encoding == encoding }
	}
	without := func(name string) func(*check.Login) bool {
		return func(l *check.Login) bool {
			_, told := l.Request.Header[name]
			return !told
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
	charted := slices.ContainsFunc(good, func(l *check.Login) bool { return l.Request.Charset })
	// uncharted tells whether a login leaves it to the server to know the charset of characters beyond ASCII, and one that
	// does not is answered well.
	uncharted := func(l *check.Login) bool { return charted && !l.Request.Charset && beyondASCII(l.Request) }
	return []trait{
		{name: "an extra parameter", clause: "ADV-10", in: func(l *check.Login) bool { return len(l.Request.Params) > len(check.Parameters()) }},
		{name: "another origin than the endpoint's", clause: "ADV-7", in: header("Origin")},
		{name: "a charset", clause: "REQ-6", in: func(l *check.Login) bool { return l.Request.Charset }},
		{name: "no charset named for characters beyond ASCII", clause: "REQ-6", in: uncharted},
		{name: "no charset named for characters beyond ASCII in a urlencoded form", clause: "REQ-6", in: func(l *check.Login) bool {
			return l.Request.Encoding == exchange.Urlencoded && uncharted(l)
		}},
		{name: "every byte percent-encoded", clause: "REQ-6", in: func(l *check.Login) bool { return l.Request.Spelling == exchange.EveryByte }},
		{name: "parameters in reverse order", clause: "REQ-6", in: reversed},
		{name: "a stray Basic authorization", clause: "REQ-3", in: header("Authorization"), drop: requests.Unauthorized},
		{name: "a stray Basic authorization beside a multipart form", clause: "REQ-3", in: func(l *check.Login) bool {
			return header("Authorization")(l) && l.Request.Encoding == exchange.Multipart
		}, drop: requests.Unauthorized},
		{name: "a stray Basic authorization beside a urlencoded form", clause: "REQ-3", in: func(l *check.Login) bool {
			return header("Authorization")(l) && l.Request.Encoding == exchange.Urlencoded
		}, drop: requests.Unauthorized},
		{name: "raw spaces", clause: "REQ-4", in: spelt(exchange.SpaceRaw, exchange.AsIs)},
		{name: "nothing encoded", clause: "REQ-4", in: func(l *check.Login) bool { return l.Request.Spelling == exchange.AsIs }},
		{name: "spaces as %20", clause: "REQ-4", in: spelt(exchange.SpacePercent20, exchange.EveryByte)},
		{name: "spaces as plus", clause: "REQ-4", in: spelt(exchange.SpacePlus)},
		{name: "a compressed answer", clause: "", in: func(l *check.Login) bool { return l.Failure == nil && len(l.Codings()) > 0 }},
		{name: "no Accept", clause: ofForm, in: without("Accept")},
		{name: "no Accept-Encoding", clause: ofForm, in: without("Accept-Encoding")},
		{name: "an Accept of */*", clause: ofForm, in: func(l *check.Login) bool { return l.Request.Header.Get("Accept") == "*/*" }},
		{name: "an offer of gzip", clause: ofForm, in: offers("gzip")},
		{name: "an offer of deflate", clause: ofForm, in: offers("deflate")},
		{name: "an Origin, the endpoint's own", clause: ofForm, in: func(l *check.Login) bool { return l.Request.FromPage }, drop: requests.FromNoPage},
		{name: "no authorization", clause: "REQ-2", in: func(l *check.Login) bool { return l.Request.Header.Get("Authorization") == "" }, drop: requests.Authorized},
		agents(bad, good),
		{name: "what browsers send along", clause: ofForm, in: func(l *check.Login) bool { return l.Request.Boundary == exchange.WebKit }},
		{name: "what Node.js sends along", clause: ofForm, in: func(l *check.Login) bool {
			return l.Request.Encoding == exchange.Multipart && l.Request.Boundary != exchange.WebKit
		}},
		{name: "what OkHttp sends along", clause: ofForm, in: func(l *check.Login) bool { return l.Request.Spelling == exchange.SpacePercent20 }},
		{name: "what curl sends along", clause: ofForm, in: func(l *check.Login) bool {
			return l.Request.Spelling == exchange.AsIs || l.Request.Spelling == exchange.SpaceRaw
		}},
		{name: multipartForm, clause: "REQ-5", in: encoded(exchange.Multipart)},
		{name: urlencodedForm, clause: "REQ-4", in: encoded(exchange.Urlencoded)},
		{name: "percent-encoded characters", clause: "REQ-6", in: func(l *check.Login) bool {
			return l.Request.Encoding == exchange.Urlencoded && l.Request.Spelling != exchange.AsIs && hasReserved(l.Request)
		}},
	}
}

// agents is the User-Agents of bad logins that no good one has.
func agents(bad, good []*check.Login) trait {
	var names []string
	t := trait{name: "its User-Agent", clause: ofForm, drop: requests.UnderOwnName}
	for _, l := range bad {
		if agent := agentOf(l); !slices.Contains(names, agent) && !slices.ContainsFunc(good, func(other *check.Login) bool { return agentOf(other) == agent }) {
			names = append(names, agent)
			t.agents++
			t.ours = t.ours || isOurs(l)
		}
	}
	t.in = func(l *check.Login) bool { return slices.Contains(names, agentOf(l)) }
	return t
}

// of is the trait as a login has it.
func (t trait) of(l *check.Login) string {
	if t.agents > 0 {
		return agentOf(l)
	}
	return t.name
}

// isOurs tells whether a login goes by the suite's own name.
func isOurs(l *check.Login) bool {
	_, told := l.Request.Header["User-Agent"]
	return !told
}

// agentOf says what a login's client calls itself.
func agentOf(l *check.Login) string {
	switch agent := l.Request.Header.Get("User-Agent"); {
	case isOurs(l):
		return "the User-Agent of this suite"
	case agent == "":
		return "no User-Agent"
	default:
		return "the User-Agent " + agent
	}
}

func hasSpace(request exchange.Request) bool {
	return slices.ContainsFunc(request.Params, func(param exchange.Param) bool { return strings.Contains(param.Value, " ") })
}

func beyondASCII(request exchange.Request) bool {
	return slices.ContainsFunc(request.Params, func(param exchange.Param) bool {
		return strings.ContainsFunc(param.Value, func(char rune) bool { return char > unicode.MaxASCII })
	})
}

// hasReserved tells whether a value has a character that every urlencoded form but the Shell sample's percent-encodes.
func hasReserved(request exchange.Request) bool {
	return slices.ContainsFunc(request.Params, func(param exchange.Param) bool {
		return strings.Contains(url.QueryEscape(param.Value), "%")
	})
}

func reversed(l *check.Login) bool {
	return l.Request.Params[0].Name != check.Parameters()[0]
}

// particular returns the trait for which a login was made; false for the ordinary login, which was made for none.
func (r *Report) particular(w *row, l *check.Login) (trait, bool) {
	for _, each := range traits(w.bad, w.good) {
		if each.clause != "" && r.has(w, l, each) && !r.ordinary(each) {
			return each, true
		}
	}
	return trait{}, false
}

// has tells whether a login has a trait that may be to blame for what a row found of it: the login without the trait, where
// that was sent, is not answered as badly.
func (r *Report) has(w *row, l *check.Login, t trait) bool {
	if !t.in(l) || t.drop == nil {
		return t.in(l)
	}
	without, sent := r.login(t.drop(l.Request).Name)
	return !sent || !slices.Contains(w.bad, without)
}

// ordinary tells whether a trait is the ordinary login's too, so that no login was made for it.
func (r *Report) ordinary(t trait) bool { return t.in != nil && t.in(r.First()) }

// same tells whether two requests are one and the same but for their name.
func same(one, other exchange.Request) bool {
	return one.Encoding == other.Encoding && one.Spelling == other.Spelling && one.Charset == other.Charset && one.Boundary == other.Boundary && one.FromPage == other.FromPage &&
		slices.Equal(one.Params, other.Params) && maps.EqualFunc(one.Header, other.Header, slices.Equal)
}
