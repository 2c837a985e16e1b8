package check_test

import (
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/redact"
	"github.com/klearstack/conformance/internal/schema"
	"github.com/klearstack/conformance/internal/strictjson"
	"github.com/klearstack/conformance/schemas"
)

// FuzzBody judges whatever a server may answer. ACCESS and REFRESH in the body, the media type and the cookie stand for
// tokens with the claims given, signed with the key.
func FuzzBody(f *testing.F) {
	for _, seed := range bodySeeds(f) {
		f.Add([]byte(seed.body), seed.status, seed.contentType, seed.coding, seed.cookie, seed.access, seed.refresh, seed.flags)
	}
	set, err := schema.Load()
	require.NoError(f, err)
	second := secondOpinion(f)
	f.Fuzz(func(t *testing.T, body []byte, status uint16, contentType, coding, cookie, access, refresh string, flags byte) {
		a := fuzzedAnswer{
			body: string(body), status: 100 + int(status)%500, contentType: contentType, coding: coding, cookie: cookie,
			cut: flags&1 != 0, short: flags&2 != 0, unsized: flags&4 != 0,
		}
		tokens := []string{hs256(`{"typ":"JWT","alg":"HS256"}`, access), hs256(`{"typ":"JWT","alg":"HS256"}`, refresh)}
		for i, word := range []string{"ACCESS", "REFRESH"} {
			a.body = strings.Replace(a.body, word, tokens[i], 1)
			a.contentType = strings.Replace(a.contentType, word, tokens[i], 1)
			a.cookie = strings.Replace(a.cookie, word, tokens[i], 1)
		}
		said := judged(set, a)
		for name, err := range said {
			assertFit(t, name, err, tokens)
		}
		for name, err := range judged(set, a) {
			require.Equal(t, text(said[name]), text(err), "%s has other words the second time", name)
		}
		assertStrict(t, a, said)
		assertSchemas(t, &check.Judge{Schemas: set, Secrets: &redact.Secrets{}}, second, a)
	})
}

// canary is the password that every request sends. It may stand wherever an answer is free to say what it likes: even in
// `release_version`.
const canary = "S3cret-Canary"

// fuzzedAnswer is what a server may say.
type fuzzedAnswer struct {
	body                string
	status              int
	contentType, coding string
	cookie              string
	cut, short, unsized bool
}

// exchange returns the answer afresh, to a request that sends the parameters given.
func (a fuzzedAnswer) exchange(params ...string) *exchange.Exchange {
	e := with(answer(a.status, a.body, "Content-Type", a.contentType, "Set-Cookie", a.cookie, "Content-Encoding", a.coding), params...)
	e.Request.Header = header("Accept-Encoding", "gzip", "Origin", "https://page.example")
	e.Cut, e.Short = a.cut, a.short
	if a.unsized {
		e.ContentLength = -1
	}
	return e
}

// judged returns what all checks say of an answer: to a login, to a login without a company, and to an empty form.
func judged(set *schema.Set, a fuzzedAnswer) map[string]error {
	j := &check.Judge{Schemas: set, Secrets: &redact.Secrets{}, Tolerance: time.Minute, Key: key}
	j.Secrets.Add(canary, key)
	whole := func() *exchange.Exchange { return a.exchange(user, "bob", company, "Acme", secret, canary) }
	said := map[string]error{}
	login, again := whole(), whole()
	j.Hide(login)
	j.Hide(again)
	judgeLogin(said, j, j.Login(login), j.Login(again))
	judgeAnswer(said, "login", j, login)
	for name, missing := range map[string]*exchange.Exchange{"company": a.exchange(user, "bob", secret, canary), "empty form": a.exchange()} {
		j.Hide(missing)
		judgeAnswer(said, name, j, missing)
		judgeMissing(said, name, j, missing, login)
	}
	said["refused alike"] = j.RefusedAlike(login, a.exchange(user, "nobody", company, "Acme", secret, canary), login)
	return said
}

func judgeLogin(said map[string]error, j *check.Judge, login, again *check.Login) {
	for name, judge := range map[string]check.LoginCheck{
		"address": j.Address, "succeeds": j.Succeeds, "members": j.Members, "release": j.ReleaseVersion, "declared": j.DeclaredJSON,
		"strict": j.StrictJSON, "expires first": j.ExpiresFirst, "user": j.UserIsNumber, "no password": j.NoPassword, "pair": j.Pair,
		"identified": j.Identified, "not stored": j.NotStored,
	} {
		said[name] = judge(login)
	}
	for _, kind := range []check.Kind{check.Access, check.Refresh} {
		for name, judge := range map[string]check.LoginCheck{
			"form": j.TokenForm(kind), "type": j.TokenType(kind, string(kind)), "claims": j.Claims(kind), "fresh": j.Fresh(kind),
			"signature": j.Signature(kind), "lifetime": j.Lifetime(kind, time.Minute, time.Hour), "least": j.Lifetime(kind, 24*time.Hour, 0),
			"most": j.Lifetime(kind, 0, 90*24*time.Hour),
		} {
			said[name+" of "+string(kind)] = judge(login)
		}
	}
	said["distinct"] = j.Distinct(login, again)
	if !j.SameUser(login, again) {
		said["same user"] = errors.New("one answer, two users")
	}
}

func judgeAnswer(said map[string]error, of string, j *check.Judge, e *exchange.Exchange) {
	for name, judge := range map[string]func(*exchange.Exchange) error{
		"coding": j.OfferedCoding, "sniff": j.NoSniff, "innards": j.NoInnards, "tokens": j.NoTokens, "refused": j.Refused,
		"echo":   func(e *exchange.Exchange) error { return j.NoEcho(e, nil) },
		"direct": j.Direct, "basic": j.NoBasicChallenge, "permission": j.Permission, "permission covers": j.PermissionCovers, "readable": j.Readable,
	} {
		said[of+": "+name] = judge(e)
	}
}

func judgeMissing(said map[string]error, of string, j *check.Judge, e, other *exchange.Exchange) {
	for name, judge := range map[string]func(*exchange.Exchange) error{
		"named": j.MissingNamed, "object": j.ErrorObject, "declared": j.MissingDeclared, "strict": j.MissingStrict,
		"exactly": j.NamesExactly, "blocks": j.EmptyFormBlocks,
	} {
		said[of+" missing: "+name] = judge(e)
	}
	said[of+" missing: alike"] = j.MissingAlike(e, other)
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// assertFit asserts that what a check says is an outcome and fit to be shown.
func assertFit(t *testing.T, name string, err error, tokens []string) {
	t.Helper()
	if err == nil {
		return
	}
	var unknown *outcome.Unknown
	if outcome.Of(err) == outcome.Inconclusive {
		require.ErrorAs(t, err, &unknown, "%s: no outcome", name)
	}
	words := err.Error()
	require.NotEmpty(t, words)
	require.NotRegexp(t, `[\x00-\x1f\x7f\x{80}-\x{9f}\x{2028}\x{2029}]`, words, name)
	secrets := []string{canary, url.QueryEscape(key), key}
	for _, compact := range tokens {
		secrets = append(secrets, compact[strings.LastIndex(compact, ".")+1:])
	}
	for _, secret := range secrets {
		require.NotContains(t, words, secret, name)
	}
}

// assertStrict asserts that a login is judged by the one strict reading of its body: where there is none, not all is well,
// and nothing that is said in the body is found to be kept.
func assertStrict(t *testing.T, a fuzzedAnswer, said map[string]error) {
	t.Helper()
	body, _, err := a.exchange().Body()
	if err == nil {
		_, err = strictjson.Decode(body)
	}
	if err == nil {
		return
	}
	require.True(t, said["address"] != nil || said["succeeds"] != nil || said["strict"] != nil, "%v, but all is well", err)
	for _, name := range []string{"members", "release", "form of access", "claims of refresh", "no password", "company missing: object"} {
		assert.Error(t, said[name], name)
	}
}

// assertSchemas asserts that OK-2 and OK-4, and ERR-5, are kept by the bodies that another validator finds to be as the
// schemas say, and by no others: in particular not where a member's name has other letters.
func assertSchemas(t *testing.T, j *check.Judge, second map[string]*jsonschema.Schema, a fuzzedAnswer) {
	t.Helper()
	document, err := strictjson.Decode([]byte(a.body))
	if err != nil {
		return
	}
	granted, failed := documentErrors(j, a.body)
	require.Equal(t, second[schemas.TokenResponse].Validate(document) == nil, granted == nil, "%v", granted)
	require.Equal(t, second[schemas.ErrorResponse].Validate(document) == nil, failed == nil, "%v", failed)

	members, _ := document.(map[string]any)
	for name, renamed := range map[string]string{
		"access_token": "Access_Token", "refresh_token": "refreshToken", "release_version": "Release_version", "error": "Error",
	} {
		value, ok := members[name]
		if !ok {
			continue
		}
		other := maps.Clone(members)
		delete(other, name)
		other[renamed] = value
		spelt, err := json.Marshal(other)
		require.NoError(t, err)
		granted, failed := documentErrors(j, string(spelt))
		if name == "error" {
			granted = failed
		}
		require.Error(t, granted, "%s is taken for %s", renamed, name)
	}
}

// documentErrors returns what is wrong with a body as a token response (OK-2, OK-4), and as an error (ERR-5).
func documentErrors(j *check.Judge, body string) (granted, failed error) {
	login := j.Login(fuzzedAnswer{body: body, status: 200}.exchange())
	return errors.Join(j.Members(login), j.ReleaseVersion(login)), j.ErrorObject(fuzzedAnswer{body: body, status: 500}.exchange())
}
