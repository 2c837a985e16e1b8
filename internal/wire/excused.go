package wire

import (
	"slices"
	"strconv"
	"strings"
)

// Excuse is a difference from a capture that does not count, and why, in one sentence.
type Excuse struct{ Name, Reason string }

// Excused lists the differences that [Differences] leaves out. There are no others.
func Excused() []Excuse {
	var all []Excuse
	for _, each := range excuses() {
		all = append(all, each.Excuse)
	}
	return all
}

// excuse is an Excuse with the differences that it is for.
type excuse struct {
	Excuse
	covers func(d Difference, got, want Message) bool
}

func excuses() []excuse {
	return []excuse{
		{Excuse{"host and port", "Host names the server that a request went to, so that only its being there counts."},
			inBoth("Host")},
		{Excuse{"boundary", "A boundary is drawn anew for each request, so that its form and length count, and its random characters do not."},
			boundaryAlone},
		{Excuse{"version in the user agent", "A client's version changes with each of its releases, and a browser without a window is called otherwise than its users' are, so that only the client's name counts."},
			versionAlone},
		{Excuse{"length", "Content-Length is there in both and tells the length of the request's own body, which is compared itself."},
			ownLength},
		{Excuse{"order and case of header names", "Neither order nor case of header names means anything (RFC 9110, sections 5.1 and 5.3)."},
			func(d Difference, _, _ Message) bool { return d.Field == InHeaderNames }},
		{Excuse{"HTTP/1.0", "The suite speaks HTTP/1.1 where a capture was made with HTTP/1.0."},
			func(d Difference, _, _ Message) bool {
				return d.Field == InProtocol && d.Got == "HTTP/1.1" && d.Want == "HTTP/1.0"
			}},
		{Excuse{"connection", "The suite has a connection for each exchange, and says so; the clients may keep theirs."},
			func(d Difference, _, _ Message) bool { return d.Field == "Connection" }},
		{Excuse{"what a browser tells of itself", "Sec-Fetch-*, Sec-Ch-Ua*, Referer, Accept-Language and Priority may be left out, as the suite does not claim to be a browser."},
			ofTheBrowser},
		{Excuse{"own origin", "The origin of a page of the endpoint's own follows from Host, so that only its being that counts."},
			ownOrigin},
		{Excuse{"which other origin", "Where the page stands is incidental, as long as it is another origin than the endpoint's."},
			otherOrigins},
	}
}

// inBoth covers the values of a field that both requests have.
func inBoth(name string) func(Difference, Message, Message) bool {
	return func(d Difference, got, want Message) bool {
		return d.Field == name && len(got.Values(name)) == 1 && len(want.Values(name)) == 1
	}
}

func versionAlone(d Difference, got, want Message) bool {
	return inBoth("User-Agent")(d, got, want) && unversioned(d.Got) == unversioned(d.Want)
}

func boundaryAlone(d Difference, got, want Message) bool {
	return (d.Field == "Content-Type" || d.Field == InBody) && got.boundary() != "" && got.shaped(d.Got) == want.shaped(d.Want)
}

func ownLength(d Difference, got, want Message) bool {
	const name = "Content-Length"
	return inBoth(name)(d, got, want) && d.Got == strconv.Itoa(len(got.Body)) && d.Want == strconv.Itoa(len(want.Body))
}

func ofTheBrowser(d Difference, got, _ Message) bool {
	its := strings.HasPrefix(d.Field, "Sec-Fetch-") || strings.HasPrefix(d.Field, "Sec-Ch-Ua") ||
		slices.Contains([]string{"Referer", "Accept-Language", "Priority"}, d.Field)
	return its && !got.has(d.Field)
}

func ownOrigin(d Difference, got, want Message) bool {
	return inBoth(origin)(d, got, want) && got.atHome() && want.atHome()
}

func otherOrigins(d Difference, got, want Message) bool {
	return inBoth(origin)(d, got, want) && got.abroad() && want.abroad()
}
