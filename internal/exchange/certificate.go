package exchange

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// untrusted says what the owner of a certificate can do about it where it is not trusted; "" where that is not the error.
// What certificates name comes from the target: it is quoted, redacted and bounded.
func (c *Client) untrusted(err error) string {
	var (
		verify    *tls.CertificateVerificationError
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		invalid   x509.CertificateInvalidError
	)
	subject := "the certificate of " + c.where(c.Base.Host)
	if !errors.As(err, &verify) || len(verify.UnverifiedCertificates) == 0 {
		if reason, found := strings.CutPrefix(err.Error(), "tls: failed to parse certificate from server: "); found {
			return subject + " can't be parsed (" + c.quoted(reason) + "): have it replaced"
		}
		return ""
	}
	chain := verify.UnverifiedCertificates
	switch {
	case errors.As(err, &host):
		return subject + " " + c.elsewhere(chain[0], host.Host)
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && invalid.Cert.Equal(chain[0]):
		return subject + " " + outdated(chain[0]) + ": have it renewed, or check this machine's clock"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return subject + " is signed by " + c.quoted(invalid.Cert.Subject.String()) + ", which " + outdated(invalid.Cert) +
			": have that replaced on the server or in KLEARSTACK_CA_FILE, or check this machine's clock"
	case errors.As(err, &invalid) && invalid.Reason == x509.IncompatibleUsage:
		return subject + " " + usage(chain[0])
	case errors.As(err, &authority):
		return subject + " is signed by an unknown authority: " + c.unknown(chain, authority) +
			", or, knowing what it means, set KLEARSTACK_INSECURE_SKIP_VERIFY=true"
	default:
		return subject + " can't be verified (" + c.quoted(strings.TrimPrefix(verify.Err.Error(), "x509: ")) + "): have it replaced"
	}
}

// elsewhere completes a sentence about a certificate that is not for the host.
func (c *Client) elsewhere(leaf *x509.Certificate, host string) string {
	var names []string
	wildcard := ""
	for _, name := range leaf.DNSNames {
		names = append(names, c.quoted(name))
		if strings.HasPrefix(name, "*.") && strings.HasSuffix(strings.ToLower(host), strings.ToLower(name[1:])) {
			wildcard = " (a wildcard stands for one label)"
		}
	}
	for _, address := range leaf.IPAddresses {
		names = append(names, address.String())
	}
	if len(names) == 0 {
		only := "no name at all"
		if leaf.Subject.CommonName != "" {
			only = "only the common name " + c.quoted(leaf.Subject.CommonName) + ", which clients no longer read"
		}
		return "has no host in its subject alternative names (SAN), " + only + ": have it issued anew with " + host + " in a SAN"
	}
	kind := ""
	if net.ParseIP(host) != nil && len(leaf.IPAddresses) == 0 {
		kind = " as an IP address"
	}
	return "is for another host: it is valid for " + several(names) + wildcard + ", not for " + host + kind +
		", so check KLEARSTACK_BASE_URL, or have it issued anew with that name"
}

// outdated says since when a certificate is no longer valid, or from when on it is.
func outdated(certificate *x509.Certificate) string {
	const form = "2006-01-02 15:04:05 MST"
	now := time.Now()
	if now.Before(certificate.NotBefore) {
		return fmt.Sprintf("is not valid before %s (in %s)", certificate.NotBefore.UTC().Format(form), roughly(certificate.NotBefore.Sub(now)))
	}
	return fmt.Sprintf("expired on %s (%s ago)", certificate.NotAfter.UTC().Format(form), roughly(now.Sub(certificate.NotAfter)))
}

// roughly tells a time in its largest units.
func roughly(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d days", d/(24*time.Hour))
	case d >= time.Hour:
		return fmt.Sprintf("%d h %d min", d/time.Hour, d%time.Hour/time.Minute)
	default:
		return fmt.Sprintf("%d min", d/time.Minute)
	}
}

// usage completes a sentence about a certificate that servers must not use.
func usage(leaf *x509.Certificate) string {
	may := func(usages ...x509.ExtKeyUsage) bool {
		return slices.ContainsFunc(leaf.ExtKeyUsage, func(each x509.ExtKeyUsage) bool { return slices.Contains(usages, each) })
	}
	switch {
	case len(leaf.ExtKeyUsage)+len(leaf.UnknownExtKeyUsage) == 0, may(x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageAny):
		return "comes from an authority that must not issue certificates for servers (extended key usage): have it issued by another"
	case may(x509.ExtKeyUsageClientAuth):
		return "is for clients only (extended key usage): have it issued anew for server authentication"
	default:
		return "is not for servers (extended key usage): have it issued anew for server authentication"
	}
}

// hinted is what crypto/x509 adds to its error where a certificate of the issuer's name is known.
var hinted = regexp.MustCompile(`\(possibly because of ("(?:[^"\\]|\\.)*") while trying`)

// unknown says why no trusted authority was found for a chain, and what to do.
func (c *Client) unknown(chain []*x509.Certificate, err x509.UnknownAuthorityError) string {
	top := chain[0]
	for range chain { // as far as the names say that they are signed by each other
		at := slices.IndexFunc(chain, func(above *x509.Certificate) bool { return bytes.Equal(above.RawSubject, top.RawIssuer) })
		if at < 0 || chain[at] == top {
			break
		}
		top = chain[at]
	}
	issuer := c.quoted(top.Issuer.String())
	switch {
	case itself(top) && top == chain[0]:
		return "it is self-signed, so name it in KLEARSTACK_CA_FILE"
	case itself(top):
		return "its chain ends in " + issuer + ", which is not trusted, so name that root in KLEARSTACK_CA_FILE"
	}
	var received []string
	for _, each := range chain {
		received = append(received, c.quoted(each.Subject.String())+" issued by "+c.quoted(each.Issuer.String()))
	}
	return "the chain received is " + several(received) + ", and " + c.missing(issuer, err) +
		", so have the server send its intermediate certificates, or put the CA's current certificate into KLEARSTACK_CA_FILE"
}

// itself reports whether a certificate is signed by its own key.
func itself(certificate *x509.Certificate) bool {
	return bytes.Equal(certificate.RawSubject, certificate.RawIssuer) &&
		certificate.CheckSignature(certificate.SignatureAlgorithm, certificate.RawTBSCertificate, certificate.Signature) == nil
}

// missing says what there is of an issuer.
func (c *Client) missing(issuer string, err x509.UnknownAuthorityError) string {
	hint := hinted.FindStringSubmatch(err.Error())
	if hint == nil {
		return issuer + " is neither in it nor trusted"
	}
	switch reason, _ := strconv.Unquote(hint[1]); {
	case strings.Contains(reason, "insecure algorithm"):
		return "it is signed in a way that is no longer accepted (" + c.quoted(strings.TrimPrefix(reason, "x509: ")) + ")"
	case strings.Contains(reason, "parent certificate cannot sign"):
		return "the known certificate of " + issuer + " must not sign others"
	case strings.Contains(reason, "verification"):
		return "the known certificate of " + issuer + " did not sign it"
	default:
		return "the known certificate of " + issuer + " does not do (" + c.quoted(strings.TrimPrefix(reason, "x509: ")) + ")"
	}
}

const (
	longestName = 80 // characters that are shown of what a certificate names
	mostNames   = 4
)

// quoted returns what a certificate names, fit to stand in a sentence.
func (c *Client) quoted(name string) string {
	text := ""
	if c.Quote != nil {
		text = c.Quote(name)
	} else {
		text = fmt.Sprintf("%q", name)
	}
	if chars := []rune(text); len(chars) > longestName {
		text = string(chars[:longestName]) + `…"`
	}
	return text
}

// several joins what may be many, as a sentence does.
func several(all []string) string {
	if more := len(all) - mostNames; more > 0 {
		all = append(slices.Clone(all[:mostNames]), fmt.Sprintf("%d more", more))
	}
	last := len(all) - 1
	if last == 0 {
		return all[0]
	}
	return strings.Join(all[:last], ", ") + " and " + all[last]
}
