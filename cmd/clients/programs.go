package main

import (
	"cmp"
	"context"
	"html"
	"os"
	"regexp"
	"strings"
)

// sample is one of the page's samples, and the client that runs it.
type sample struct {
	client   string                     // what it is called
	packages string                     // the Debian packages that bring it, with blanks between them
	look     []string                   // the program that prints the client's version, and fails where it is missing
	version  *regexp.Regexp             // finds the version in that
	command  []string                   // runs the sample; what that is to do stands in its environment
	printed  func(output string) string // what the sample printed, where that is not the program's output itself; or nil
	asIs     bool                       // it sends the values with nothing escaped
	visits   []visit                    // the runs against the reference server; the first is also the one against a deployment
}

// visit is one run of a sample.
type visit struct {
	captures []string // what it sends, request by request
	abroad   bool     // its page stands at another origin than the endpoint
}

// found is a sample with the version of its client; "" where that is missing.
type found struct {
	sample
	here string
}

// find looks for the clients of all samples.
func find(ctx context.Context, all []sample) []found {
	var here []found
	for _, one := range all {
		here = append(here, found{one, versionOf(ctx, one.version, one.look...)})
	}
	return here
}

const (
	// jars are Debian's, and java a shell's script that looks for them, for the link to the first that has its version in its
	// name, and for a Java that compiles.
	jars = "/usr/share/java/okhttp.jar:/usr/share/java/okio.jar"
	java = "javac -version && ls /usr/share/java/okhttp.jar /usr/share/java/okio.jar /usr/share/java/okhttp-[0-9]*.jar"
	// python is a shell's script that runs the Python which has requests: Debian's, whose packages apt-get installs, or the
	// one on the PATH.
	python = `for python in /usr/bin/python3 python3; do "$python" -c 'import requests' && exec "$python" "$@"; done; exit 1`
	// chromium is a shell's script that opens the page of the browser's sample in the program that it is given.
	chromium = `exec "$0" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run \
		--disable-background-networking --disable-component-update --disable-sync --no-proxy-server \
		--lang=en-US --user-data-dir="$HOME" --virtual-time-budget=10000 --dump-dom "$SAMPLE_PAGE"`
)

// samples are the page's five samples, in its order.
func samples() []sample {
	number := regexp.MustCompile(`^([0-9]\S*)`)
	browser := cmp.Or(os.Getenv("CHROMIUM"), "chromium")
	return []sample{
		{
			client: "curl", packages: "curl", asIs: true,
			look: []string{"curl", "-q", "--version"}, version: regexp.MustCompile(`^curl (\S+)`),
			command: []string{"/bin/sh", "cmd/clients/samples/shell.sh"},
			visits:  []visit{{captures: []string{"curl-sample-plain"}}},
		},
		{
			client: "Python requests", packages: "python3-requests",
			look: []string{"/bin/sh", "-c", python, "sh", "-c", "import requests; print(requests.__version__)"}, version: number,
			command: []string{"/bin/sh", "-c", python, "sh", "cmd/clients/samples/sample.py"},
			visits:  []visit{{captures: []string{"python-requests-sample"}}},
		},
		{
			client: "Java OkHttp", packages: "default-jdk-headless libokhttp-java",
			look: []string{"/bin/sh", "-c", java}, version: regexp.MustCompile(`okhttp-([0-9].*)\.jar`),
			command: []string{"java", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-cp", jars, "cmd/clients/samples/Sample.java"},
			visits:  []visit{{captures: []string{"java-okhttp-sample"}}},
		},
		{
			client: "Node.js request", packages: "nodejs npm", // npm installs the package request in cmd/clients/node_modules
			look: []string{"node", "-p", `require("./cmd/clients/node_modules/request/package.json").version`}, version: number,
			command: []string{"node", "--no-deprecation", "cmd/clients/samples/sample.js"},
			visits:  []visit{{captures: []string{"node-request-sample"}}},
		},
		{
			client: "Chromium", packages: "chromium", printed: pageText,
			look: []string{browser, "--version"}, version: regexp.MustCompile(`Chrom\w+ ([0-9][0-9.]*)`),
			command: []string{"/bin/sh", "-c", chromium, browser},
			visits: []visit{
				{captures: []string{"chromium-xhr-sample-sameorigin"}},
				{abroad: true, captures: []string{"chromium-xhr-sample-crossorigin-preflight", "chromium-xhr-sample-crossorigin-post"}},
			},
		},
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
