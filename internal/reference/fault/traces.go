package fault

// inner is what a server shows of its inner workings.
type inner struct{ name, title, text string }

const pythonTrace = `Traceback (most recent call last):
  File "/srv/app/views.py", line 41, in post
    return self.login(request.data)
  File "/srv/app/login.py", line 17, in login
    account = accounts[key]
LookupError: no such account`

const nodeTrace = `Error: no such account
    at login (/srv/app/login.js:17:11)
    at Layer.handle [as handle_request] (/srv/app/node_modules/express/lib/router/layer.js:95:5)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`

// traces are stack traces as the usual languages print them.
func traces() []inner {
	return []inner{
		{"python", "Python", pythonTrace},
		{"node", "Node.js", nodeTrace},
		{"java", "Java", `java.lang.IllegalStateException: no such account
	at com.example.access.LoginService.login(LoginService.java:41)
	at com.example.access.LoginController.post(LoginController.java:17)
	at java.base/java.lang.Thread.run(Thread.java:840)`},
		{"go", "Go", `panic: no such account

goroutine 34 [running]:
main.login(0xc000122000)
	/srv/app/login.go:17 +0x1b4
net/http.HandlerFunc.ServeHTTP(0xc00012e000)
	/usr/local/go/src/net/http/server.go:2166 +0x29`},
		{"php", "PHP", `PHP Fatal error:  Uncaught RuntimeException: no such account in /srv/app/login.php:17
Stack trace:
#0 /srv/app/index.php(41): login(Array)
#1 {main}
  thrown in /srv/app/login.php on line 17`},
		{"dotnet", ".NET", `System.InvalidOperationException: no such account
   at Example.Access.LoginService.Login(LoginForm form) in /srv/app/LoginService.cs:line 41
   at Example.Access.LoginController.Post(LoginForm form) in /srv/app/LoginController.cs:line 17`},
		{"ruby", "Ruby", "RuntimeError (no such account):\n/srv/app/controllers/login_controller.rb:17:in `create'\n" +
			"/srv/app/middleware/log.rb:9:in `call'"},
		{"kotlin-native", "Kotlin/Native", `Uncaught Kotlin exception: kotlin.IllegalStateException: no such account
    at 0   server.kexe   0x10042            kfun:kotlin.Throwable#<init>(kotlin.String?){} + 88
    at 1   server.kexe   0x104c7c4ed        kfun:login#run(){} + 89`},
		{"rust", "Rust", `stack backtrace:
   0: rust_begin_unwind
             at /rustc/90c541806f23a127002de5b4038be731ba1458ca/library/std/src/panicking.rs:578:5
   1: login::run
             at ./src/login.rs:17:9`},
		{"swift", "Swift", `Thread 0 "main" crashed:
0      0x00005581a2b3c4d5 login(_:) + 12 in server at /srv/app/Login.swift:17:9
1 [ra] 0x00005581a2b3c4e6 static App.main() + 13 in server at /srv/app/App.swift:9:3`},
		{"cpp", "C++", `   0# Login::run() at /srv/app/login.cpp:17
   1# main at /srv/app/main.cpp:9`},
		{"gdb", "C", `#0  0x00007f8a1b2c3d4e in raise () from /lib64/libc.so.6
#1  login (user=0x0) at login.c:17`},
		{"elixir", "Elixir", `** (KeyError) key :account not found in: %{}
    (app 0.1.0) lib/app/login.ex:17: App.Login.run/1`},
		{"erlang", "Erlang", `{badkey,account},[{login,run,1,[{file,"src/login.erl"},{line,17}]}]`},
		{"haskell", "Haskell", `Prelude.head: empty list
CallStack (from HasCallStack):
  error, called at src/Login.hs:17:5 in main:Login`},
		{"ocaml", "OCaml", `Raised at Stdlib__Hashtbl.find in file "hashtbl.ml", line 539, characters 13-28
Called from Login.run in file "login.ml", line 17, characters 4-30`},
		{"crystal", "Crystal", `no such account (Exception)
  from src/login.cr:17:5 in 'run'`},
		{"zig", "Zig", `thread 4711 panic: no such account
/srv/app/login.zig:17:5: 0x10345ab in run (server)`},
		{"dotnet-native", "native .NET", `System.InvalidOperationException: no such account
   at Example.Access.Login(LoginForm) + 0x1d`},
	}
}

// pages are debug pages as the usual frameworks show them.
func pages() []inner {
	return []inner{
		{"django", "Django", `<!DOCTYPE html><html lang="en"><head><title>LookupError at /access/klearstack/get_access_token</title></head>
<body><h1>LookupError at /access/klearstack/get_access_token</h1><pre>Traceback (most recent call last):
  File "/srv/app/views.py", line 41, in post</pre>
<p>You’re seeing this error because you have <code>DEBUG = True</code> in your Django settings file.</p></body></html>`},
		{"werkzeug", "Flask", `<!doctype html><html lang="en"><head><title>LookupError: no such account // Werkzeug Debugger</title>
<script src="?__debugger__=yes&amp;cmd=resource&amp;f=debugger.js"></script></head>
<body><h1>LookupError</h1><h2>Traceback (most recent call last)</h2></body></html>`},
		{"spring", "Spring", `<html><body><h1>Whitelabel Error Page</h1><p>There was an unexpected error (type=Internal Server Error, status=500).</p>
<div>java.lang.IllegalStateException: no such account
	at com.example.access.LoginService.login(LoginService.java:41)
	at com.example.access.LoginController.post(LoginController.java:17)</div></body></html>`},
		{"asp-net", "ASP.NET", `<!DOCTYPE html><html><head><title>no such account</title></head><body>
<h1>Server Error in '/' Application.</h1><pre>[InvalidOperationException: no such account]
   Example.Access.LoginService.Login(LoginForm form) in C:\app\LoginService.cs:41</pre></body></html>`},
		{"rails", "Rails", "<!DOCTYPE html><html><head><title>Action Controller: Exception caught</title></head><body>\n" +
			"<h1>RuntimeError in LoginController#create</h1><pre>app/controllers/login_controller.rb:17:in `create'</pre></body></html>"},
		{"tomcat", "Tomcat", `<!doctype html><html lang="en"><head><title>HTTP Status 500 – Internal Server Error</title></head>
<body><h1>HTTP Status 500 – Internal Server Error</h1><p><b>Type</b> Exception Report</p><p><b>Message</b> no such account</p>
<p><b>Exception</b></p><pre>java.lang.IllegalStateException: no such account
	com.example.access.LoginServlet.doPost(LoginServlet.java:41)
	jakarta.servlet.http.HttpServlet.service(HttpServlet.java:590)
</pre><h3>Apache Tomcat/10.1.60</h3></body></html>`},
		{"express", "Express", `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Error</title></head>
<body>
<pre>Error: no such account<br> &nbsp; &nbsp;at login (file:///srv/app/login.mjs:17:11)<br> &nbsp; &nbsp;at Layer.handleRequest (/srv/app/node_modules/router/lib/layer.js:152:17)</pre>
</body>
</html>`},
		{"starlette", "FastAPI", `<html><head><title>Starlette Debugger</title></head><body><h1>500 Server Error</h1><h2>LookupError: no such account</h2>
<p class="frame-title">File <span class="frame-filename">/srv/app/login.py</span>, line <i>17</i>, in <b>login</b></p></body></html>`},
		{"php", "PHP", `<br />
<b>Fatal error</b>:  Uncaught RuntimeException: no such account in /srv/app/login.php:17
Stack trace:
#0 /srv/app/index.php(41): login()
#1 {main}
  thrown in <b>/srv/app/login.php</b> on line <b>17</b><br />`},
	}
}
