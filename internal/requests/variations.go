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

// Rewritten is what spells the form in another way, beside a stray authorization (REQ-3, REQ-6).
func (c Catalogue) Rewritten() Bundle {
	return c.bundle("the login with a rewritten form", []variation{
		{"the parameters in reverse order", func(r *exchange.Request) { slices.Reverse(r.Params) }},
		{"every byte of a value percent-encoded", func(r *exchange.Request) { r.Spelling = exchange.EveryByte }},
		{"a stray Basic authorization", func(r *exchange.Request) { r.Header.Set("Authorization", strayBasic) }},
	})
}

// Extended is what says more than is asked for (REQ-6, ADV-10).
func (c Catalogue) Extended() Bundle {
	return c.bundle("the login with an extended form", []variation{
		{"a charset on the content type", func(r *exchange.Request) { r.Charset = true }},
		{"an unknown extra parameter", func(r *exchange.Request) {
			r.Params = append(r.Params, exchange.Param{Name: "conformance_extra", Value: "ignored"})
		}},
	})
}

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

// variation is a change of a urlencoded login.
type variation struct {
	name  string
	apply func(*exchange.Request)
}

func (c Catalogue) bundle(name string, variations []variation) Bundle {
	bundle := Bundle{Login: c.login(name, exchange.Urlencoded)}
	for _, each := range variations {
		part := c.login(partName(each.name), exchange.Urlencoded)
		each.apply(&part)
		each.apply(&bundle.Login)
		bundle.Parts = append(bundle.Parts, part)
	}
	return bundle
}

// ReversedMultipartLogin sends the parameters in reverse order (REQ-6).
func (c Catalogue) ReversedMultipartLogin() exchange.Request {
	request := c.login("the multipart login in reverse order", exchange.Multipart)
	slices.Reverse(request.Params)
	return request
}
