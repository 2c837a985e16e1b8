package config

import (
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
