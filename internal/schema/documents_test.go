package schema

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/schemas"
)

// sample is a document and the defects that it has, as "member keyword".
type sample struct {
	schema  string
	text    string
	defects []string
}

// samples holds the edges of every clause that the schemas check.
func samples() []sample {
	return append(append(tokenResponses(), errorResponses()...), claims()...)
}

// with puts the text of a value in the place of a member's own.
func with(document map[string]string, member, value string) string {
	var members []string
	for _, name := range []string{"access_token", "refresh_token", "release_version", "token_type", "exp", "iat", "jti", "user_id"} {
		text, found := document[name]
		if name == member {
			text = value
		}
		if found && text != "" {
			members = append(members, `"`+name+`":`+text)
		}
	}
	return "{" + strings.Join(members, ",") + "}"
}

// noObjects are documents that no schema takes.
func noObjects(schema string) []sample {
	var all []sample
	for _, text := range []string{`null`, `true`, `[]`, `[{}]`, `"{}"`, `""`, `1`, `1e400`, `1e999999999`, `-1e-999999999`} {
		all = append(all, sample{schema, text, []string{" type"}})
	}
	return all
}

func tokenResponses() []sample {
	good := map[string]string{"access_token": `"a.b.c"`, "refresh_token": `"d.e.f"`, "release_version": `"7.8.9"`}
	all := noObjects(schemas.TokenResponse)
	add := func(text string, defects ...string) {
		all = append(all, sample{schemas.TokenResponse, text, defects})
	}
	add(with(good, "", ""))
	add(`{"access_token":"a","refresh_token":"a","release_version":"1.0","user":{"id":1e999999999},"x":[null]}`)
	add(`{}`, "access_token required", "refresh_token required", "release_version required")
	add(`{"Access_Token":"a","refreshToken":"b","release version":"1.0"}`, "access_token required", "refresh_token required", "release_version required")
	add(`{"data":`+with(good, "", "")+`}`, "access_token required", "refresh_token required", "release_version required")
	for _, member := range []string{"access_token", "refresh_token"} {
		add(with(good, member, ``), member+" required")
		add(with(good, member, `""`), member+" minLength")
		add(with(good, member, `" "`)) // not empty; what a token looks like is another clause
		add(with(good, member, `"\u0000"`))
		for _, wrong := range []string{`null`, `true`, `5`, `1e999999999`, `{}`, `[]`, `["a.b.c"]`, `{"token":"a.b.c"}`} {
			add(with(good, member, wrong), member+" type")
		}
	}
	add(with(good, "release_version", ``), "release_version required")
	add(with(good, "release_version", `""`), "release_version minLength", "release_version pattern")
	for _, wrong := range []string{`null`, `7.8`, `789`, `1e400`, `["7.8.9"]`, `{"major":7}`, `false`} {
		add(with(good, "release_version", wrong), "release_version type")
	}
	for _, version := range []string{
		`7.8.9`, `10.12.0`, `7.8`, `7.8.9.1`, `0.0`, `2024.01.15`, `1.2.3.4.5.6`,
		`7.8.9-rc.1`, `7.8.9+build.5`, `7.8.9-rc.1+5`, `7.8.9-SNAPSHOT`, `7.8-0.3.7`, `7.8.9-x-y-z.--`, `7.8.9+20130313144700`, `7.8.9-2`, `7.8.9+sha-5114f85`,
		`7.8.9rc1`, `7.8.9.dev3`, `7.8.9b2`, `7.8.9.post1`, `7.8.9a10`, `7.8.9b2.post345.dev456`, `7.8.9rc1+ubuntu.1`, `7.8.9.rc1`, `7.8.9beta2`, `7.8.9alpha1`, `7.8rc1`,
		`7.8.9.Final`, `7.8.9.RELEASE`, `7.8.9.GA`, `7.8.9.M1`, `7.8.9.SP1-redhat-1`, `7.8.9.v20260304`, `7.8.9_4`, `7.8.9_p1-r2`, `7.8.9_292-b10`, `7.8.9~beta1`, `7.8.9-1ubuntu2`,
		`7.8.9~rc1+ds-1~bpo11+1`, `7.8.9-1.el8`, `7.8.9^20260304git`, `7.8.9+12-LTS`, `7.8.9p1`, `7.8.9rc`, `7.8.9.dev`, `7.8.9+a+b`, `7.8.9@5114f85`, `7.8.9#12`,
		`7.8.9 GA`, `7.8.9 rc1`, `7.8.9 build 12`, `7.8.9, build 12`, `7.8.9 - build 12`, `7.8.9 Build #12`, `7.8.9 build: 12`, `7.8.9 Release Candidate 2`, `22.04 LTS`,
		`7.8.9 (build 12)`, `7.8.9(12)`, `7.8.9 (2026-03-04)`, `7.8.9.Final (build 12, 5114f85)`, `7.8.9-rc.1 (5114f85; 2026-03-04T05:06:07Z)`,
	} {
		add(with(good, "release_version", `"`+version+`"`))
	}
	for _, version := range []string{
		`v7.8.9`, `7`, `7..8`, `latest`, `seven`, `7.8.9 `, ` 7.8.9`, `“7.8.9”`, `\"7.8.9\"`, `7,8,9`, `7.8.x`, `7.8.9-`, `7.8.9+`, `7.8.9_`, `7.8.9\n`, `7.8.9\r`, `\n7.8.9`, `7.8\n.9`, `7.8.9\u2028`,
		`.7.8`, `7.8.`, `7.8.9-rc..1`, `7.8.9-.rc`, `7.8.9-rc.`, `7.8.9+a..b`, `7.8.9dev1rc1`, `-7.8`, `+7.8`, `7.-8`, `7.8e5x`, `٧.٨.٩`, `７.８.９`, `7.8.9-é`, `7.8.9\u0000`,
		`unknown`, `{version}`, `Release 7.8.9`, `7.8.9/7.8.8`, `7.8.9()`, `7.8.9 (`, `7.8.9 (build 12`, `7.8.9 build 12)`, `7.8.9,`, `7.8.9\nbuild 12`, `7.8.9\tGA`, `7.8.9<br>`,
		`7.8.9 is the release of this server.`,
	} {
		add(with(good, "release_version", `"`+version+`"`), "release_version pattern")
	}
	return all
}

func errorResponses() []sample {
	all := noObjects(schemas.ErrorResponse)
	add := func(text string, defects ...string) {
		all = append(all, sample{schemas.ErrorResponse, text, defects})
	}
	add(`{"error":"Company Name"}`)
	add(`{"error":"'company_name'","status":500,"details":[{"at":1e-999999999}]}`)
	add(`{"error":" "}`)
	add(`{}`, "error required")
	add(`{"Error":"Company Name"}`, "error required")
	add(`{"errors":["Company Name"]}`, "error required")
	add(`{"message":"Company Name"}`, "error required")
	add(`{"error":""}`, "error minLength")
	for _, wrong := range []string{`null`, `500`, `true`, `["Company Name"]`, `{"message":"Company Name"}`, `1e999999999`} {
		add(`{"error":`+wrong+`}`, "error type")
	}
	return all
}

func claims() []sample {
	const identifier = `"5fa34c8b528b49c79d3699ebe44ec50f"`
	var all []sample
	for schema, kind := range map[string]string{schemas.AccessClaims: "access", schemas.RefreshClaims: "refresh"} {
		good := map[string]string{"token_type": `"` + kind + `"`, "exp": `1656576098`, "iat": `1656575918`, "jti": identifier, "user_id": `26`}
		all = append(all, noObjects(schema)...)
		add := func(text string, defects ...string) {
			all = append(all, sample{schema, text, defects})
		}
		add(with(good, "", ""))
		add(`{"iss":"x","nested":{"a":[1e999999999]},` + with(good, "", "")[1:])
		add(`{}`, "exp required", "iat required", "jti required", "token_type required", "user_id required")
		add(`{"user_id":[],"jti":5,"exp":"x"}`, "exp type", "iat required", "jti type", "token_type required", "user_id type")
		for member := range good {
			add(with(good, member, ``), member+" required")
			for _, wrong := range []string{`null`, `true`, `[]`, `{}`} {
				add(with(good, member, wrong), member+" type")
			}
		}
		for _, wrong := range []string{`""`, `"Access"`, `"ACCESS"`, `"access "`, `"sliding"`, `"access\n"`, `"Refresh"`, `"accessrefresh"`} {
			add(with(good, "token_type", wrong), "token_type const")
		}
		other := map[string]string{"access": `"refresh"`, "refresh": `"access"`}[kind]
		add(with(good, "token_type", other), "token_type const")
		add(with(good, "token_type", `["`+kind+`"]`), "token_type type")
		add(with(good, "token_type", `1e400`), "token_type type")
		for _, member := range []string{"exp", "iat"} {
			for _, right := range []string{`0`, `-0`, `-1`, `1656576098.5`, `1656576098000`, `9007199254740993`, `1.656576098e9`, `1e400`, `-1e400`, `1e-400`, `1e999999999`, `-1e-999999999`, `1e99999999999999999999`, `-1e-99999999999999999999`, `0e999999999`} {
				add(with(good, member, right))
			}
			for _, wrong := range []string{`"1656576098"`, `"2022-06-30T08:01:38Z"`, `""`} {
				add(with(good, member, wrong), member+" type")
			}
		}
		for _, right := range []string{`"5FA34C8B528B49C79D3699EBE44EC50F"`, `"00000000000000000000000000000000"`, `"aAbBcCdDeEfF0123456789aAbBcCdDeE"`} {
			add(with(good, "jti", right))
		}
		for _, wrong := range []string{
			`""`, `"5fa34c8b528b49c79d3699ebe44ec50"`, `"5fa34c8b528b49c79d3699ebe44ec50f0"`, `"5fa34c8b528b49c79d3699ebe44ec50g"`,
			`"5fa34c8b-528b-49c7-9d36-99ebe44ec50f"`, `"5fa34c8b528b49c79d3699ebe44ec50f\n"`, `" fa34c8b528b49c79d3699ebe44ec50f"`,
			`"５fa34c8b528b49c79d3699ebe44ec50f"`, `"0x5fa34c8b528b49c79d3699ebe44ec5"`,
		} {
			add(with(good, "jti", wrong), "jti pattern")
		}
		for _, wrong := range []string{`5`, `12345678901234567890123456789012`, `1e999999999`} {
			add(with(good, "jti", wrong), "jti type")
		}
		for _, right := range []string{
			`0`, `-26`, `26.0`, `2.6e1`, `9007199254740993`, `123456789012345678901234567890`, `1e400`, `-1e400`,
			`"0"`, `"26"`, `"007"`, `"123456789012345678901234567890"`, `"` + strings.Repeat("9", 5000) + `"`, strings.Repeat("9", 5000),
		} {
			add(with(good, "user_id", right))
		}
		for _, wrong := range []string{`26.5`, `2.65e1`, `1e-1`, `1e-400`, `-1e-999999999`, `1e-99999999999999999999`, `0.` + strings.Repeat("9", 5000)} {
			add(with(good, "user_id", wrong), "user_id type")
		}
		for _, wrong := range []string{
			`""`, `"-26"`, `"+26"`, `"26.0"`, `"26 "`, `" 26"`, `"2 6"`, `"26\n"`, `"\n26"`, `"qa-user"`, `"0x1a"`, `"1e5"`, `"٢٦"`, `"２６"`, `"²"`, `"26\u0000"`,
			`"9b2d4c1e-0000-4000-8000-000000000000"`,
		} {
			add(with(good, "user_id", wrong), "user_id pattern")
		}
	}
	return all
}

func TestLibraryRefusesBrokenSchemas(t *testing.T) {
	t.Parallel()
	const head = `{"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://github.com/klearstack/conformance/schemas/x.schema.json",`
	for name, test := range map[string]struct{ text, want string }{
		"no JSON":       {`{`, "the schema x.schema.json ends in the middle of a JSON value"},
		"no schema":     {head + `"type":"text","required":5}`, "the schema x.schema.json is no valid JSON Schema: "},
		"wrong pattern": {head + `"pattern":"("}`, "the schema x.schema.json "},
		"no title":      {head + `"properties":{"a":{"type":"string"}}}`, "the schema x.schema.json does not say what it expects of a: give that a title"},
		"lost part": {
			head + `"properties":{"a":{"$ref":"common.schema.json#/definitions/lost"}}}`,
			"the schema x.schema.json does not say what it expects of a: give that a title",
		},
		"lost document": {
			head + `"not":{"$ref":"lost.schema.json"}}`,
			"the schema x.schema.json does not compile: it refers to a document that is not embedded",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			library, err := newLibrary()
			require.NoError(t, err)
			err = library.add("x.schema.json", []byte(test.text))
			if err == nil {
				_, err = library.compile("x.schema.json")
			}
			require.ErrorContains(t, err, test.want)
			assert.NotContains(t, err.Error(), "\n")
		})
	}
}

func TestBoundedNumber(t *testing.T) {
	t.Parallel()
	zeros, nines := strings.Repeat("0", 700), strings.Repeat("9", 700)
	for number, want := range map[string]struct {
		sign  int
		whole bool
	}{
		"0":                         {0, true},
		"-0":                        {0, true},
		"0.000":                     {0, true},
		"0e999999999":               {0, true},
		"-0.0E-999999999":           {0, true},
		"1":                         {1, true},
		"-26":                       {-1, true},
		"1.0":                       {1, true},
		"1.5":                       {1, false},
		"15e-1":                     {1, false},
		"150e-1":                    {1, true},
		"1.5E1":                     {1, true},
		"1.5e+1":                    {1, true},
		"1e300":                     {1, true},
		"1e400":                     {1, true},
		"-1e400":                    {-1, true},
		"1e-400":                    {1, false},
		"1e999999999":               {1, true},
		"-1e999999999":              {-1, true},
		"-1e-999999999":             {-1, false},
		"1e99999999999999999999":    {1, true},
		"1E+99999999999999999999":   {1, true},
		"-1e-99999999999999999999":  {-1, false},
		"1e000000000000000000001":   {1, true},
		"1" + zeros + "e-700":       {1, true},
		"1" + zeros + "e-701":       {1, false},
		"0." + zeros + "1e701":      {1, true},
		"0." + zeros + "1e700":      {1, false},
		"-1" + zeros + ".5":         {-1, false},
		nines + "." + nines:         {1, false},
		nines:                       {1, true},
		"1." + zeros + "1":          {1, false},
		"-1." + zeros:               {-1, true},
		"9." + nines + "e-999999":   {1, false},
		nines + ".0e+999999":        {1, true},
		"9007199254740993.00000001": {1, false},
	} {
		t.Run(short(number), func(t *testing.T) {
			t.Parallel()
			got := boundedNumber(json.Number(number))
			require.True(t, json.Valid([]byte(got)), got)
			require.Less(t, len(got), 1000)
			exact, ok := new(big.Rat).SetString(got.String())
			require.True(t, ok)
			assert.Equal(t, want.sign, exact.Sign(), got)
			assert.Equal(t, want.whole, exact.IsInt(), got)
			float, err := got.Float64()
			require.NoError(t, err)
			assert.Equal(t, want.sign != 0, float != 0, got)
		})
	}
}

// TestBoundedNumberKeepsOrdinaryNumbers compares with exact fractions.
func TestBoundedNumberKeepsOrdinaryNumbers(t *testing.T) {
	t.Parallel()
	for _, number := range []string{"0", "-1", "1656576098", "1656576098.125", "9007199254740993", "-12.5e-3", "1e299", "123e-250", "0.1", "100", strings.Repeat("7", 300), "0." + strings.Repeat("7", 300)} {
		want, _ := new(big.Rat).SetString(number)
		got, ok := new(big.Rat).SetString(boundedNumber(json.Number(number)).String())
		require.True(t, ok)
		assert.Zero(t, want.Cmp(got), number)
	}
}
