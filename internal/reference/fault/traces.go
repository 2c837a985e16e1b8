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
