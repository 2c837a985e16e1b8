// Package config is the settings of a run: where they come from, which of them
// go together, and what to do about those that do not.
package config

import (
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Settings is everything that a run is told. [Defaults] has those of a run
// that is told nothing; [Settings.Validate] says whether they make sense.
type Settings struct {
	// BaseURL is the http or https address before /access/klearstack/…
	// (REQ-1), with or without a path prefix and slashes at its end; "" stands
	// for the embedded reference server.
	BaseURL string `env:"KLEARSTACK_BASE_URL"`
	// Username, Password and CompanyName are a valid login of the deployment.
	Username    string `env:"KLEARSTACK_USERNAME"`
	Password    string `env:"KLEARSTACK_PASSWORD"` // or KLEARSTACK_PASSWORD_FILE
	CompanyName string `env:"KLEARSTACK_COMPANY_NAME"`
	// OtherCompanyName is a company that the user does not belong to (REF-4);
	// "" when there is none to try.
	OtherCompanyName string `env:"KLEARSTACK_OTHER_COMPANY_NAME"`
	// UnknownUsername is a user who does not exist (REF-2); "" makes one up in
	// the format of Username.
	UnknownUsername string `env:"KLEARSTACK_UNKNOWN_USERNAME"`
	// JWTKey verifies the tokens' signatures (TOK-9); "" when it is not known.
	JWTKey string `env:"KLEARSTACK_JWT_KEY"` // or KLEARSTACK_JWT_KEY_FILE
	// Timeout bounds one request.
	Timeout time.Duration `env:"KLEARSTACK_TIMEOUT"`
	// ClockTolerance is by how much two clocks may differ (TOK-7); 0 is none.
	ClockTolerance time.Duration `env:"KLEARSTACK_CLOCK_TOLERANCE"`
	// CAFile is a PEM file of certificates to trust beside the system's.
	CAFile string `env:"KLEARSTACK_CA_FILE"`
	// InsecureSkipVerify leaves the deployment's certificate unverified.
	InsecureSkipVerify bool `env:"KLEARSTACK_INSECURE_SKIP_VERIFY"`
	// AllowHTTP lets credentials go in clear text to hosts beyond loopback.
	AllowHTTP bool `env:"KLEARSTACK_ALLOW_HTTP"`
	// Strict lets advisories decide the verdict too.
	Strict bool `env:"KLEARSTACK_STRICT"`
	// AllowQueryCredentials lets a password stand in a URL (REF-5) beyond
	// loopback.
	AllowQueryCredentials bool `env:"KLEARSTACK_ALLOW_QUERY_CREDENTIALS"`
	// Concurrency is how many exchanges may be under way at once.
	Concurrency int `env:"KLEARSTACK_CONCURRENCY"`
	// Rate is how many requests are sent in a second at most; 0 sets no limit.
	Rate float64 `env:"KLEARSTACK_RATE"`
	// ReportDir is the folder for the reports; "-" is none.
	ReportDir string `env:"KLEARSTACK_REPORT_DIR"`
	// Proxies says by which proxy the deployment is reached. None is used for a
	// loopback target, nor for one in clear text without AllowHTTP.
	Proxies Proxies `env:"-"`
	// Deviations is a YAML file of clauses that the deployment is known to
	// break; "" when there are none.
	Deviations string `env:"KLEARSTACK_DEVIATIONS"`
}

// Defaults returns the settings of a run on the embedded reference server.
func Defaults() Settings {
	return Settings{
		Timeout:        10 * time.Second,
		ClockTolerance: time.Minute,
		Concurrency:    8,
		ReportDir:      "reports",
	}
}

// LoopbackOnly says whether the password may go to loopback addresses alone,
// as it is sent in clear text.
func (s Settings) LoopbackOnly() bool {
	return !s.AllowHTTP && !strings.HasPrefix(strings.ToLower(s.BaseURL), "https:")
}

// Embedded says whether the run is on the embedded reference server.
func (s Settings) Embedded() bool { return s.BaseURL == "" }

// The variables that sentences name. Which of them there are is for the tags
// of [Settings] and [files] to say.
const (
	prefix = "KLEARSTACK_"

	baseURL               = prefix + "BASE_URL"
	username              = prefix + "USERNAME"
	password              = prefix + "PASSWORD"
	passwordFile          = prefix + "PASSWORD_FILE"
	companyName           = prefix + "COMPANY_NAME"
	otherCompanyName      = prefix + "OTHER_COMPANY_NAME"
	unknownUsername       = prefix + "UNKNOWN_USERNAME"
	jwtKey                = prefix + "JWT_KEY"
	jwtKeyFile            = prefix + "JWT_KEY_FILE"
	timeout               = prefix + "TIMEOUT"
	clockTolerance        = prefix + "CLOCK_TOLERANCE"
	caFile                = prefix + "CA_FILE"
	insecureSkipVerify    = prefix + "INSECURE_SKIP_VERIFY"
	allowHTTP             = prefix + "ALLOW_HTTP"
	strict                = prefix + "STRICT"
	allowQueryCredentials = prefix + "ALLOW_QUERY_CREDENTIALS"
	concurrency           = prefix + "CONCURRENCY"
	rate                  = prefix + "RATE"
	reportDir             = prefix + "REPORT_DIR"
	deviations            = prefix + "DEVIATIONS"
)

// Redacted returns the settings in force by their variables' names, for a
// report that others may read: those that are set and those that have a
// default. A secret is "(set)", and the base URL comes without userinfo, query
// and fragment.
func (s Settings) Redacted() map[string]string {
	settings := map[string]string{
		timeout:        s.Timeout.String(),
		clockTolerance: s.ClockTolerance.String(),
		concurrency:    strconv.Itoa(s.Concurrency),
	}
	if s.Rate != 0 {
		settings[rate] = strconv.FormatFloat(s.Rate, 'g', -1, 64)
	}
	for _, setting := range []text{
		{baseURL, withoutUserinfo(s.BaseURL)},
		{username, s.Username},
		{password, redacted(s.Password)},
		{companyName, s.CompanyName},
		{otherCompanyName, s.OtherCompanyName},
		{unknownUsername, s.UnknownUsername},
		{jwtKey, redacted(s.JWTKey)},
		{caFile, s.CAFile},
		{reportDir, s.ReportDir},
		{deviations, s.Deviations},
	} {
		if setting.value != "" {
			settings[setting.name] = setting.value
		}
	}
	for name, on := range map[string]bool{
		insecureSkipVerify:    s.InsecureSkipVerify,
		allowHTTP:             s.AllowHTTP,
		strict:                s.Strict,
		allowQueryCredentials: s.AllowQueryCredentials,
	} {
		if on {
			settings[name] = "true"
		}
	}
	return settings
}

// Set stands in place of a secret that is set.
const Set = "(set)"

func redacted(secret string) string {
	if secret == "" {
		return ""
	}
	return Set
}

// withoutUserinfo is the base URL without the parts that can hold a password.
func withoutUserinfo(address string) string {
	if address == "" {
		return ""
	}
	base, err := url.Parse(address)
	if err != nil || base.Opaque != "" {
		return Set
	}
	base.User, base.RawQuery, base.Fragment, base.RawFragment, base.ForceQuery = nil, "", "", "", false
	return base.String()
}
