package config

import (
	"strings"
)

// similar finds the known name that a misspelt one most likely stands for: one
// that differs by a slip or two, else one that it is the beginning or the end
// of or that it begins with, else one that it resembles for the greater part.
// It is "" where there is none.
func similar(name string, known []string) string {
	own := strings.ToUpper(strings.TrimPrefix(name, prefix))
	if len(own) < 2 || len(own) > longestValue {
		return ""
	}
	nearest, least := "", len(own)
	related := ""
	for _, candidate := range known {
		theirs := strings.TrimPrefix(candidate, prefix)
		if steps := distance(own, theirs); steps < least {
			nearest, least = candidate, steps
		}
		if relatedNames(own, theirs) && (related == "" || len(candidate) < len(related)) {
			related = candidate
		}
	}
	switch {
	case least <= 2 && least < len(own)/2+1:
		return nearest
	case related != "":
		return related
	case least <= len(own)/2:
		return nearest
	default:
		return ""
	}
}

func relatedNames(own, theirs string) bool {
	return strings.HasPrefix(theirs, own) || strings.HasSuffix(theirs, "_"+own) || strings.HasPrefix(own, theirs)
}

// distance is how many letters must be put in, taken out or changed to turn
// one name into the other (Levenshtein).
func distance(from, to string) int {
	row := make([]int, len(to)+1)
	for i := range row {
		row[i] = i
	}
	for i := range len(from) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(to) {
			change := diagonal
			if from[i] != to[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(to)]
}

// shownName is a variable's name: as it is where it is an ordinary one.
func shownName(name string) string {
	ordinary := func(char rune) bool {
		return char == '_' || 'A' <= char && char <= 'Z' || 'a' <= char && char <= 'z' || '0' <= char && char <= '9'
	}
	if len(name) <= longestValue && strings.IndexFunc(name, func(char rune) bool { return !ordinary(char) }) < 0 {
		return name
	}
	return shown(name)
}
