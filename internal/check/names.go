package check

import (
	"maps"
	"slices"
	"strings"
)

// mostNames is how many members' names are shown, and longestName how many bytes of one without quotation marks.
const (
	mostNames   = 8
	longestName = 40
)

// names lists the names of an object's members, which are the target's words, as what the object has.
func (j *Judge) names(members map[string]any) string {
	if len(members) == 0 {
		return "no members"
	}
	all := slices.Sorted(maps.Keys(members))
	var shown []string
	for _, name := range all[:min(len(all), mostNames)] {
		if name == "" || len(name) > longestName || strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") != "" {
			shown = append(shown, j.Secrets.Quote(name))
		} else {
			shown = append(shown, j.Secrets.Text(name))
		}
	}
	if len(all) > mostNames {
		shown = append(shown, "…")
	}
	return strings.Join(shown, ", ")
}

// among says what an object has and, where a member of its own has what is sought, what that has: responses are often
// wrapped. A message that is there instead is shown.
func (j *Judge) among(members map[string]any, sought []string) string {
	text := j.names(members)
	for _, name := range slices.Sorted(maps.Keys(members)) {
		inner, ok := members[name].(map[string]any)
		if ok && slices.ContainsFunc(sought, func(each string) bool { _, has := inner[each]; return has }) {
			return text + ", and " + j.names(map[string]any{name: nil}) + " has " + j.names(inner)
		}
	}
	for _, name := range []string{"error", "message", "detail"} {
		if said, ok := members[name].(string); ok {
			return text + "; " + name + " is " + j.Secrets.Quote(said)
		}
	}
	return text
}
