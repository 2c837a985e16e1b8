package config

import "strings"

// together checks that the settings of a deployment are there all or none.
func (c *checker) together() {
	var set, missing []string
	for _, setting := range c.target() {
		switch {
		case c.given(setting.name, setting.value):
			set = append(set, c.called(setting.name))
		case setting.name == password:
			missing = append(missing, password+" (or "+passwordFile+")")
		default:
			missing = append(missing, setting.name)
		}
	}
	if len(set) > 0 && len(missing) > 0 {
		c.problems.add("%s %s not set but %s %s: set what is missing, or unset all four to run against the embedded reference server",
			listed(missing), are(missing), listed(set), are(set))
	}
	if c.given(baseURL, c.BaseURL) {
		return
	}
	for _, name := range c.targetOnly() {
		c.problems.add("%s is set but %s is not: it only concerns a deployment, so set the base URL of one or unset it", c.called(name), baseURL)
	}
}

// targetOnly lists the settings in force that mean nothing to the embedded
// reference server.
func (c *checker) targetOnly() []string {
	var set []string
	for _, setting := range []struct {
		name  string
		given bool
	}{
		{otherCompanyName, c.OtherCompanyName != ""},
		{unknownUsername, c.UnknownUsername != ""},
		{jwtKey, c.given(jwtKey, c.JWTKey)},
		{caFile, c.CAFile != ""},
		{insecureSkipVerify, c.InsecureSkipVerify},
		{allowHTTP, c.AllowHTTP},
		{allowQueryCredentials, c.AllowQueryCredentials},
	} {
		if setting.given {
			set = append(set, setting.name)
		}
	}
	return set
}

// names checks that the other company is another one (REF-4), and that the
// unknown user is another one in any case (REF-2): many servers fold it.
func (c *checker) names() {
	if c.OtherCompanyName != "" && c.OtherCompanyName == c.CompanyName {
		c.problems.add("%s is the same as %s: set it to a company that the user does not belong to, or unset it", otherCompanyName, companyName)
	}
	if c.UnknownUsername != "" && strings.EqualFold(c.UnknownUsername, c.Username) {
		c.problems.add("%s is the same as %s: set it to a user name that does not exist, or unset it to have one made up", unknownUsername, username)
	}
}

// are is the verb for as many names.
func are(names []string) string {
	if len(names) == 1 {
		return "is"
	}
	return "are"
}
