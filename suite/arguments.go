package suite

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	assigned  = regexp.MustCompile(`^(KLEARSTACK_[A-Z_]{1,40})=`)
	plainWord = regexp.MustCompile(`^[a-z]{1,12}$`)
)

// stray says what to do about arguments that are not flags; "" where there are none. They may hold a password, so only
// short words are shown.
func stray(arguments []string) string {
	if len(arguments) == 0 {
		return ""
	}
	first := arguments[0]
	if name := assigned.FindStringSubmatch(first); name != nil {
		return name[1] + " is given as an argument, which sets nothing: set it in the environment, before the command"
	}
	if strings.Contains(first, "://") {
		return "an address is given as an argument, which this program does not take: set KLEARSTACK_BASE_URL to it, in the environment"
	}
	shown := "argument 1"
	if plainWord.MatchString(first) {
		shown = fmt.Sprintf("the argument %q", first)
	}
	return shown + " is not known: leave it out, as this program takes flags only (see -help), and its settings from the environment"
}
