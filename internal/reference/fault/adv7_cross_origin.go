package fault

import "net/http"

func crossOrigin() []Fault {
	const (
		origin  = "Access-Control-Allow-Origin"
		methods = "Access-Control-Allow-Methods"
		headers = "Access-Control-Allow-Headers"
	)
	return of("ADV-7",
		hooked("preflight-allows-get-alone", "Answers a preflight with leave for GET alone.", header(methods, "GET").Only(preflight)),
		hooked("preflight-allows-content-type-alone", "Answers a preflight with leave for the content-type header alone.",
			header(headers, "content-type").Only(preflight)),
		hooked("preflight-allows-no-header", "Answers a preflight without leave for any header.", header(headers, "").Only(preflight)),
		hooked("preflight-wildcard-for-headers", "Answers a preflight with a wildcard for headers, which does not cover authorization.",
			header(headers, "*").Only(preflight)),
		hooked("preflight-refused-with-leave", "Answers a preflight with leave, but with status 401.",
			failing(http.StatusUnauthorized, "Authentication credentials were not provided.").Only(preflight)),
		hooked("no-leave-on-answers", "Gives leave in the preflight and not in the answers to POST.", header(origin, "").Only(post)),
		hooked("no-leave-on-errors", "Gives leave in the preflight and in token responses, but not in errors.",
			header(origin, "").Only(all(post, not(granted)))),
		hooked("no-leave-on-tokens", "Gives leave in the preflight and in errors, but not in token responses.",
			header(origin, "").Only(granted)),
		hooked("leave-for-another-origin", "Gives leave in the answers to POST to an origin that did not ask.",
			header(origin, "https://app.example.com").Only(post)),
	)
}
