package check_test

import (
	"encoding/json"
	"html"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Stack traces and debug pages as the usual languages and frameworks write them are found: as they are, in HTML, and in
// the texts of JSON, line by line or whole.
func TestInnardsAreFound(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"Python":                     "Traceback (most recent call last):\n  File \"/srv/app/views.py\", line 41, in post\n    data['x']\nKeyError: 'x'",
		"Python, a frame":            "  File \"/srv/app/views.py\", line 41, in post",
		"Python, a frame of no file": "File \"<string>\", line 1, in <module>",
		"Java":                       "java.lang.IllegalStateException: no such account\n\tat com.example.access.LoginService.login(LoginService.java:41)\n\t... 52 more",
		"Java, modules":              "at java.base@17.0.2/java.lang.Thread.run(Thread.java:840)",
		"Java, a constructor":        "at com.example.Login.<init>(Login.java:7)",
		"Java, native":               "at jdk.internal.reflect.NativeMethodAccessorImpl.invoke0(Native Method)",
		"Java, proxies":              "at com.sun.proxy.$Proxy12.login(Unknown Source)",
		"Tomcat":                     "java.lang.RuntimeException: no such account\n\tcom.example.LoginServlet.doPost(LoginServlet.java:41)\n",
		"Kotlin":                     "at com.example.LoginKt.login(Login.kt:12)",
		"Scala":                      "at controllers.LoginController.$anonfun$login$1(LoginController.scala:41)",
		"Groovy":                     "at Script1.run(Script1.groovy:1)",
		"Node.js":                    "Error: no such account\n    at login (/srv/app/login.js:17:11)\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
		"Node.js, no name":           "Error: x\n    at /srv/app/login.js:17:11",
		"Node.js, modules":           "    at async file:///srv/app/login.mjs:17:11",
		"Node.js, Windows":           `    at Object.login (C:\Program Files\app\login.js:17:11)`,
		"Node.js, its own":           "    at new Promise (<anonymous>)\n    at node:internal/main/run_main_module:22:47",
		"Node.js, bundled":           "    at handler (webpack-internal:///(rsc)/./app/route.ts:12:11)",
		"Node.js, TypeScript":        "    at LoginController.post (/srv/app/src/login.controller.ts:17:11)",
		"Node.js, no extension":      "    at login (/srv/app/server:17:11)",
		"Go":                         "panic: x\n\ngoroutine 34 [running]:\nmain.login(0xc000122000)\n\t/srv/app/login.go:17 +0x1b4",
		"Go, errors with stacks":     "no such account\nmain.login\n\t/srv/app/login.go:17\nmain.main\n\t/srv/app/main.go:9",
		"PHP":                        "PHP Fatal error:  Uncaught RuntimeException: x in /srv/app/login.php:17\nStack trace:\n#0 /srv/app/index.php(41): login(Array)\n#1 {main}",
		"PHP, nothing but main":      "Fatal error: Uncaught Exception: x in /srv/login.php:3\nStack trace:\n#0 {main}\n  thrown in /srv/login.php on line 3",
		"PHP, a frame":               "#3 /var/www/vendor/laravel/framework/src/Illuminate/Routing/Route.php(205): post()",
		"Laravel Ignition":           "RuntimeException: x in file /var/www/app.php on line 12\n\nStack trace:\n  1. RuntimeException->() /var/www/app.php:12",
		"Symfony":                    "RuntimeException:\nx\n\n  at src/Controller/LoginController.php:17\n  at App\\Controller\\LoginController->login()\n     (vendor/symfony/http-kernel/HttpKernel.php:163)",
		"Yii":                        "1. in /var/www/controllers/LoginController.php at line 41",
		"Dart":                       "#0      login (file:///srv/app/login.dart:17:11)",
		".NET":                       "System.InvalidOperationException: x\n   at Example.Access.LoginService.Login(LoginForm form) in /srv/app/LoginService.cs:line 41",
		".NET, generics":             "   at Example.Access.Repository`1.<Find>b__0(String key) in C:\\app\\Repository.cs:line 41",
		".NET, no lines":             "x\n   at Microsoft.AspNetCore.Mvc.Infrastructure.ActionMethodExecutor.Execute(Object controller)\n   at Example.Login.Post()",
		"ASP.NET, a frame":           "[X: y]\n   System.Web.UI.Page.ProcessRequestMain() +1234",
		"Ruby":                       "RuntimeError (x):\n/srv/app/controllers/login_controller.rb:17:in `create'",
		"Ruby 3.4":                   "app/controllers/login_controller.rb:17:in 'LoginController#create'",
		"Elixir":                     "** (KeyError) key :x not found\n    lib/app/login.ex:12: App.Login.run/1",
		"Rust":                       "thread 'tokio-runtime-worker' panicked at src/main.rs:4:5:\nno such account",
		"Rust, with an id":           "thread 'main' (4711) panicked at src/main.rs:4:5:",
		"Rust, a backtrace":          "Error: x\n\nStack backtrace:\n   0: login::main",
		"Perl":                       "no such account at /srv/login.pl line 3.\n\tmain::login(\"x\") called at /srv/login.pl line 9",
		"Lua":                        "x\nstack traceback:\n\t[C]: in function 'error'\n\tlogin.lua:3: in main chunk",
		"Haskell":                    "CallStack (from HasCallStack):\n  error, called at Login.hs:3:5 in main:Login",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lines := strings.Split(text, "\n")
			for as, value := range map[string]any{
				"a text": text, "a member": map[string]any{"trace": text}, "deep down": []any{map[string]any{"error": map[string]any{"stack": text}}},
				"lines": map[string]any{"trace": lines, "message": "x"},
			} {
				body, err := json.Marshal(value)
				require.NoError(t, err)
				if as == "lines" && acrossLines(name) {
					continue
				}
				assertOutcome(t, violated, judge(t).NoInnards(answer(http.StatusInternalServerError, string(body))), as)
			}
			for as, body := range map[string]string{
				"plain text": text, "after a line": "Oops\n" + text, "preformatted": "<pre>" + html.EscapeString(text) + "</pre>",
				"HTML": "<p>" + strings.ReplaceAll(strings.ReplaceAll(html.EscapeString(text), "\n", "<br />"), "  ", " &nbsp;") + "</p>",
			} {
				assertOutcome(t, violated, judge(t).NoInnards(answer(http.StatusUnauthorized, body)), as)
			}
		})
	}
}

// acrossLines tells whether what gives a trace away stands on no line alone.
func acrossLines(name string) bool {
	switch name {
	case "PHP, nothing but main", "Laravel Ignition", "Rust, a backtrace", "Go, errors with stacks", "Lua":
		return true
	default:
		return false
	}
}

func TestDebugPagesAreFound(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"Django":             `<title>KeyError at /access/klearstack/get_access_token</title><p>You’re seeing this error because you have <code>DEBUG = True</code> in your Django settings file.</p>`,
		"Django, older":      "You're seeing this error because you have <code>DEBUG = True</code>",
		"Django, escaped":    "You&#x27;re seeing this error because you have <code>DEBUG = True</code>",
		"Django, CSRF":       "You're seeing the help section of this page because you have <code>DEBUG = True</code>",
		"Flask":              `<title>LookupError: x // Werkzeug Debugger</title><script src="?__debugger__=yes&amp;cmd=resource"></script>`,
		"Starlette":          "<title>Starlette Debugger</title><p class='traceback-title'>Traceback</p>",
		"Sinatra":            "You're seeing this error because you have\nenabled the show_exceptions setting",
		"Rails":              "<title>Action Controller: Exception caught</title>",
		"ASP.NET Core":       "<h1>An unhandled exception occurred while processing the request.</h1>",
		"ASP.NET":            "<h1>Server Error in '/' Application.</h1><b> Exception Details: </b>System.InvalidOperationException: x<br><br>",
		"Symfony":            `<div class="exception-summary"><h1>x</h1></div>`,
		"Whoops":             `<div class="Whoops container">`,
		"Xdebug":             `<table class='xdebug-error xe-uncaught-exception' dir='ltr'>`,
		"CodeIgniter":        `<h4>A PHP Error was encountered</h4><p>Severity: Warning</p>`,
		"Laravel as JSON":    `{"message":"x","exception":"ErrorException","file":"\/var\/www\/app.php","line":17,"trace":[]}`,
		"PHP's frames":       `{"message":"x","trace":[{"file":"/var/www/app.php","line":17,"function":"login","class":"App","type":"->"}]}`,
		"Jackson's frames":   `{"cause":null,"stackTrace":[{"methodName":"login","fileName":"LoginService.java","lineNumber":41,"className":"com.example.LoginService","nativeMethod":false}]}`,
		"Python's frames":    `{"exception":{"frames":[{"filename":"/srv/views.py","lineno":41,"function":"post"}]}}`,
		"Rails as JSON":      `{"status":500,"traces":{"Application Trace":[{"id":0,"trace":"app/controllers/login_controller.rb:17:in ` + "`create'" + `"}]}}`,
		"behind a long head": strings.Repeat("<style>body{margin:0}</style>", 8000) + "You're seeing this error because you have",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assertOutcome(t, violated, judge(t).NoInnards(answer(http.StatusInternalServerError, body)))
		})
	}
	packed := answer(http.StatusInternalServerError, compressed(t, "Traceback (most recent call last):"), "Content-Encoding", "gzip")
	assertOutcome(t, violated, judge(t).NoInnards(packed))
}

// Ordinary error texts and pages are none, whatever words stand in them.
// A stack frame as a JSON object tells a file, a line in it and what is called there, each of its type.
func TestFrames(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"file":"a.php","line":3,"function":"login"}`:                        violated,
		`[{"frames":[{"fileName":"A.java","lineNumber":3,"className":"A"}]}]`: violated,
		`{"x":{"file_name":"a","line_no":3,"method_name":"login"}}`:           violated,
		`{"File":"a","Line":3,"Exception":"E"}`:                               violated,
		`{"filename":"a","lineno":3,"src":"x"}`:                               violated,
		`{"file":"a","line":3}`:                                               kept,
		`{"file":"a","function":"login"}`:                                     kept,
		`{"line":3,"function":"login"}`:                                       kept,
		`{"file":1,"line":3,"function":"login"}`:                              kept,
		`{"file":"a","line":"3","function":"login"}`:                          kept,
		`{"file":"a","line":3,"function":7}`:                                  kept,
		`[{"file":"a"},{"line":3},{"function":"login"}]`:                      kept,
	} {
		err := judge(t).NoInnards(answer(http.StatusInternalServerError, body))
		assertOutcome(t, want, err, body)
		if err != nil {
			require.ErrorContains(t, err, "a stack frame as a JSON object", body)
		}
	}
}

// What gives a trace away is shown.
func TestInnardsAreShown(t *testing.T) {
	t.Parallel()
	err := judge(t).NoInnards(answer(http.StatusInternalServerError, "x Traceback (most recent call last) y"))
	require.ErrorContains(t, err, `received status 500 Internal Server Error with "Traceback (most recent call last)"`)
}

func TestOrdinaryErrorsAreNoInnards(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"",
		"Company Name",
		"KeyError: 'company_name'",
		"KeyError('company_name')",
		"MultiValueDictKeyError at /access/klearstack/get_access_token",
		"Exception: no such account",
		"java.lang.NullPointerException: company_name",
		"java.lang.IllegalStateException",
		"org.springframework.security.authentication.BadCredentialsException: Bad credentials",
		"System.ArgumentNullException: Value cannot be null. (Parameter 'company_name')",
		"TypeError: Cannot read properties of undefined (reading 'username')",
		"Uncaught Exception",
		"RuntimeError in LoginController",
		"undefined method `name' for nil:NilClass",
		"An error occurred at line 3",
		"error in line 3, column 5: unexpected token",
		"at line 17",
		"File not found",
		`File "report.pdf" is missing`,
		`File "report.pdf", line 3 holds no company`,
		"error in index.php on line 12",
		"at least one parameter is missing",
		"Look at https://support.example.com/help:443/x.html",
		"see https://support.example.com:8443/a/b.js?line=3:4 for help",
		"error at /access/klearstack/get_access_token, time 2022-06-30T07:12:11",
		"no account found at /access/klearstack/get_access_token (2022-06-30 07:12:11)",
		"issued at noon (/logs are elsewhere)",
		"Look at help.example.com(contact)",
		"created at 10:11:12",
		"request 0b1e2d3c-4f5a-6789-abcd-ef0123456789 failed",
		"#1 Company",
		"#4711 see our index.php for help",
		"Stack trace: not available",
		"Traceback disabled",
		"stack backtrace: off",
		"A traceback was logged",
		"goroutine limit reached",
		"the thread 'login' panicked",
		"call us at (555) 123:45:67",
		"Whitelabel Error Page\nThis application has no explicit mapping for /error",
		"Whoops, looks like something went wrong.",
		"You're seeing this page because the service is down",
		"An error occurred while processing your request.",
		"Server Error in '/' Application. Runtime Error. The current custom error settings for this application prevent the details from being viewed",
		"Oops! An Error Occurred",
		"debugger",
		"Debug mode is off",
		"Ask Example.Access.Login.Support (help) at any time",
		"   at Example.Com (help)",
		"   Call Example.Login(us) in time",
		"Node.js v18.0.0",
		"main.go: no such account",
		"login.rb: no such account",
		"Required request parameter 'username' for method parameter type String is not present",
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			body, err := json.Marshal(map[string]any{"error": text, "file": "x", "lines": []int{3}, "line": 3})
			require.NoError(t, err)
			assertOutcome(t, kept, judge(t).NoInnards(answer(http.StatusInternalServerError, string(body))), "JSON")
			for _, page := range []string{text, "<html><body><p>" + html.EscapeString(text) + "</p></body></html>", "\n\n" + text + "\n"} {
				assertOutcome(t, kept, judge(t).NoInnards(answer(http.StatusUnauthorized, page)), "page")
			}
		})
	}
}
