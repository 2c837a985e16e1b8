package wire_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/wire"
)

const (
	curl     = "curl-sample-plain"
	python   = "python-requests-sample"
	java     = "java-okhttp-sample"
	node     = "node-request-sample"
	chromium = "chromium-xhr-sample-sameorigin"
	abroad   = "chromium-xhr-sample-crossorigin-post"
	parts    = "java-okhttp-multipart"
	chunked  = "curl-chunked"
	http10   = "curl-http10"
)

// edit is a change to a request that leaves its Content-Length right.
type edit func(head, body string) (string, string)

func inHead(old, replacement string) edit {
	return func(head, body string) (string, string) { return strings.Replace(head, old, replacement, 1), body }
}

func inBody(old, replacement string) edit {
	return func(head, body string) (string, string) { return head, strings.Replace(body, old, replacement, 1) }
}

func everywhere(old, replacement string) edit {
	return func(head, body string) (string, string) {
		return strings.ReplaceAll(head, old, replacement), strings.ReplaceAll(body, old, replacement)
	}
}

// lineOut takes the header line out that begins with start.
func lineOut(start string) edit {
	return func(head, body string) (string, string) {
		before, rest, _ := strings.Cut(head, start)
		_, after, _ := strings.Cut(rest, "\r\n")
		return before + after, body
	}
}

func lineIn(line string) edit {
	return func(head, body string) (string, string) { return head + line + "\r\n", body }
}

// differing returns the differences of an edited capture from the capture, and fails where the edit changed nothing.
func differing(t *testing.T, capture string, change edit) []wire.Difference {
	t.Helper()
	raw, err := wire.Raw(capture)
	require.NoError(t, err)
	head, body, whole := strings.Cut(string(raw), "\r\n\r\n")
	require.True(t, whole)
	head += "\r\n"
	newHead, newBody := change(head, body)
	require.False(t, head == newHead && body == newBody, "the edit changed nothing")
	told := func(length int) string { return "ength: " + strconv.Itoa(length) + "\r\n" }
	newHead = strings.Replace(newHead, told(len(body)), told(len(newBody)), 1)
	got, err := wire.Parse([]byte(newHead + "\r\n" + newBody))
	require.NoError(t, err)
	want, err := wire.Parse(raw)
	require.NoError(t, err)
	return wire.Differences(got, want)
}

func TestDifferencesAreFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		capture string
		change  edit
		field   string
	}{
		"method":                         {curl, inHead("POST", "PUT"), wire.InMethod},
		"method in lower case":           {curl, inHead("POST", "post"), wire.InMethod},
		"path":                           {curl, inHead("access_token", "access_token/"), wire.InPath},
		"query":                          {curl, inHead("access_token", "access_token?a=b"), wire.InPath},
		"absolute target":                {curl, inHead("/access", "http://127.0.0.1:18080/access"), wire.InPath},
		"protocol":                       {curl, inHead("HTTP/1.1", "HTTP/2.0"), wire.InProtocol},
		"HTTP/1.0 for HTTP/1.1":          {curl, inHead("HTTP/1.1", "HTTP/1.0"), wire.InProtocol},
		"no Host":                        {curl, lineOut("Host:"), "Host"},
		"two Hosts":                      {curl, lineIn("Host: other"), "Host"},
		"Content-Type":                   {curl, inHead("x-www-form-urlencoded", "x-www-form-urlencoded; charset=UTF-8"), "Content-Type"},
		"Content-Type in upper case":     {curl, inHead("application/x", "Application/x"), "Content-Type"},
		"no Content-Type":                {java, lineOut("Content-Type:"), "Content-Type"},
		"two Content-Types":              {java, lineIn("Content-Type: application/x-www-form-urlencoded"), "Content-Type"},
		"quoted boundary":                {node, inHead("boundary=--------------------------760157016563501545099505", `boundary="--------------------------760157016563501545099505"`), "Content-Type"},
		"Authorization":                  {chromium, inHead("Basic UkVQ", "Basic VkVQ"), "Authorization"},
		"no Authorization":               {chromium, lineOut("Authorization:"), "Authorization"},
		"an Authorization":               {curl, lineIn("Authorization: Basic eDp5"), "Authorization"},
		"no Content-Length":              {curl, lineOut("Content-Length:"), "Content-Length"},
		"a Content-Length":               {"chromium-xhr-sample-crossorigin-preflight", lineIn("Content-Length: 0"), "Content-Length"},
		"two Content-Lengths":            {curl, lineIn("Content-Length: 62"), "Content-Length"},
		"Transfer-Encoding":              {chunked, lineOut("Transfer-Encoding:"), "Transfer-Encoding"},
		"Expect":                         {"curl-expect-100", lineOut("Expect:"), "Expect"},
		"Accept":                         {curl, inHead("*/*", "application/json"), "Accept"},
		"no Accept":                      {curl, lineOut("Accept:"), "Accept"},
		"empty Accept":                   {curl, inHead("Accept: */*", "Accept:"), "Accept"},
		"an Accept":                      {node, lineIn("Accept: */*"), "Accept"},
		"Accept-Encoding":                {python, inHead("gzip, deflate", "gzip,deflate"), "Accept-Encoding"},
		"no Accept-Encoding":             {python, lineOut("Accept-Encoding:"), "Accept-Encoding"},
		"an Accept-Encoding":             {node, lineIn("Accept-Encoding: gzip"), "Accept-Encoding"},
		"another User-Agent":             {curl, inHead("curl/7.88.1", "klearstack-conformance/7.88.1"), "User-Agent"},
		"no User-Agent":                  {curl, lineOut("User-Agent:"), "User-Agent"},
		"a User-Agent":                   {node, lineIn("User-Agent: node"), "User-Agent"},
		"an empty User-Agent":            {node, lineIn("User-Agent:"), "User-Agent"},
		"an additional field":            {curl, lineIn("X-Requested-With: XMLHttpRequest"), "X-Requested-With"},
		"a cookie":                       {chromium, lineIn("Cookie: a=b"), "Cookie"},
		"what a browser would tell":      {curl, lineIn("Sec-Fetch-Mode: cors"), "Sec-Fetch-Mode"},
		"what a browser tells otherwise": {chromium, inHead("Sec-Fetch-Mode: cors", "Sec-Fetch-Mode: no-cors"), "Sec-Fetch-Mode"},
		"another Referer":                {chromium, inHead("sample.html", "other.html"), "Referer"},
		"an Origin":                      {curl, lineIn("Origin: http://127.0.0.1:18080"), "Origin"},
		"no Origin":                      {chromium, lineOut("Origin:"), "Origin"},
		"no Origin from abroad":          {abroad, lineOut("Origin:"), "Origin"},
		"Origin of the same site abroad": {abroad, inHead("Origin: http://127.0.0.1:18081", "Origin: http://127.0.0.1:18080"), "Origin"},
		"Origin from abroad at home":     {chromium, inHead("Origin: http://127.0.0.1:18080", "Origin: http://127.0.0.1:18081"), "Origin"},
		"Origin null":                    {abroad, inHead("Origin: http://127.0.0.1:18081", "Origin: null"), "Origin"},
		"Origin with a path":             {abroad, inHead("Origin: http://127.0.0.1:18081", "Origin: http://127.0.0.1:18081/"), "Origin"},
		"requested method":               {"chromium-xhr-sample-crossorigin-preflight", inHead("Method: POST", "Method: PUT"), "Access-Control-Request-Method"},
		"requested headers":              {"chromium-xhr-sample-crossorigin-preflight", inHead("Headers: authorization", "Headers: authorization,content-type"), "Access-Control-Request-Headers"},
		"order of parameters": {python, inBody("username=qa-user&company_name=Acme+Invoices", "company_name=Acme+Invoices&username=qa-user"),
			wire.InBody},
		"order of parts":             {node, inBody(`"username"`, `"company_name"`), wire.InBody},
		"a password":                 {curl, inBody("Passw0rd1", "Passw0rd2"), wire.InBody},
		"space as plus":              {java, inBody("%20", "+"), wire.InBody},
		"space as it is":             {python, inBody("+", " "), wire.InBody},
		"escaped in lower case":      {python, inBody("%3D", "%3d"), wire.InBody},
		"escaped needlessly":         {python, inBody("qa-user", "qa%2Duser"), wire.InBody},
		"an ampersand at the end":    {python, inBody("word%3D1", "word%3D1&"), wire.InBody},
		"a line break at the end":    {curl, inBody("Passw0rd1", "Passw0rd1\r\n"), wire.InBody},
		"a part's Content-Type":      {node, inBody("name=\"password\"\r\n", "name=\"password\"\r\nContent-Type: text/plain\r\n"), wire.InBody},
		"a part's file name":         {node, inBody(`name="password"`, `name="password"; filename="p"`), wire.InBody},
		"a part's name without \"\"": {node, inBody(`name="password"`, `name=password`), wire.InBody},
		"no Content-Length in parts": {parts, inBody("Content-Length: 7\r\n", ""), wire.InBody},
		"line feeds alone":           {node, inBody("qa-user\r\n", "qa-user\n"), wire.InBody},
		"closing delimiter":          {node, inBody("099505--\r\n", "099505--"), wire.InBody},
		"chunks":                     {chunked, inBody("4d\r\n", "4D\r\n"), wire.InBody},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := differing(t, c.capture, c.change)
			require.Len(t, found, 1)
			assert.Equal(t, c.field, found[0].Field)
			assert.NotEqual(t, found[0].Want, found[0].Got)
		})
	}
}

// A boundary of another length or form shows in the header and in the body.
func TestBoundariesOfOtherForms(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		capture, old, replacement string
	}{
		"a dash less":        {node, "--------------------------7601", "-------------------------7601"},
		"a digit less":       {node, "7601570", "760157"},
		"a letter":           {node, "7601570", "a601570"},
		"a character more":   {chromium, "CKAnJHuk", "CKAnJHukx"},
		"another character":  {chromium, "CKAnJHuk", "CKAnJHu_"},
		"a browser's prefix": {chromium, "----WebKit", "--WebKit"},
		"another browser's":  {chromium, "----WebKitFormBoundaryCKAnJHukWviVBAM9", "----geckoformboundary339d272ceb3c27af796ea8adf0e3f775"},
		"another client's":   {node, "--------------------------760157016563501545099505", "5ac7dc54915b40e99371ec071b0e61aa"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var fields []string
			for _, difference := range differing(t, c.capture, everywhere(c.old, c.replacement)) {
				fields = append(fields, difference.Field)
			}
			assert.Equal(t, []string{"Content-Type", wire.InBody}, fields)
		})
	}
}

func TestDifferencesAreExcused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		capture string
		change  edit
	}{
		"host":                      {curl, inHead("127.0.0.1:18080", "example.com")},
		"port":                      {curl, inHead("18080", "443")},
		"boundary":                  {node, everywhere("760157016563501545099505", "012345678901234567890123")},
		"boundary of Chromium":      {chromium, everywhere("CKAnJHukWviVBAM9", "0aB1cD2eF3gH4iJ5")},
		"version in the user agent": {curl, inHead("curl/7.88.1", "curl/8.14")},
		"order of header names":     {curl, func(head, body string) (string, string) { return lineIn("Accept: */*")(lineOut("Accept:")(head, body)) }},
		"case of header names":      {node, inHead("content-length", "Content-Length")},
		"HTTP/1.1 for HTTP/1.0":     {http10, inHead("HTTP/1.0", "HTTP/1.1")},
		"another connection":        {python, inHead("keep-alive", "close")},
		"no connection":             {python, lineOut("Connection:")},
		"a connection":              {curl, lineIn("Connection: close")},
		"no Sec-Fetch-Site":         {chromium, lineOut("Sec-Fetch-Site:")},
		"no sec-ch-ua-mobile":       {chromium, lineOut("sec-ch-ua-mobile:")},
		"no Referer":                {chromium, lineOut("Referer:")},
		"no Accept-Language":        {chromium, lineOut("Accept-Language:")},
		"no Priority":               {"firefox-xhr-sample-crossorigin-preflight", lineOut("Priority:")},
		"another host and its Origin": {chromium, func(head, body string) (string, string) {
			return lineOut("Referer:")(everywhere("127.0.0.1:18080", "example.com")(head, body))
		}},
		"another other origin": {abroad, inHead("Origin: http://127.0.0.1:18081", "Origin: https://conformance.example")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Empty(t, differing(t, c.capture, c.change))
		})
	}
}

// The length is excused where it follows from a body that differs, and only there.
func TestLength(t *testing.T) {
	t.Parallel()
	message := func(length, body string) wire.Message {
		return wire.Message{Fields: []wire.Field{{Name: "Content-Length", Value: length}}, Body: body}
	}
	fields := func(got, want wire.Message) []string {
		var all []string
		for _, difference := range wire.Differences(got, want) {
			all = append(all, difference.Field)
		}
		return all
	}
	assert.Equal(t, []string{wire.InBody}, fields(message("2", "ab"), message("3", "abc")))
	assert.Equal(t, []string{"Content-Length"}, fields(message("4", "abc"), message("3", "abc")))
	assert.Equal(t, []string{"Content-Length"}, fields(message("03", "abc"), message("3", "abc")))
}

func TestNoDifferences(t *testing.T) {
	t.Parallel()
	for _, name := range wire.Names() {
		m, err := wire.Capture(name)
		require.NoError(t, err)
		assert.Empty(t, wire.Differences(m, m), name)
	}
}

// Nothing is forgiven without a name and a reason: whoever adds to the list has to add it here.
func TestExcused(t *testing.T) {
	t.Parallel()
	var names []string
	for _, excuse := range wire.Excused() {
		names = append(names, excuse.Name)
		assert.True(t, strings.HasSuffix(excuse.Reason, "."), excuse.Reason)
		assert.NotContains(t, strings.TrimSuffix(excuse.Reason, "."), ". ", "more than one sentence")
	}
	assert.Equal(t, []string{
		"host and port", "boundary", "version in the user agent", "length", "order and case of header names", "HTTP/1.0", "connection",
		"what a browser tells of itself", "own origin", "which other origin",
	}, names)
}
