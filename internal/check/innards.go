package check

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
)

// mark is what a stack trace or a debug page leaves.
type mark struct {
	hint    string // stands in whatever the pattern finds: only where it does is it worth while to look closer
	pattern *regexp.Regexp
}

// marks of languages and frameworks. An exception's name, a path or a line number alone is none of them: error texts may
// well have those.
//
//nolint:gochecknoglobals // it is only read
var marks = []mark{
	// Python; Django, Flask, FastAPI.
	{"Traceback", regexp.MustCompile(`Traceback \(most recent call last\)`)},
	{`File "`, regexp.MustCompile(`File "[^"\n]+\.pyw?", line \d+|File "[^"\n]+", line \d+, in [\w<]`)},
	{"re seeing th", regexp.MustCompile(`You(?:'|’)re seeing (?:this error|the help section of this page) because you (?:have|use)`)},
	{"Traceback of", regexp.MustCompile(`Traceback of (?:<[^>]*>)*\w`)},
	{"ebugger", regexp.MustCompile(`Werkzeug Debugger|__debugger__|Starlette Debugger`)},
	// JVM; Tomcat leaves the "at" out.
	{":", regexp.MustCompile(`[\w$>]\([\w$]+\.(?:java|kt|scala|groovy|clj):\d+\)`)},
	{"at ", regexp.MustCompile(`(?:^|[\s>])at (?:[\w$/@-]+\.)+[\w$<>]+\((?:Native Method|Unknown Source)\)`)},
	// JavaScript.
	{"at ", regexp.MustCompile(`(?:^|[\s>])at (?:async )?(?:[^\n()]+ \()?(?:node:[\w/.-]+|(?:[a-z-]+:///?|\.{0,2}/|[A-Za-z]:\\)[^\n]*\.[cm]?[jt]sx?):\d+:\d+`)},
	{"at ", regexp.MustCompile(`(?:^|[\s>])at [^\n()]+ \((?:file:|webpack[a-z-]*:|/|[A-Za-z]:\\)[^\s()]*:\d+:\d+\)`)},
	// Go.
	{"goroutine ", regexp.MustCompile(`goroutine \d+ \[[a-z ]+`)},
	{".go:", regexp.MustCompile(`\.go:\d+ (?:\+|\()0x[0-9a-f]+|\n\s+/\S+\.go:\d+`)},
	// PHP; Laravel, Symfony, CodeIgniter, Yii, Xdebug. Dart numbers its frames in the same way.
	{"tack trace:", regexp.MustCompile(`Stack trace:\s*(?:<[^>]*>\s*)*(?:#0 |1\. )`)},
	{"#", regexp.MustCompile(`#\d+ [^\n]*\.(?:php|dart)(?:\(\d+\)|:\d+)`)},
	{".php", regexp.MustCompile(`(?:^|\s)(?:at |\()\S+\.php:\d+|\d\. (?:<[^>]*>\s*)*in [^\n]*\.php(?:<[^>]*>\s*)* at line \d+`)},
	{"class=", regexp.MustCompile(`class=['"](?:xdebug-error|exception-summary|Whoops container)`)},
	{"A PHP Error was", regexp.MustCompile(`A PHP Error was encountered`)},
	// .NET; ASP.NET leaves the "at" out.
	{":line ", regexp.MustCompile("(?:^|[\\s>])at [\\w.<>`\\[\\],+|]+\\([^\\n)]*\\) in [^\\n]+:line \\d+")},
	{"at ", regexp.MustCompile("(?m)^\\s+at (?:[A-Z]\\w*\\.){2,}[\\w<>`\\[\\],+|]+\\([^\\n)]*\\)\\s*(?:$|<)")},
	{"  ", regexp.MustCompile("(?m)^\\s+(?:[A-Za-z_]\\w*\\.)+[\\w<>`]+\\([^\\n)]*\\)(?: in [^\\n]+\\.(?:cs|vb|fs):(?:line )?\\d+| \\+\\d+(?:[\\s<]|$))")},
	{"xception", regexp.MustCompile(`An unhandled exception occurred while processing the request\.|Exception Details:\s*(?:</b>\s*)?[\w.]+Exception`)},
	// Ruby; Rails.
	{".rb:", regexp.MustCompile("[\\w/.-]+\\.rb:\\d+:in [`']")},
	{"Action Controller", regexp.MustCompile(`Action Controller: Exception caught`)},
	// Elixir, Rust, Perl, Lua, Haskell.
	{`"filename"`, regexp.MustCompile(`<span class="filename">[^<]*</span>:\s*<span class="line`)},
	{".ex", regexp.MustCompile(`\.exs?:\d+: [A-Z]\w*\.`)},
	{"panicked at", regexp.MustCompile(`thread '[^'\n]*' (?:\(\d+\) )?panicked at`)},
	{"tack backtrace", regexp.MustCompile(`[Ss]tack backtrace:\s+0:`)},
	{"called at ", regexp.MustCompile(`\) called at \S+ line \d+`)},
	{"stack traceback:", regexp.MustCompile(`stack traceback:\n\s+\S+:`)},
	{"CallStack", regexp.MustCompile(`CallStack \(from HasCallStack\)`)},
}

// searched is how much of a text is looked through for innards: more than any debug page has before its first mark.
const searched = 1 << 19

// NoInnards judges that an answer shows no stack trace and no debug page (ERR-7).
func (j *Judge) NoInnards(e *exchange.Exchange) error {
	if !e.Answered() {
		return e.Unanswered()
	}
	violation := func(found string) error {
		return &outcome.Violation{
			Expected: "neither a stack trace nor a debug page in the answer to " + e.Request.Name,
			Got:      j.status(e) + " with " + found,
		}
	}
	for _, text := range bodyTexts(e) {
		if found := innards(text); found != "" {
			return violation(j.Secrets.Quote(found))
		}
	}
	if value, err := e.JSON(); err == nil && holdsFrame(value) {
		return violation("a stack frame as a JSON object")
	}
	return unread(e)
}

// plain undoes what HTML makes of the white space in a stack trace.
//
//nolint:gochecknoglobals // it is only read
var plain = strings.NewReplacer("&nbsp;", " ", "\u00a0", " ", "<br>", "\n", "<br/>", "\n", "<br />", "\n")

// innards returns the first mark in a text; "" where there is none.
func innards(text string) string {
	text = text[:min(len(text), searched)]
	text = plain.Replace(text)
	for _, mark := range marks {
		if !strings.Contains(text, mark.hint) {
			continue
		}
		if found := mark.pattern.FindString(text); found != "" {
			return found
		}
	}
	return ""
}

// holdsFrame tells whether a JSON value holds a frame of a stack trace: an object that tells a file, a line in it, and
// what is called there, as PHP's and Java's encoders write them.
func holdsFrame(value any) bool {
	switch value := value.(type) {
	case []any:
		for _, element := range value {
			if holdsFrame(element) {
				return true
			}
		}
	case map[string]any:
		var file, line, called bool
		for name, member := range value {
			if holdsFrame(member) {
				return true
			}
			_, isText := member.(string)
			_, isNumber := member.(json.Number)
			switch folded := strings.ToLower(strings.ReplaceAll(name, "_", "")); folded {
			case "file", "filename":
				file = file || isText
			case "line", "lineno", "linenumber":
				line = line || isNumber
			case "function", "method", "methodname", "class", "classname", "exception", "src":
				called = called || isText
			}
		}
		return file && line && called
	}
	return false
}
