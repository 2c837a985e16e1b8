package check

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
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
	{".go:", regexp.MustCompile(`\.go:\d+ (?:\+|\()0x[0-9a-f]+|\n\s+(?:/|[A-Za-z]:[\\/])\S+\.go:\d+`)},
	{"[signal ", regexp.MustCompile(`\[signal SIG[A-Z]+[:\]][^\n]* pc=0x[0-9a-f]+`)},
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
	// Phoenix; Rust, Perl, Lua.
	{`"filename"`, regexp.MustCompile(`<span class="filename">[^<]*</span>:\s*<span class="line`)},
	{"tack backtrace", regexp.MustCompile(`[Ss]tack backtrace:\s+0:`)},
	{"called at ", regexp.MustCompile(`\) called at \S+ line \d+`)},
	{"stack traceback:", regexp.MustCompile(`stack traceback:\n\s+\S+:`)},
	// What native programs print: Kotlin/Native, C and C++ (glibc, gdb, sanitizers, std::stacktrace), Swift, D, Ada, Pascal,
	// WebAssembly.
	{"0x", regexp.MustCompile(`0x[0-9a-fA-F]+\s+kfun:\S|(?:^|[\s>])at \d+\s+\S+\s+0x[0-9a-fA-F]{4}`)},
	{"0x", regexp.MustCompile(`(?:^|[\s>])\d+\s+[^\s<>]+\s+0x[0-9a-fA-F]{8,16}\s+\S[^\n]* \+ \d+|0x[0-9a-f]{8,16} \S[^\n]* \+ \d+ in \S|\d+:\s+0x[0-9a-f]{4,16} - \S`)},
	{"0x", regexp.MustCompile(`[\w.)]\+0x[0-9a-f]+\) ?\[0x[0-9a-f]+\]|at [^\s(]+\([^)\n]*\) \+ 0x[0-9a-f]|!<BaseAddress>\+0x`)},
	{"#", regexp.MustCompile(`(?:^|[\s>])#\d+:?\s+(?:0x[0-9a-fA-F]+ in \S|pc [0-9a-f]{8}|abs [0-9a-f]{8}|[\w:~<>*&, ]+ \([^()\n]*\) (?:at \S+\.(?:[cdhmf]|cc|cpp|cxx|hpp|mm|rs|zig|adb|f90|swift|pas|kt):\d+|from (?:/|[A-Za-z]:\\)\S))`)},
	{"# ", regexp.MustCompile(`(?:^|[\s>])\d+# (?:0x[0-9a-fA-F]{6}|[^\n]+ (?:at \S+\.(?:[cdhmf]|cc|cpp|cxx|hpp|mm|rs|zig|adb|f90|swift|pas|kt):\d+|in \.{0,2}/\S))`)},
	{"0x", regexp.MustCompile(`(?:^|[\s>])@\s+0x[0-9a-f]{6,16}\s+\S|Object "[^"\n]*", at 0x|\?\?:\? ?\[0x`)},
	{"terminate called", regexp.MustCompile(`terminate called after throwing an instance of '`)},
	{"Sanitizer", regexp.MustCompile(`==\d+==ERROR: \w+Sanitizer: `)},
	{"Fatal error: ", regexp.MustCompile(`\.swift:\d+(?::\d+)?: Fatal error: |Fatal error: [^\n]+: file [^\n]+\.swift, line \d+`)},
	{"crashed", regexp.MustCompile(`\*\*\* Program crashed: |(?:^|[\s>])Thread \d+[^\n]* crashed:\s+0 `)},
	{".swift:", regexp.MustCompile(`0x[0-9a-f]+ [^\n]+ at [^\n]+\.swift:\d+`)},
	{"ackt", regexp.MustCompile(`Backtrace(?: for: #<|:\s+(?:#0 |0: \())|wasm backtrace:\s+0:`)},
	{"traceback locations:", regexp.MustCompile(`Call stack traceback locations:\s+0x`)},
	{" of ", regexp.MustCompile(`\$[0-9A-Fa-f]{8,16}\s+\S+\s+line \d+ of \S+\.\w`)},
	// Rust, Zig, Nim, Crystal, OCaml, Haskell, Erlang, Elixir, Julia.
	{"panicked at", regexp.MustCompile(`thread '[^'\n]*' (?:\(\d+\) )?panicked at|panicked at (?:'[^'\n]*', )?\S+\.rs:\d+`)},
	{"BACKTRACE=", regexp.MustCompile("run with `RUST_BACKTRACE=")},
	{".rs:", regexp.MustCompile(`(?:^|[\s>])at (?:\.{0,2}/|[A-Za-z]:\\)\S*\.rs:\d+`)},
	{"::h", regexp.MustCompile(`::h[0-9a-f]{16}\b`)},
	{".zig:", regexp.MustCompile(`\.zig:\d+:\d+: 0x[0-9a-f]+ in `)},
	{".nim(", regexp.MustCompile(`\.nim\(\d+\)\s+\w`)},
	{".cr:", regexp.MustCompile(`\.cr:\d+:\d+ in '`)},
	{", character", regexp.MustCompile(`(?:[Rr]aised (?:at|by primitive operation at)|Called from) [^\n]*file "[^"\n]+"(?: \(inlined\))?, lines? [\d-]+, characters? \d`)},
	{"CallStack", regexp.MustCompile(`CallStack \(from (?:HasCallStack|-prof)\)`)},
	{"called at ", regexp.MustCompile(`, called at \S+\.hs:\d+:\d+ in \S+:\S`)},
	{".ex", regexp.MustCompile(`\.exs?:\d+: (?:[A-Z][\w.]*[.(]|:\w+\.|anonymous fn/\d|\(file\))|\(\w+ \d[\w.-]*\) \S+\.exs?:\d+:`)},
	{"file", regexp.MustCompile(`\{file,\s*"[^"\n]+"\},\s*\{line,\s*\d+\}|file: (?:~c)?["'][^"'\n]+\.(?:exs?|[eh]rl)["'], line: \d+`)},
	{"line ", regexp.MustCompile(`in (?:function|call from)\s+\w+:\w+/\d+ \(\S+, line \d+\)`)},
	{".erl:", regexp.MustCompile(`\.erl:\d+: :?\w+[.:]\w+/\d`)},
	{".jl:", regexp.MustCompile(`(?:^|\s)@ \S+ \S+\.jl:\d+`)},
	{".lua:", regexp.MustCompile(`\.lua:\d+: in (?:function|method|upvalue|local|field|main chunk)`)},
	// Others.
	{".dart ", regexp.MustCompile(`(?:package|dart):\S+\.dart \d+:\d+`)},
	{`" `, regexp.MustCompile(`\[[\w.$]+ [\w$]+ "\w+\.(?:java|cljc?)" \d+\]`)},
	{"@", regexp.MustCompile(`[\w$]@(?:file:|https?:|/)\S+\.[cm]?[jt]sx?:\d+:\d+`)},
	{"at Program.", regexp.MustCompile(`at Program\.(?:<Main>\$|Main)\(`)},
	{"development mode", regexp.MustCompile(`Server error \(development mode\)`)},
	{"Trace begun at ", regexp.MustCompile(`Trace begun at \S+ line \d`)},
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
			Expected: "neither a stack trace nor a debug page",
			Got:      j.status(e) + " with " + found,
		}
	}
	for _, text := range bodyTexts(e) {
		if found := innards(text); found != "" {
			return violation(j.Secrets.Line(found))
		}
	}
	if value, err := e.JSON(); err == nil {
		if found := frame(value); found != "" {
			return violation("a stack frame as a JSON object, " + j.Secrets.Quote(found))
		}
	}
	return unread(e)
}

// plain undoes what HTML makes of the white space in a stack trace.
//
//nolint:gochecknoglobals // it is only read
var plain = strings.NewReplacer("&nbsp;", " ", "\u00a0", " ", "<br>", "\n", "<br/>", "\n", "<br />", "\n")

// called is a call in a trace of Python's, which names the innermost one last.
var called = regexp.MustCompile(`File "[^"\n]+", line \d+(?:, in [\w<>]+)?`)

// farthest is how many bytes a line may begin before a mark to be shown from there.
const farthest = 80

// lineOf returns where the line begins that a mark is in; where that is far away, where the mark does.
func lineOf(text string, mark int) int {
	start := strings.LastIndexAny(text[:mark], "\n>") + 1
	if mark-start > farthest {
		return mark
	}
	return start
}

// inner returns a trace from its beginning or, where that does not name the innermost call first, from there.
func inner(trace string) string {
	if calls := called.FindAllStringIndex(trace, -1); len(calls) > 0 {
		return trace[calls[len(calls)-1][0]:]
	}
	return trace
}

// innards returns a text from the first mark in it, or from the innermost call of its trace; "" where there is no mark.
func innards(text string) string {
	text = text[:min(len(text), searched)]
	text = plain.Replace(text)
	for _, mark := range marks {
		if !strings.Contains(text, mark.hint) {
			continue
		}
		if at := mark.pattern.FindStringIndex(text); at != nil {
			return inner(text[lineOf(text, at[0]):])
		}
	}
	return ""
}

// httpMethod is no method of a program.
var httpMethod = regexp.MustCompile(`^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$`)

// frame returns the file and the line of a stack frame in a JSON value: of an object that tells a file, a line in it, and
// what is called there, as PHP's and Java's encoders write them; "" where there is none.
func frame(value any) string {
	switch value := value.(type) {
	case []any:
		for _, element := range value {
			if found := frame(element); found != "" {
				return found
			}
		}
	case map[string]any:
		var file, line string
		called := false
		for _, name := range slices.Sorted(maps.Keys(value)) {
			member := value[name]
			if found := frame(member); found != "" {
				return found
			}
			text, isText := member.(string)
			isText = isText && !httpMethod.MatchString(text)
			number, isNumber := member.(json.Number)
			switch folded := strings.ToLower(strings.ReplaceAll(name, "_", "")); folded {
			case "file", "filename":
				if isText {
					file = text
				}
			case "line", "lineno", "linenumber":
				if isNumber {
					line = number.String()
				}
			case "function", "method", "methodname", "class", "classname", "exception", "src":
				called = called || isText
			}
		}
		if file != "" && line != "" && called {
			return file + ":" + line
		}
	}
	return ""
}
