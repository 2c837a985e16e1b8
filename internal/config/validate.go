package config

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/klearstack/conformance/internal/redact"
)

// Validate says whether the settings make sense, alone and together, and
// whether the CA file can be used. The error is [Problems] with all there are.
// The zero Settings are not valid: begin with [Defaults].
func (s Settings) Validate() error {
	check := checker{Settings: s}
	check.all()
	return check.problem(check.problems)
}

// checker collects the problems of settings.
type checker struct {
	Settings
	// unreadable holds the settings that were given with a value that is not
	// known, because it is malformed or its file cannot be read: these are
	// reported already, and not missing.
	unreadable map[string]bool
	// source holds the variable that a setting came from, where that is not
	// the one that it is called after.
	source   map[string]string
	problems Problems
}

func (c *checker) all() {
	c.together()
	c.texts()
	if c.BaseURL != "" && textFlaw(c.BaseURL) == "" {
		c.baseURL()
	}
	c.proxied()
	c.names()
	c.certificates()
	c.ranges()
}

// given says whether a setting was given, whether or not its value is known.
func (c *checker) given(name, value string) bool { return value != "" || c.unreadable[name] }

// called is the variable that a setting came from.
func (c *checker) called(name string) string {
	if source, ok := c.source[name]; ok {
		return source
	}
	return name
}

const (
	shortestTimeout  = 100 * time.Millisecond
	longestTimeout   = 5 * time.Minute
	largestTolerance = time.Hour
	mostExchanges    = 64

	lowestRate  = 0.1
	highestRate = 1000

	concurrencyRange = "a whole number from 1 to 64"
	rateRange        = "requests per second, a number from 0.1 to 1000 such as 0.5, or unset it for no limit"
)

// ranges checks the settings that have bounds.
func (c *checker) ranges() {
	if c.Timeout < shortestTimeout || c.Timeout > longestTimeout {
		c.problems.add("%s is %s: set it to a duration from 100ms to 5m", timeout, c.own(c.Timeout))
	}
	if c.ClockTolerance < 0 || c.ClockTolerance > largestTolerance {
		c.problems.add("%s is %s: set it to a duration from 0s to 1h", clockTolerance, c.own(c.ClockTolerance))
	}
	if c.Concurrency < 1 || c.Concurrency > mostExchanges {
		c.problems.add("%s is %s: set it to %s", concurrency, c.own(c.Concurrency), concurrencyRange)
	}
	if c.Rate != 0 && !(c.Rate >= lowestRate && c.Rate <= highestRate) { // NaN is not in the range either
		c.problems.add("%s is %s: set it to %s", rate, c.own(c.Rate), rateRange)
	}
	if c.ReportDir == "" {
		c.problems.add("%s is not set: set it to a folder, or to - for no report", reportDir)
	}
}

// text is a setting that is a string.
type text struct{ name, value string }

// target lists the settings that name a deployment and a valid login of it.
func (c *checker) target() []text {
	return []text{{baseURL, c.BaseURL}, {username, c.Username}, {password, c.Password}, {companyName, c.CompanyName}}
}

// texts checks that all strings are text, which forms and paths need.
func (c *checker) texts() {
	for _, setting := range append(c.target(),
		text{otherCompanyName, c.OtherCompanyName}, text{unknownUsername, c.UnknownUsername}, text{jwtKey, c.JWTKey}, text{caFile, c.CAFile}, text{reportDir, c.ReportDir},
		text{deviations, c.Deviations}) {
		switch flaw := textFlaw(setting.value); flaw {
		case "":
		case marked:
			c.problems.add("%s %s, which does not show: take it out", setting.name, flaw)
		default:
			c.problems.add("%s %s: write it as UTF-8 text", setting.name, flaw)
		}
	}
}

// marked is the flaw of text that came out of a file with its mark.
const marked = "begins with a byte order mark (U+FEFF)"

// textFlaw says why a value is not text to be sent as it is, or "".
func textFlaw(value string) string {
	switch {
	case !utf8.ValidString(value):
		return "is not valid UTF-8"
	case strings.Contains(value, "\x00"):
		return "holds a NUL byte"
	case strings.HasPrefix(value, "\uFEFF"):
		return marked
	default:
		return ""
	}
}

// together checks that the settings of a deployment are there all or none.
func (c *checker) together() {
	var set, missing []string
	for _, setting := range c.target() {
		switch {
		case c.given(setting.name, setting.value):
			set = append(set, c.called(setting.name))
		case setting.name == password:
			missing = append(missing, password+" (or "+passwordFile+")")
		default:
			missing = append(missing, setting.name)
		}
	}
	if len(set) > 0 && len(missing) > 0 {
		c.problems.add("%s %s not set but %s %s: set what is missing, or unset all four to run against the embedded reference server",
			listed(missing), are(missing), listed(set), are(set))
	}
	if c.given(baseURL, c.BaseURL) {
		return
	}
	for _, name := range c.targetOnly() {
		c.problems.add("%s is set but %s is not: it only concerns a deployment, so set the base URL of one or unset it", c.called(name), baseURL)
	}
}

// targetOnly lists the settings in force that mean nothing to the embedded
// reference server.
func (c *checker) targetOnly() []string {
	var set []string
	for _, setting := range []struct {
		name  string
		given bool
	}{
		{otherCompanyName, c.OtherCompanyName != ""},
		{unknownUsername, c.UnknownUsername != ""},
		{jwtKey, c.given(jwtKey, c.JWTKey)},
		{caFile, c.CAFile != ""},
		{insecureSkipVerify, c.InsecureSkipVerify},
		{allowHTTP, c.AllowHTTP},
		{allowQueryCredentials, c.AllowQueryCredentials},
	} {
		if setting.given {
			set = append(set, setting.name)
		}
	}
	return set
}

// names checks that the other company is another one (REF-4), and that the
// unknown user is another one in any case (REF-2): many servers fold it.
func (c *checker) names() {
	if c.OtherCompanyName != "" && c.OtherCompanyName == c.CompanyName {
		c.problems.add("%s is the same as %s: set it to a company that the user does not belong to, or unset it", otherCompanyName, companyName)
	}
	if c.UnknownUsername != "" && strings.EqualFold(c.UnknownUsername, c.Username) {
		c.problems.add("%s is the same as %s: set it to a user name that does not exist, or unset it to have one made up", unknownUsername, username)
	}
}

// are is the verb for as many names.
func are(names []string) string {
	if len(names) == 1 {
		return "is"
	}
	return "are"
}

// Problems is everything that is wrong with the settings: one sentence each,
// that names the setting and says what to do. It shows no secrets.
type Problems []string

// Error is the sentences, one a line.
func (p Problems) Error() string { return strings.Join(p, "\n") }

func (p *Problems) add(format string, args ...any) {
	*p = append(*p, fmt.Sprintf(format, args...))
}

// problem is nil where there are no problems. A value that they quote may hold the password by mistake.
func (s Settings) problem(p Problems) error {
	if len(p) == 0 {
		return nil
	}
	secrets := s.secrets()
	for i := range p {
		p[i] = secrets.Sentence(p[i])
	}
	return p
}

// secrets are what no sentence may show.
func (s Settings) secrets() *redact.Secrets {
	secrets := &redact.Secrets{}
	secrets.Add(s.Password, s.JWTKey)
	return secrets
}

// own is a value of a setting that is no text, but for secrets.
func (s Settings) own(value any) string { return s.secrets().Own(fmt.Sprint(value)) }

// longestValue is how many characters of a value a sentence shows.
const longestValue = 80

// shown is a value on one line, cut where it is long. It is not for secrets.
func shown(value string) string {
	if chars := []rune(value); len(chars) > longestValue {
		value = string(chars[:longestValue]) + "…"
	}
	return fmt.Sprintf("%q", value)
}

// listed joins words as a sentence does: "a, b and c".
func listed(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
