package requests

import (
	"slices"

	"github.com/klearstack/conformance/internal/exchange"
)

// Bundle is a login that varies the ordinary one in several ways that must make no difference. Its parts vary one way
// each: they show which of them does harm, where the bundle is not answered like the other logins.
type Bundle struct {
	Login exchange.Request
	Parts []exchange.Request
}

// Rewritten is a urlencoded form that is spelt in another way, beside a stray authorization (REQ-3, REQ-6).
func (c Catalogue) Rewritten() Bundle {
	return bundle(c.login("the login with a rewritten form", exchange.Urlencoded), []variation{
		{"the parameters in reverse order", reverse},
		{"every byte of a value percent-encoded", func(r *exchange.Request) { r.Spelling = exchange.EveryByte }},
		{"a charset on the content type", func(r *exchange.Request) { r.Charset = true }},
		{"a stray Basic authorization", func(r *exchange.Request) { r.Header.Set("Authorization", strayBasic) }},
	})
}

// Extended is a multipart form with more in it than is asked for, in another order (REQ-6, ADV-10).
func (c Catalogue) Extended() Bundle { return c.extended(nil) }

// ExtendedFromOtherOrigin is the same, but sent by a page of another origin, where the preflight gives permission to it (ADV-7).
func (c Catalogue) ExtendedFromOtherOrigin() Bundle {
	return c.extended([]variation{{"another origin", func(r *exchange.Request) { *r = FromOtherOrigin(*r) }}})
}

func (c Catalogue) extended(more []variation) Bundle {
	return bundle(c.login("the login with an extended form", exchange.Multipart), append([]variation{
		{"the parameters of a multipart form in reverse order", reverse},
		{"an unknown extra parameter", func(r *exchange.Request) {
			r.Params = append(r.Params, extra())
		}},
	}, more...))
}

func reverse(r *exchange.Request) { slices.Reverse(r.Params) }

// Bundles returns all of them.
func (c Catalogue) Bundles() []Bundle { return []Bundle{c.Rewritten(), c.Extended()} }

// Part returns the part with the named variation; false where there is none of that name.
func (b Bundle) Part(variation string) (exchange.Request, bool) {
	at := slices.IndexFunc(b.Parts, func(part exchange.Request) bool { return part.Name == partName(variation) })
	if at < 0 {
		return exchange.Request{}, false
	}
	return b.Parts[at], true
}

func partName(variation string) string { return "the login with " + variation }

// variation is a change of a login.
type variation struct {
	name  string
	apply func(*exchange.Request)
}

// bundle applies variations to a login that has none: all of them, and each alone.
func bundle(login exchange.Request, variations []variation) Bundle {
	made := Bundle{Login: copied(login)}
	for _, each := range variations {
		part := copied(login)
		part.Name = partName(each.name)
		each.apply(&part)
		each.apply(&made.Login)
		made.Parts = append(made.Parts, part)
	}
	return made
}

// copied returns a request that shares nothing with the one that it is a copy of.
func copied(request exchange.Request) exchange.Request {
	request.Header, request.Params = request.Header.Clone(), slices.Clone(request.Params)
	return request
}
