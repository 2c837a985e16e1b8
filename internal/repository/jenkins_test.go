package repository_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The brackets and quotes of the Jenkinsfile match, it acts on the exit code and on junit.xml, and its shell lines
// work. What Groovy makes of it is not looked at.
func TestJenkins(t *testing.T) {
	t.Parallel()
	text := block(t, "Jenkins", "groovy")
	code := regexp.MustCompile(`(?s)'''.*?'''|'[^'\n]*'|//[^\n]*`).ReplaceAllString(text, "")
	assert.NotContains(t, code, "'")
	var open []rune
	closes := map[rune]rune{'}': '{', ')': '(', ']': '['}
	for _, char := range code {
		switch char {
		case '{', '(', '[':
			open = append(open, char)
		case '}', ')', ']':
			require.NotEmpty(t, open, "a bracket too many")
			require.Equal(t, string(closes[char]), string(open[len(open)-1]))
			open = open[:len(open)-1]
		}
	}
	assert.Empty(t, open, "brackets that are left open")

	assert.Regexp(t, `(?s)^// Jenkinsfile\npipeline \{.*\n\}\n$`, text)
	for _, section := range []string{"agent", "triggers", "options", "environment", "stages", "post"} {
		assert.Regexp(t, `(?m)^  `+section+` \{`, text)
	}
	assert.Contains(t, text, "disableConcurrentBuilds()")
	assert.Contains(t, text, "KLEARSTACK_PASSWORD = credentials('")
	assert.Regexp(t, `(?s)code == 3 && fileExists\('reports/junit\.xml'\)\) \{\s+unstable\('.*code != 0\) \{\s+error\('`, text)
	assert.Regexp(t, `(?s)always \{\s+junit 'reports/junit\.xml'\n`, text)

	fetch := regexp.MustCompile(`(?s)sh '''(.*?)'''`).FindStringSubmatch(text)
	require.NotNil(t, fetch)
	run := regexp.MustCompile(`int code = sh\(script: '([^']*)', returnStatus: true\)`).FindStringSubmatch(text)
	require.NotNil(t, run)
	script := strings.TrimSpace(fetch[1]) + "\n" + run[1]
	shells(t, []string{"sh", "-xe", "-c", script}, map[int]int{0: 0, 1: 1, 3: 3}, "", 3)
}
