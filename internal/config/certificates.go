package config

import (
	"crypto/x509"

	"github.com/klearstack/conformance/internal/textfile"
)

// largestCAFile is how many bytes of certificates are read.
const largestCAFile = 4 << 20

// certificates checks that there is one way to verify certificates, and that
// it can be used.
func (c *checker) certificates() {
	if c.CAFile == "" {
		return
	}
	if c.InsecureSkipVerify {
		c.problems.add("%s and %s contradict each other: keep the first to verify certificates, the second to leave them unverified", caFile, insecureSkipVerify)
	}
	if textFlaw(c.CAFile) != "" {
		return
	}
	content, err := textfile.Read(c.CAFile, largestCAFile)
	switch {
	case err != nil:
		c.problems.add("%s names %s, which %s: name a readable PEM file of certificates", caFile, shown(c.CAFile), err)
	case !x509.NewCertPool().AppendCertsFromPEM(content):
		c.problems.add("%s names %s, which holds no certificate: name a PEM file with at least one", caFile, shown(c.CAFile))
	}
}
