package strictjson_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/strictjson"
)

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{"access_token":"a.b.c","refresh_token":"d.e.f","release_version":"7.8.9"}`,
		`{"a":1,"\u0061":2}`, `{"\ud800":1,"\udfff":2}`, "\uFEFF{}", "", " ", "[1,2", "[1,]", "{} {}",
		"\"\xC3", "\"\xff\"", `[-0,1.5e-7,1E400,true,false,null,"<&>\u2028"]`, strings.Repeat("[", 513),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		value, err := strictjson.Decode(body)
		if err != nil {
			require.Nil(t, value)
			require.NotEmpty(t, err.Error())
			require.NotContains(t, err.Error(), "\n")
			return
		}
		require.True(t, json.Valid(body), "encoding/json refuses it")
		again, err := json.Marshal(value)
		require.NoError(t, err)
		same, err := strictjson.Decode(again)
		require.NoError(t, err)
		require.Equal(t, value, same)
		for cut := range min(len(body), 64) {
			if _, err := strictjson.Decode(body[:cut]); err != nil {
				require.ErrorIs(t, err, strictjson.ErrTruncated, "a beginning of a valid body is not malformed")
			}
		}
	})
}
