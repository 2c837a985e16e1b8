package main

import (
	"context"
	"html"
	"os"
	"regexp"
	"strings"
)

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
