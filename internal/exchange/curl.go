package exchange

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Curl returns a shell line that sends the request again, with shell expressions in place of secrets.
func (r Request) Curl(base *url.URL, insecure bool) string {
	line := []string{"curl", "-sS", "-i", "--max-redirs", "0"}
	if insecure {
		line = append(line, "--insecure")
	}
	line = append(line, "-X", r.Method)
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		for _, value := range r.Header[name] {
			if value != "" && name != "User-Agent" {
				line = append(line, "-H", quote(name+": "+value))
			}
		}
	}
	switch r.Encoding {
	case Urlencoded:
		if r.Charset {
			line = append(line, "-H", quote("Content-Type: application/x-www-form-urlencoded; charset=UTF-8"))
		}
		line = append(line, "--data-raw", curlForm(r.Params, r.Spelling))
	case Multipart:
		if len(r.Params) == 0 {
			line = append(line, "-H", quote("Content-Type: multipart/form-data; boundary=b"), "--data-binary", "$'--b--\\r\\n'")
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
		if param.Shell == "" {
			word.WriteString(quote(urlencode([]Param{param}, spelling)))
			continue
		}
		fmt.Fprintf(&word, `%s="$(printf %%s %s | %s)"`, param.Name, param.Shell, encoder(spelling))
	}
	if word.Len() == 0 {
		return "''"
	}
	return word.String()
}

func encoder(spelling Spelling) string {
	switch spelling {
	case EveryByte:
		return `od -An -v -tx1 | tr -d '\n' | tr ' ' %`
	case SpacePercent20:
		return `jq -sRr @uri`
	case SpaceRaw:
		return `jq -sRr @uri | sed 's/%20/ /g'`
	default:
		return `jq -sRr @uri | sed 's/%20/+/g'`
	}
}

func curlField(param Param) string {
	if param.Shell == "" {
		return quote(param.Name + "=" + param.Value)
	}
	return param.Name + "=" + param.Shell
}

// quote makes one shell word of text, on one line.
func quote(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
	}
	var word strings.Builder
	for _, b := range []byte(text) {
		if b < ' ' || b == 0x7f || b == '\'' || b == '\\' {
			fmt.Fprintf(&word, `\x%02x`, b)
		} else {
			word.WriteByte(b)
		}
	}
	return "$'" + word.String() + "'"
}
