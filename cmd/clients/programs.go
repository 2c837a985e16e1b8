package main

import (
	"context"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// Debian's jars, and the link to the first that tells its version.
const (
	jars         = "/usr/share/java/okhttp.jar:/usr/share/java/okio.jar"
	versionedJar = "/usr/share/java/okhttp-[0-9]*.jar"
)

var (
	okhttpVersion = regexp.MustCompile(`okhttp-([0-9].*)\.jar$`)
	javacVersion  = regexp.MustCompile(`javac (\S+)`)
)

// findJava finds the client of the Java sample: Debian's OkHttp, and a Java that compiles.
func findJava(ctx context.Context) *client {
	if versionOf(ctx, javacVersion, "javac", "-version") == "" {
		return nil
	}
	for _, jar := range filepath.SplitList(jars) {
		if _, err := os.Stat(jar); err != nil {
			return nil
		}
	}
	links, _ := filepath.Glob(versionedJar) // the pattern is a valid one
	for _, link := range links {
		if version := okhttpVersion.FindStringSubmatch(link); version != nil {
			return &client{version: version[1], command: func(job) []string {
				return []string{"java", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-cp", jars, "cmd/clients/samples/Sample.java"}
			}}
		}
	}
	return nil
}

// curlVersion is the version in the first line that curl --version prints.
var curlVersion = regexp.MustCompile(`^curl (\S+)`)

// findCurl finds the client of the Shell sample.
func findCurl(ctx context.Context) *client {
	version := versionOf(ctx, curlVersion, "curl", "-q", "--version")
	if version == "" {
		return nil
	}
	return &client{version: version, command: func(job) []string { return []string{"/bin/sh", "cmd/clients/samples/shell.sh"} }}
}

// requestsVersion is what Python prints of the version of requests.
var requestsVersion = regexp.MustCompile(`^([0-9]\S*)`)

// findPython finds the client of the Python sample: Debian's Python, whose packages apt-get installs, or the one on the
// PATH, whichever has requests.
func findPython(ctx context.Context) *client {
	for _, program := range []string{"/usr/bin/python3", "python3"} {
		version := versionOf(ctx, requestsVersion, program, "-c", "import requests; print(requests.__version__)")
		if version != "" {
			return &client{version: version, command: func(job) []string { return []string{program, "cmd/clients/samples/sample.py"} }}
		}
	}
	return nil
}

// requestVersion is what Node.js prints of the version of its package request.
var requestVersion = regexp.MustCompile(`^([0-9]\S*)`)

// findNode finds the client of the Node.js sample: the package request that npm installs in cmd/clients/node_modules.
func findNode(ctx context.Context) *client {
	version := versionOf(ctx, requestVersion, "node", "-p", `require("./cmd/clients/node_modules/request/package.json").version`)
	if version == "" {
		return nil
	}
	return &client{version: version, command: func(job) []string { return []string{"node", "--no-deprecation", "cmd/clients/samples/sample.js"} }}
}

var chromiumVersion = regexp.MustCompile(`Chrom\w+ ([0-9][0-9.]*)`)

// findChromium finds the client of the JavaScript sample: Debian's Chromium, or the one that CHROMIUM names.
func findChromium(ctx context.Context) *client {
	program := os.Getenv("CHROMIUM")
	if program == "" {
		program = "chromium"
	}
	version := versionOf(ctx, chromiumVersion, program, "--version")
	if version == "" {
		return nil
	}
	return &client{
		version: version,
		command: func(j job) []string {
			return []string{
				program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-proxy-server",
				"--lang=en-US", "--user-data-dir=" + j.folder, "--virtual-time-budget=10000", "--dump-dom", j.page,
			}
		},
		printed: pageText,
	}
}

// pageText is the text of the page's one pre element, where the sample leaves the response.
func pageText(page string) string {
	_, rest, opened := strings.Cut(page, "<pre>")
	text, _, closed := strings.Cut(rest, "</pre>")
	if !opened || !closed {
		return ""
	}
	return html.UnescapeString(text)
}
