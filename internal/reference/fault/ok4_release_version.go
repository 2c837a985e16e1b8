package fault

import (
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func releaseVersion() []Fault {
	answers := func(version string) reference.Hooks {
		return change.Member(reference.MemberRelease, version).Only(change.Granted)
	}
	return of("OK-4",
		hooked("release-with-v", "Answers with the release version v7.8.9.", answers("v7.8.9")),
		hooked("release-latest", "Answers with the release version latest.", answers("latest")),
		hooked("release-in-words", "Answers with the release version seven.", answers("seven")),
		hooked("release-of-two-releases", "Answers with the release version 7.8.9/7.8.8.", answers("7.8.9/7.8.8")),
		hooked("release-with-bracket-left-open", "Answers with the release version 7.8.9 (build 12, without the closing bracket.", answers("7.8.9 (build 12")),
		hooked("release-one-number", "Answers with the release version 7, without a dot.", answers("7")),
		hooked("release-number-left-out", "Answers with the release version 7..9.", answers("7..9")),
		hooked("release-ends-in-dot", "Answers with the release version 7.8. that ends in a dot.", answers("7.8.")),
		hooked("release-with-commas", "Answers with the release version 7,8,9.", answers("7,8,9")),
		hooked("release-in-typographic-quotes", "Answers with a release version inside typographic quotes.", answers("“7.8.9”")),
		hooked("release-with-space-after", "Answers with a release version that ends in a space.", answers("7.8.9 ")),
		hooked("release-with-line-break-after", "Answers with a release version that ends in a line break.", answers("7.8.9\n")),
		hooked("release-with-word-before", "Answers with the release version Release 7.8.9.", answers("Release 7.8.9")),
		hooked("release-in-other-digits", "Answers with a release version in digits that are not ASCII.", answers("٧.٨.٩")),
	)
}
