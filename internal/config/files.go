package config

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"regexp"
	"strings"

	"github.com/klearstack/conformance/internal/textfile"
)

// largestSecret is how many bytes a secret's file may hold.
const largestSecret = 64 << 10

// secretFile fills in a secret from the file that a variable names, if it is
// set. A byte order mark at the beginning of the file and one line break at its
// end are not part of the secret. The sentences show nothing of the variable either: the secret itself might stand
// there by mistake.
func (c *checker) secretFile(name string, secret *string, fileName, path string) {
	if path == "" {
		return
	}
	if *secret != "" {
		c.problems.add("%s and %s are both set: unset one of them", name, fileName)
		return
	}
	c.source[name] = fileName
	c.unreadable[name] = true // until it is read
	content, err := textfile.Read(path, largestSecret)
	if err != nil {
		suspicion := ""
		if found := (text{fileName, path}).suspicions(); found != nil {
			suspicion = " (" + strings.Join(found, "; ") + ")"
		}
		c.problems.add("%s names a file that %s%s: name a readable file that holds nothing but the value of %s", fileName, err, suspicion, name)
		return
	}
	content, err = textfile.Plain(content)
	value := withoutLineBreak(string(content))
	if err == nil && value == "" {
		c.problems.add("%s names a file that is empty: name one that holds the value of %s", fileName, name)
		return
	}
	flaw := textFlaw(value)
	if err != nil {
		flaw = err.Error()
	}
	if flaw != "" {
		c.problems.add("%s names a file that %s: write the value of %s as UTF-8 text", fileName, flaw, name)
		return
	}
	*secret = value
	delete(c.unreadable, name)
}

// withoutLineBreak drops the one line break that editors put at the end.
func withoutLineBreak(content string) string {
	if value, found := strings.CutSuffix(content, "\r\n"); found {
		return value
	}
	return strings.TrimSuffix(content, "\n")
}

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
	_, problems := c.authorities()
	c.problems = append(c.problems, problems...)
}

// Authorities reads the certificates of the CA file; there are none where none
// is named. The error is [Problems]: no certificate is left out in silence.
func (s Settings) Authorities() ([]*x509.Certificate, error) {
	all, problems := s.authorities()
	return all, s.problem(problems)
}

func (s Settings) authorities() (all []*x509.Certificate, problems Problems) {
	if s.CAFile == "" {
		return nil, nil
	}
	content, err := textfile.Read(s.CAFile, largestCAFile)
	if err != nil {
		problems.add("%s names %s, which %s: name a readable PEM file of certificates", caFile, shown(s.CAFile), err)
		return nil, problems
	}
	if content, err = textfile.Plain(content); err != nil {
		problems.add("%s names %s, which %s: save it as plain text", caFile, shown(s.CAFile), err)
		return nil, problems
	}
	number, other := 0, ""
	for _, block := range blocks(content) {
		if !strings.Contains(block.label, "CERTIFICATE") && !strings.HasPrefix(block.label, "PKCS") && block.label != "CMS" || strings.HasSuffix(block.label, "REQUEST") {
			other = block.label // a key, say, beside its certificate
			continue
		}
		number++
		certificate, err := block.certificate()
		if err != nil {
			problems.add("%s names %s, whose certificate %d (line %d) %s", caFile, shown(s.CAFile), number, block.line, err)
			continue
		}
		all = append(all, certificate)
	}
	switch {
	case number > 0:
	case other != "":
		problems.add("%s names %s, which holds no certificate, but a block of %s: name a PEM file with at least one", caFile, shown(s.CAFile), shown(other))
	default:
		problems.add("%s names %s, which %s", caFile, shown(s.CAFile), withoutBlocks(content))
	}
	return all, problems[:min(len(problems), mostCertificates)]
}

// mostCertificates is how many certificates are complained about.
const mostCertificates = 5

// block is a piece of a PEM file, from one BEGIN to before the next.
type block struct {
	label  string
	line   int
	before string // what stands before BEGIN on its line
	text   []byte
}

var beginning = regexp.MustCompile(`-----BEGIN ([^\r\n-]*)-----`)

// blocks cuts a PEM file into blocks. A BEGIN within a line of text, without
// an END, is part of the text.
func blocks(content []byte) []block {
	var all []block
	found := beginning.FindAllSubmatchIndex(content, -1)
	for i, at := range found {
		end := len(content)
		if i+1 < len(found) {
			end = found[i+1][0]
		}
		b := block{
			label:  string(content[at[2]:at[3]]),
			line:   1 + bytes.Count(content[:at[0]], []byte("\n")),
			before: string(content[1+bytes.LastIndexByte(content[:at[0]], '\n') : at[0]]),
			text:   content[at[0]:end],
		}
		if strings.TrimSpace(b.before) != "" && !bytes.Contains(b.text, []byte("-----END ")) {
			continue
		}
		all = append(all, b)
	}
	return all
}

// certificate reads the certificate of a block. The error completes a sentence
// that begins with it.
func (b block) certificate() (*x509.Certificate, error) {
	switch {
	case strings.HasPrefix(b.label, "TRUSTED "):
		return nil, fmt.Errorf("is OpenSSL's own kind, BEGIN %s: convert it with openssl x509", b.label)
	case b.label != "CERTIFICATE" && b.label != "X509 CERTIFICATE":
		return nil, fmt.Errorf("can't be read, as it is a block of %s: take the certificates out of it with openssl", shown(b.label))
	case b.before != "" && strings.TrimSpace(b.before) == "":
		return nil, fmt.Errorf("is indented: take the blanks out before its lines")
	case b.before != "":
		return nil, fmt.Errorf("begins within a line: put a line break before its BEGIN")
	}
	read, _ := pem.Decode(b.text)
	if read == nil {
		return nil, fmt.Errorf("can't be read, as %s", b.damage())
	}
	certificate, err := x509.ParseCertificate(read.Bytes)
	if err != nil {
		return nil, fmt.Errorf("can't be parsed (%s): replace it, or take it out", shown(strings.TrimPrefix(err.Error(), "x509: ")))
	}
	return certificate, nil
}

// damage says why a block is not PEM.
func (b block) damage() string {
	text := bytes.TrimSpace(b.text)
	switch {
	case bytes.Contains(text, []byte(`\n`)):
		return `it has \n in place of line breaks: put in line breaks`
	case !bytes.Contains(text, []byte("-----END ")):
		return "it has no END line: add it, or the rest of the file"
	case !bytes.Contains(text, []byte("\n")):
		return "it is on one line: put line breaks after its BEGIN and before its END"
	default:
		return "its base64 or its END line is damaged: replace it"
	}
}

// withoutBlocks says what a file without PEM is, and what to do about it.
func withoutBlocks(content []byte) string {
	text := bytes.TrimSpace(content)
	if decoded, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(text)), "")); err == nil && len(decoded) > 0 {
		if beginning.Match(decoded) {
			return "is a PEM file in base64: decode it"
		}
		if _, err := x509.ParseCertificates(decoded); err == nil {
			return "is a certificate without its BEGIN and END lines: add them"
		}
	}
	if _, err := x509.ParseCertificates(content); err == nil && len(content) > 0 {
		return "is a certificate in DER: convert it to PEM, with openssl x509 -inform DER"
	}
	if bytes.HasPrefix(content, []byte{0x30, 0x82}) || bytes.HasPrefix(content, []byte{0x30, 0x80}) {
		return "can't be read, as it is binary: export its certificates as PEM"
	}
	return "holds no certificate: name a PEM file with at least one"
}
