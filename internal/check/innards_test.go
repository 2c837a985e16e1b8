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
		"Kotlin/Native":              "Uncaught Kotlin exception: kotlin.IllegalStateException: no such account\n    at 0   server.kexe                         0x10042            kfun:kotlin.Throwable#<init>(kotlin.String?){} + 88 \n    at 1   server.kexe  0x0000000108c7c4ed kfun:login#run(){} + 89 (/src/Login.kt:23:37)\n",
		"Kotlin/Native, short":       "at 0 app 0x1042 kfun:com.example.login#run(){}",
		"Kotlin/Native, Windows":     "    at 0   ???   0x7ff6a1b2c3d4   kfun:Main#main(){} + 12",
		"macOS":                      "0   libswiftCore.dylib                  0x00007fff2c7b6e9d $ss17_assertionFailure + 45\n1   login  0x0000000104a7d4c0 main + 120",
		"glibc":                      "./login(main+0x1d) [0x55d0a1b2c3d4]\n/lib/x86_64-linux-gnu/libc.so.6(__libc_start_main+0xf3) [0x7f1234567890]",
		"glibc 2":                    "./login() [0x401234]\n./login(_ZN5Login3runEv+0x2a)[0x401234]",
		"gdb":                        "#0  0x00007f8a1b2c3d4e in raise () from /lib64/libc.so.6\n#1  main (argc=1, argv=0x7ffd) at main.c:4",
		"gdb, debug":                 "#0  main () at src/main.c:4",
		"gdb, method":                "#3  Login::run (this=0x55) at login.cpp:12",
		"sanitizer":                  "==4711==ERROR: AddressSanitizer: heap-use-after-free on address 0x60\n    #0 0x4f3a2b in main /src/main.cc:12:3",
		"std::stacktrace":            "   0# Login::run() at /src/login.cpp:12\n   1# main at /src/main.cpp:5",
		"boost":                      " 0# bar(int) in ./login\n 1# 0x0000000000401234 in ./login",
		"glog":                       "    @     0x7f0a1b2c3d4e  google::LogMessage::Fail()\n    @     0x55d0a1b2c3d4  main",
		"backward":                   "Stack trace (most recent call last):\n#1    Object \"/srv/login\", at 0x55d0a1b2c3d4, in main",
		"C++":                        "terminate called after throwing an instance of 'std::runtime_error'\n  what():  no such account",
		"Android":                    "#00 pc 000000000001a2b4  /system/lib64/libc.so (abort+64)",
		"Swift":                      "app/main.swift:4: Fatal error: Index out of range",
		"Swift, older":               "Fatal error: Unexpectedly found nil while unwrapping an Optional value: file /src/main.swift, line 4",
		"Swift, backtrace":           "*** Program crashed: Illegal instruction at 0x00005581a2b3c4d5 ***\n\nThread 0 \"main\" crashed:\n\n0      0x00005581a2b3c4d5 login(_:) + 12 in login at /src/main.swift:4:5\n1 [ra] 0x00005581a2b3c4e6 static App.main() + 13 in login at /src/main.swift:9:3",
		"D":                          "core.exception.RangeError@login.d(12): Range violation\n----------------\n??:? _d_arrayboundsp [0x55d0a1b2]\n??:? [0x55d0]",
		"Ada":                        "raised CONSTRAINT_ERROR : login.adb:12 range check failed\nCall stack traceback locations:\n0x401234 0x401567",
		"Pascal":                     "An unhandled exception occurred at $0000000000401234:\nException: x\n  $0000000000401234  LOGIN,  line 12 of login.pas",
		"Fortran":                    "Error termination. Backtrace:\n#0  0x7f8a1b2c3d4e in ???",
		"SBCL":                       "Unhandled SIMPLE-ERROR\nBacktrace for: #<SB-THREAD:THREAD \"main\" RUNNING>\n0: (SB-DEBUG::DEBUGGER-DISABLED-HOOK)",
		"WebAssembly":                "error while executing at wasm backtrace:\n    0: 0x1a2b - <unknown>!login\n",
		".NET AOT":                   "System.InvalidOperationException: x\n   at Example.Access.Login(LoginForm) + 0x1d\n",
		".NET AOT, stripped":         "   at LoginApp!<BaseAddress>+0x12ab34",
		"Rust, caught":               "internal error: panicked at src/login.rs:17:9:\nno such account",
		"Rust, older":                "panicked at 'no such account', src/login.rs:17:9",
		"Rust, with a note":          "thread 'main' panicked at src/main.rs:4:5:\nno such account\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace",
		"Rust, frames":               "   0: rust_begin_unwind\n             at /rustc/90c541806f23a127002de5b4038be731ba1458ca/library/std/src/panicking.rs:578:5\n   1: login::main\n             at ./src/main.rs:4:5",
		"Rust, hash":                 "   3: login::run::h0123456789abcdef",
		"Rust, address":              "   0:     0x55d0a1b2c3d4 - std::backtrace_rs::backtrace::trace",
		"Zig":                        "thread 4711 panic: index out of bounds: index 4, len 3\n/src/login.zig:12:5: 0x10345ab in login (login)\n",
		"Nim, frame":                 "/src/login.nim(12) login\n/src/login.nim(40) main",
		"Crystal":                    "Unhandled exception: no such account (Exception)\n  from src/login.cr:12:5 in 'run'\n",
		"OCaml":                      "Fatal error: exception Not_found\nRaised at Stdlib__Hashtbl.find in file \"hashtbl.ml\", line 539, characters 13-28\nCalled from Login.run in file \"login.ml\", line 12, characters 4-30",
		"Haskell":                    "Prelude.head: empty list\nCallStack (from HasCallStack):\n  error, called at libraries/base/GHC/List.hs:1646:3 in base:GHC.List",
		"Haskell, prof":              "CallStack (from -prof):\n  Main.run (Login.hs:12:5-20)",
		"Elixir, app":                "** (KeyError) key :x not found in: %{}\n    (app 0.1.0) lib/app/login.ex:12: App.Login.run/1",
		"Elixir, fun":                "lib/app/login.ex:12: anonymous fn/1 in App.Login.run/1",
		"Elixir, quoted":             "(elixir 1.14.0) lib/enum.ex:1658: Enum.\"-map/2-lists^map/1-0-\"/2",
		"Erlang":                     "{badmatch,error},[{login,run,1,[{file,\"src/login.erl\"},{line,12}]}]",
		"Erlang, shell":              "** exception error: no match\n     in function  login:run/1 (login.erl, line 12)\n",
		"Erlang in Elixir":           "    (stdlib 3.17) gen_server.erl:421: :gen_server.loop/7",
		"Elixir, inspected":          "[{App.Login, :run, 1, [file: ~c\"lib/app/login.ex\", line: 12]}]",
		"Elixir, older inspected":    "[file: 'lib/login.ex', line: 12]",
		"Julia":                      "ERROR: KeyError\nStacktrace:\n [1] run(x::Int64)\n   @ Main ~/login.jl:12\n",
		"OpenResty":                  "lua entry thread aborted: runtime error: /app/login.lua:12: x\nstack traceback:\ncoroutine 0:\n\t/app/login.lua:12: in function 'run'",
		"Dart AOT":                   "    #00 abs 00007f8a1b2c3d4e virt 00000000001a2b4c _kDartIsolateSnapshotInstructions+0x1a",
		"Dart, terse":                "package:login/login.dart 12:5  run",
		"Clojure":                    ":trace [[clojure.lang.AFn applyToHelper \"AFn.java\" 156] [login$run invoke \"login.clj\" 12]]",
		"Safari":                     "run@file:///srv/app/login.js:17:11",
		"Go, signal":                 "panic: runtime error\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x4a1b2c]",
		"Go on Windows":              "no such account\nmain.login\n\tC:/app/login.go:17",
		".NET, top-level statements": "Unhandled exception. System.Exception: x\n   at Program.<Main>$(String[] args)",
		"Mojolicious":                "<title>Server error (development mode)</title>",
		"Devel::StackTrace":          "Trace begun at /srv/login.pl line 3",
		"Haskell, a call":            "CallStack (from HasCallStack):\n  error, called at Login.hs:3:5 in main:Login",
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
	case "Ada", "Go on Windows", "PHP, nothing but main", "Laravel Ignition", "Rust, a backtrace", "Go, errors with stacks", "Lua":
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
		`{"file":"a.go","line":3,"method":"POST"}`:                            kept,
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
	for body, want := range map[string]string{
		"x Traceback (most recent call last)\n y": `"x Traceback (most recent call last) y"`,
		"Traceback (most recent call last):\n  File \"/usr/local/lib/python3.12/site-packages/flask/app.py\", line 1511, in wsgi_app\n" +
			"    response = self.full_dispatch_request()\n  File \"/srv/klearstack/access/views.py\", line 41, in get_access_token\nKeyError: 'company_name'\n": "`File \"/srv/klearstack/access/views.py\", line 41, in get_access_token KeyError: 'company_name'`",
		"java.lang.NullPointerException\n\tat com.klearstack.access.controllers.TokenController.getAccessToken(TokenController.java:31)\n\tat java.base/x": `"at com.klearstack.access.controllers.TokenController.getAccessToken(TokenController.java:31) at java.base/x"`,
		`{"trace":[{"file":"/srv/app/Http/Controllers/TokenController.php","line":77,"function":"issue"}]}`:                                                `a stack frame as a JSON object, "/srv/app/Http/Controllers/TokenController.php:77"`,
	} {
		err := judge(t).NoInnards(answer(http.StatusInternalServerError, body))
		require.ErrorContains(t, err, "received status 500 Internal Server Error with "+want)
	}
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
		"the service panicked at noon",
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
		"panic at the disco", "Traceback id 123", "Fatal error: please call support", "Fatal error: exception handling is off", "thread 12 panic",
		"#0 is not a company", "called at 10:12 in Berlin: now", "Raised at the meeting, line 3, characters 5", "stack backtrace: off", "at 0 o'clock",
		"terminate called", "0x1d is no number", "at 0 app 0x", "CallStack", "goroutine 1 is busy", "request 0x1a2b3c4d failed", "code 12 0x80070005 Access denied",
		"error 5 0x80070005: see help", "Error: 0 0x12345678 unknown", "Thread 4 crashed", "a Sanitizer removed 3 words", "user@https://login.example.com/app.js?x=1:2:3",
		"file: 'x', line: 3", "line 3 of 5", "$12345678 in line 3 of credit", "#1 Company (Berlin) at home", "#1 Company (Berlin) from Germany", "Backtrace: off", "Backtrace: 0 frames",
		"@ Main Street 12", "login.lua:12: no such account", "login.rs:4:5: no such account", "main.rs:4", "login.ex:12: no such account", "login.zig:12:5: error", "from src in 'x'",
		"1# Company in Berlin", "1# Company at noon", "trace::hidden", "see at /docs/login.md", "Program crashed", "run with RUST_BACKTRACE=1", "at address 0x7ffd1234",
		"reference 12 0xdeadbeef (keep it)", "id: 0x55d0a1b2c3d4", "at 3 pm in 0x10", "package:login is missing", "12 login 0xabcdef12 is locked", "at 12 noon 0xab", "Account 4711: 0xabcdef12 is locked (by admin)",
		"#1 Company (Berlin) from example.com", "#3 Meeting (Berlin) at 10:30", "#3 Server (eu) at example.com:443", "f(x) + 0x10 is too large", "thread 12 panic: no such account",
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
