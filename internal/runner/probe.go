package runner

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
)

// probes are the requests that the probe may send, planned or not: the ordinary login, and forms that tell why it fails.
func (r *Runner) probes() []exchange.Request {
	return []exchange.Request{r.Catalogue.Login(), r.Catalogue.EverythingMissing(), r.Catalogue.Missing(exchange.Urlencoded, "company_name")}
}

// probe sends the ordinary login and says why the target is not there at all, if that is what the answer tells.
func (r *Runner) probe(ctx context.Context) (login *exchange.Exchange, absence string) {
	login = r.take(ctx, r.Catalogue.Login())
	switch {
	case login.Failure != nil:
		return login, r.silence(login)
	case secured(login):
		return login, "the target redirects to the same URL under https: let KLEARSTACK_BASE_URL begin with https://"
	case plainToTLS(login):
		return login, "the target speaks TLS where plain HTTP was sent: let KLEARSTACK_BASE_URL begin with https://"
	case login.Status == http.StatusNotFound || login.Gateway():
		other := r.take(ctx, r.Catalogue.EverythingMissing())
		switch {
		case login.Gateway() && !other.Answered():
			return login, login.Unanswered().Error()
		case other.Failure != nil:
			return login, r.silence(other)
		case login.Status == http.StatusNotFound && other.Status == http.StatusNotFound:
			return login, "there is nothing at " + exchange.Path + " below the base URL (404): check KLEARSTACK_BASE_URL"
		}
	case check.Rejects(login):
		for _, request := range r.probes()[1:] {
			r.take(ctx, request)
		}
	}
	return login, ""
}

// rejected says what is known where the endpoint reads the form, as some form that lacks a parameter gets another response,
// and yet rejects these logins; nil where that is not so.
func (r *Runner) rejected(all []*check.Login) *outcome.Rejection {
	if slices.ContainsFunc(all, func(l *check.Login) bool { return !check.Rejects(l.Exchange) }) {
		return nil
	}
	login := all[0].Exchange
	reads := slices.ContainsFunc(check.Parameters(), func(name string) bool {
		request := r.Catalogue.Missing(login.Request.Encoding, name)
		if r.entries[request.Name] == nil {
			return false
		}
		missing := r.Exchange(request)
		return missing.Answered() && !check.SameRefusal(missing, login)
	})
	if !reads {
		return nil
	}
	var unknown *exchange.Exchange
	if request := r.Catalogue.UnknownUser(login.Request.Encoding); r.planned(request.Name) {
		unknown = r.Exchange(request)
	}
	return r.Judge.Rejection(login, unknown, r.Catalogue.HasReserved())
}

// silence says why a request got no response.
func (r *Runner) silence(e *exchange.Exchange) string {
	if stopped := r.pace.end(); stopped != "" {
		return stopped
	}
	return e.Failure.Sentence
}

// secured tells whether an answer redirects from http to the same URL under https (REF-6).
func secured(e *exchange.Exchange) bool {
	if !e.Redirect() || e.Base.Scheme != "http" {
		return false
	}
	location, err := url.Parse(e.Header.Get("Location"))
	asked, failed := url.Parse(e.Request.Address(e.Base))
	return err == nil && failed == nil && location.Scheme == "https" && location.Hostname() == asked.Hostname() && location.Path == asked.Path
}

// plainAtTLS is what Go, nginx and Apache answer in plain HTTP where they expect TLS.
var plainAtTLS = regexp.MustCompile(`(?i)HTTP (?:request )?(?:was sent )?to (?:an )?(?:HTTPS (?:server|port)|SSL-enabled server port)`)

// plainToTLS tells whether plain HTTP was sent to a port that expects TLS.
func plainToTLS(e *exchange.Exchange) bool {
	body, _ := e.Legible()
	return e.Status == http.StatusBadRequest && plainAtTLS.Match(body) && e.Base.Scheme == "http"
}

// needsAuthorization tells whether the endpoint asks everybody for an authorization, before it looks at the form (REQ-2).
func (r *Runner) needsAuthorization() bool {
	login := r.entries[r.Catalogue.Login().Name].exchange
	return check.AsksForAuthorization(login) && check.AsksForAuthorization(r.Exchange(r.Catalogue.EverythingMissing()))
}

// refusesCredentials tells whether the credentials themselves seem to be refused: then no more tries are made with them,
// so that no account is locked. Two more ways of logging in are tried first, lest it be the form that is refused; and as
// every documented client does, where no form is read at all: a filter may know some clients, and count no tries.
func (r *Runner) refusesCredentials(ctx context.Context, login *exchange.Exchange) bool {
	switch {
	case !login.Answered(), login.Redirect(), login.Success(),
		login.Status == http.StatusMethodNotAllowed, login.Status == http.StatusNotImplemented:
		return false
	}
	c, tries, most := r.Catalogue, 0, 2
	ways := []exchange.Request{c.NodeLogin(), c.Rewritten().Login, c.JavaLogin(), c.PythonLogin(), c.ShellLogin(), c.BrowserLogin()}
	if r.needsAuthorization() {
		most = len(ways)
	}
	for _, request := range ways {
		if tries == most || !r.planned(request.Name) {
			continue
		}
		tries++
		if r.granted(r.take(ctx, request)) {
			return false
		}
	}
	return r.pace.end() == ""
}
