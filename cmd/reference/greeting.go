package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/fault"
)

// greeting says what is served and where, and the settings to paste into a
// shell. All that is not a setting is a comment, so the whole can be pasted.
// The password is one that this server made up.
func greeting(config reference.Config, url string, served fault.Fault) string {
	user, other := config.Users[0], config.Users[1]
	settings := [][2]string{
		{"KLEARSTACK_BASE_URL", url},
		{"KLEARSTACK_USERNAME", user.Username},
		{"KLEARSTACK_PASSWORD", user.Password},
		{"KLEARSTACK_COMPANY_NAME", user.Company},
		{"KLEARSTACK_OTHER_COMPANY_NAME", other.Company},
		{"KLEARSTACK_JWT_KEY", string(config.Key)},
	}
	if served.Serving == fault.UnverifiedTLS {
		settings = append(settings, [2]string{"KLEARSTACK_INSECURE_SKIP_VERIFY", "true"})
	}
	var text strings.Builder
	fmt.Fprintf(&text, "# The reference server listens at %s%s.\n# %s\n", url, reference.Path, describe(served))
	for _, setting := range settings {
		fmt.Fprintf(&text, "export %s=%s\n", setting[0], quote(setting[1]))
	}
	text.WriteString("# Paste these lines into another shell. Interrupt this one (Ctrl-C) to end the server.\n")
	return text.String()
}

func describe(served fault.Fault) string {
	if served.Name == "" {
		return "It keeps every clause of the contract."
	}
	return fmt.Sprintf("It has the fault %s, which breaks %s: %s", served.Name, served.Clause, served.Sentence)
}

// quote writes a value so that sh reads it back as it is.
func quote(value string) string {
	return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}

// listing is a line for each fault: its name, its clause and what it does.
func listing(faults []fault.Fault) string {
	var text strings.Builder
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	for _, each := range faults {
		// A builder takes everything: neither call can fail.
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\n", each.Name, each.Clause, each.Sentence)
	}
	_ = table.Flush()
	return text.String()
}
