package textfile_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/textfile"
)

func TestPlain(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"":                               "",
		"secret\r\n":                     "secret\r\n",
		"\xef\xbb\xbfsecret":             "secret",
		"\xef\xbb\xbf":                   "",
		"\xef\xbb\xbf\xef\xbb\xbfsecret": "\xef\xbb\xbfsecret",
		"sec\xef\xbb\xbfret":             "sec\xef\xbb\xbfret",
		"\xef\xbb":                       "\xef\xbb",
		"a\x00":                          "a\x00",
		"\x30\x82\x00\x00":               "\x30\x82\x00\x00",
	} {
		got, err := textfile.Plain([]byte(content))
		require.NoError(t, err, "%q", content)
		assert.Equal(t, want, string(got), "%q", content)
	}
	for _, content := range []string{"\xff\xfe", "\xff\xfes\x00\r\x00\n\x00", "\xfe\xff\x00s", "s\x00e\x00", "\x00s\x00e"} {
		_, err := textfile.Plain([]byte(content))
		assert.ErrorIs(t, err, textfile.ErrUTF16, "%q", content)
	}
}
