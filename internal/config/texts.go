package config

import (
	"strings"
	"unicode/utf8"
)

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
