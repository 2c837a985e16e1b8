package variant

// fronts are the stacks that stand in front of programs. They respond to other methods and unknown paths before the
// program sees them; what they send when it fails is a gateway's response (OK-5), so that no variant sends it.
func fronts() []stack {
	nginx := "<html>\r\n<head><title>{status} {text}</title></head>\r\n<body>\r\n<center><h1>{status} {text}</h1></center>\r\n<hr><center>nginx/1.27.3</center>\r\n</body>\r\n</html>\r\n"
	return []stack{
		{
			name: "nginx", title: "nginx", front: true, kind: "text/html", page: nginx, fields: []string{"Server: nginx/1.27.3"},
			method: says(405, "Not Allowed"),
			path:   says(404, "Not Found"),
			large:  says(413, "Request Entity Too Large", "Connection: close"),
			thrown: says(502, "Bad Gateway"),
		},
		{
			name: "nginx-intercepting", title: "nginx with limit_except and proxy_intercept_errors", front: true, kind: "text/html",
			page: nginx + "<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n", fields: []string{"Server: nginx/1.27.3"},
			method:   says(403, "Forbidden"),
			path:     says(404, "Not Found"),
			large:    says(413, "Request Entity Too Large", "Connection: close"),
			thrown:   says(502, "Bad Gateway"),
			rejected: says(401, "Authorization Required"),
		},
		{
			name: "apache", title: "Apache httpd", front: true, kind: "text/html; charset=iso-8859-1",
			page: "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>{status} {reason}</title>\n</head><body>\n<h1>{reason}</h1>\n<p>{text}</p>\n" +
				"<hr>\n<address>Apache/2.4.62 (Debian) Server at {host} Port 80</address>\n</body></html>\n",
			fields:  []string{"Server: Apache/2.4.62 (Debian)", "Upgrade: h2,h2c", "Via: 1.1 www.example.com (Apache/2.4.62)"},
			method:  says(405, "The requested method {method} is not allowed for this URL.", "Allow: POST,TRACE", "Connection: close"),
			options: bare(200, "Allow: POST,OPTIONS"),
			path:    says(404, "The requested URL {path} was not found on this server."),
			large:   says(413, "The requested resource does not allow request data with {method} requests, or the amount of data provided in\nthe request exceeds the capacity limit.", "Connection: close"),
			thrown:  says(502, "The proxy server received an invalid response from an upstream server."),
		},
		{
			name: "haproxy", title: "HAProxy", front: true, kind: "text/html", page: "<html><body><h1>{status} {text}\n</body></html>\n",
			method: says(405, "Method Not Allowed</h1>\nA request was made of a resource using a request method not supported by that resource", "Cache-Control: no-cache", "Connection: close"),
			path:   says(404, "Not Found</h1>\nThe resource could not be found.", "Cache-Control: no-cache"),
			large:  says(413, "Payload Too Large</h1>\nThe request entity exceeds the maximum allowed.", "Cache-Control: no-cache", "Connection: close"),
			thrown: says(503, "Service Unavailable</h1>\nNo server is available to handle this request.", "Cache-Control: no-cache"),
		},
		{
			name: "envoy", title: "Envoy", front: true, kind: "text/plain", page: "{text}",
			fields: []string{"Server: envoy", "X-Envoy-Upstream-Service-Time: 1{second}", "X-Request-Id: 0b1e2d3c-4f5a-4789-abcd-{id}"},
			method: says(403, "RBAC: access denied"),
			path:   bare(404),
			large:  says(413, "Payload Too Large", "Connection: close"),
			thrown: says(503, "upstream connect error or disconnect/reset before headers. reset reason: connection failure"),
		},
		{
			name: "traefik", title: "Traefik", front: true, kind: textUTF8, page: "{text}",
			method: says(404, "404 page not found\n", "X-Content-Type-Options: nosniff"),
			path:   says(404, "404 page not found\n", "X-Content-Type-Options: nosniff"),
			large:  says(413, "Request Entity Too Large"),
			thrown: says(502, "Bad Gateway"),
		},
		{
			name: "caddy", title: "Caddy", front: true, fields: []string{"Server: Caddy", "Via: 1.1 Caddy", `Alt-Svc: h3=":443"; ma=2592000`},
			method: bare(200), // no route matches
			path:   bare(200),
			large:  bare(413),
			thrown: bare(502),
		},
		{
			name: "varnish", title: "Varnish", front: true, kind: htmlUTF8,
			page: "<!DOCTYPE html>\n<html>\n  <head>\n    <title>{status} {text}</title>\n  </head>\n  <body>\n    <h1>Error {status} {text}</h1>\n    <p>{text}</p>\n" +
				"    <h3>Guru Meditation:</h3>\n    <p>XID: 327{number}</p>\n    <hr>\n    <p>Varnish cache server</p>\n  </body>\n</html>\n",
			fields: []string{"X-Varnish: 327{number}", "Age: 0", "Via: 1.1 cache (Varnish/7.6)", "X-Cache: MISS"},
			method: says(405, "Method Not Allowed", "Server: Varnish", "Retry-After: 5"),
			path:   says(404, "Not Found", "Server: Varnish"),
			large:  says(413, "Payload Too Large", "Server: Varnish", "Connection: close"),
			thrown: says(503, "Backend fetch failed", "Server: Varnish"),
		},
		{
			name: "iis", title: "IIS", front: true, kind: "text/html", json: jsonUTF8,
			page: "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">\r\n<html xmlns=\"http://www.w3.org/1999/xhtml\">\r\n" +
				"<head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-1\"/>\r\n<title>{title}</title>\r\n</head>\r\n" +
				"<body>\r\n<div id=\"header\"><h1>Server Error</h1></div>\r\n<div id=\"content\">\r\n <div class=\"content-container\"><fieldset>\r\n  <h2>{title}</h2>\r\n" +
				"  <h3>{text}</h3>\r\n </fieldset></div>\r\n</div>\r\n</body>\r\n</html>\r\n",
			fields:   []string{"Server: Microsoft-IIS/10.0", "X-Powered-By: ASP.NET", "X-AspNet-Version: 4.0.30319"},
			method:   says(405, "405 - HTTP verb used to access this page is not allowed. | The page you are looking for cannot be displayed because an invalid method (HTTP verb) was used to attempt access.", "Allow: POST, OPTIONS"),
			options:  bare(200, "Allow: OPTIONS, TRACE, GET, HEAD, POST", "Public: OPTIONS, TRACE, GET, HEAD, POST"),
			path:     says(404, "404 - File or directory not found. | The resource you are looking for might have been removed, had its name changed, or is temporarily unavailable."),
			large:    sends(413, "text/html", "The page was not displayed because the request entity is too large."),
			thrown:   sends(502, "text/html", "<h2>502 - Web server received an invalid response while acting as a gateway or proxy server.</h2>"),
			rejected: says(401, "401 - Unauthorized: Access is denied due to invalid credentials. | You do not have permission to view this directory or page using the credentials that you supplied.", "WWW-Authenticate: Negotiate", "WWW-Authenticate: NTLM"),
		},
	}
}
