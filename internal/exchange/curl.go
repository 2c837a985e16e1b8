package exchange

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// Curl returns a line for any POSIX shell that sends the request again, with shell expressions in place of secrets and
// with further options of curl's, as shell words. It needs jq where a secret stands in a urlencoded form or a query.
func (r Request) Curl(base *url.URL, options ...string) string {
	line := append([]string{"curl", "-sS", "-i", "--max-redirs", "0"}, options...)
	line = append(line, "-X", r.Method)
	if r.Method == http.MethodHead { // curl waits for the body that a HEAD announces
		line = append(line, "--ignore-content-length", "-H", quote("Connection: close"))
	}
	header := r.header(base)
	if len(header.Values("Accept")) == 0 { // curl has one of its own
		line = append(line, "-H", quote("Accept:"))
	}
	for _, name := range slices.Sorted(maps.Keys(header)) {
		for _, value := range header[name] {
			line = append(line, "-H", quote(strings.TrimSpace(name+": "+value)))
		}
	}
	switch r.Encoding {
	case Urlencoded:
		if r.Charset {
			line = append(line, "-H", quote("Content-Type: application/x-www-form-urlencoded; charset=UTF-8"))
		}
		line = append(line, "--data-raw", curlForm(r.Params, r.Spelling))
	case Multipart:
		if !curlCanWrite(r.Params) {
			line = append([]string{printfForm(r.Params), "|"}, line...)
			line = append(line, "-H", quote("Content-Type: multipart/form-data; boundary="+printfBoundary), "--data-binary", "@-")
			break
		}
		for _, param := range r.Params {
			line = append(line, "--form-string", curlField(param))
		}
	}
	address := r
	address.Query = nil
	target := quote(address.address(base).String())
	if len(r.Query) > 0 {
		target += `"?"` + curlForm(r.Query, SpacePlus)
	}
	return strings.Join(append(line, target), " ")
}

// curlForm returns the form as one shell word. A secret is encoded by the shell when the line is run.
func curlForm(params []Param, spelling Spelling) string {
	var word strings.Builder
	for i, param := range params {
		if i > 0 {
			word.WriteString(quote("&"))
		}
		switch {
		case param.Shell == "":
			word.WriteString(quote(urlencode([]Param{param}, spelling)))
		case spelling == AsIs:
			word.WriteString(param.Name + "=" + param.Shell)
		default:
			fmt.Fprintf(&word, `%s="$(printf %%s %s | %s)"`, param.Name, param.Shell, encoder(spelling))
		}
	}
	if word.Len() == 0 {
		return "''"
	}
	return word.String()
}

// encoder returns a filter that spells what it reads.
func encoder(spelling Spelling) string {
	switch spelling {
	case EveryByte:
		return `od -An -v -tx1 | awk '{ for (i = 1; i <= NF; i++) printf "%%%s", $i ~ /[a-f]/ && n++ % 2 ? toupper($i) : $i }'`
	case SpacePercent20:
		return `jq -sRr @uri`
	case SpaceRaw:
		return `jq -sRr @uri | sed 's/%20/ /g'`
	default:
		return `jq -sRr @uri | sed 's/%20/+/g'`
	}
}

// curlCanWrite tells whether curl can write the form on one line: a shell word can't hold every control character.
func curlCanWrite(params []Param) bool {
	return !slices.ContainsFunc(params, func(param Param) bool {
		return param.Shell == "" && strings.ContainsFunc(param.Value, unicode.IsControl)
	})
}

func curlField(param Param) string {
	if param.Shell == "" {
		return quote(param.Name + "=" + param.Value)
	}
	return param.Name + "=" + param.Shell
}

const printfBoundary = "--------------------------conformance"

// printfForm returns a shell command that writes the multipart form.
func printfForm(params []Param) string {
	var format strings.Builder
	arguments := ""
	for _, param := range params {
		value := "%s"
		if param.Shell == "" {
			value = printfFormat(param.Value)
		} else {
			arguments += " " + param.Shell
		}
		fmt.Fprintf(&format, `--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n`, printfBoundary, param.Name, value)
	}
	fmt.Fprintf(&format, `--%s--\r\n`, printfBoundary)
	return "printf -- " + quote(format.String()) + arguments
}

// printfFormat returns a format that comes out as text.
func printfFormat(text string) string {
	var format strings.Builder
	for _, char := range text {
		switch {
		case char == '%' || char == '\\':
			format.WriteRune(char)
			format.WriteRune(char)
		case unicode.IsControl(char):
			for _, b := range []byte(string(char)) {
				fmt.Fprintf(&format, `\%03o`, b)
			}
		default:
			format.WriteRune(char)
		}
	}
	return format.String()
}

// quote makes one shell word of text.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
