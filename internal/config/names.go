package config

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
