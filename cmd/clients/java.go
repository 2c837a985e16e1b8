package main

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
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
