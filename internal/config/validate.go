package config

// Validate says whether the settings make sense, alone and together, and
// whether the CA file can be used. The error is [Problems] with all there are.
// The zero Settings are not valid: begin with [Defaults].
func (s Settings) Validate() error {
	check := checker{Settings: s}
	check.all()
	return check.problems.asError()
}

// checker collects the problems of settings.
type checker struct {
	Settings
	// unreadable holds the settings that were given with a value that is not
	// known, because it is malformed or its file cannot be read: these are
	// reported already, and not missing.
	unreadable map[string]bool
	// source holds the variable that a setting came from, where that is not
	// the one that it is called after.
	source   map[string]string
	problems Problems
}

func (c *checker) all() {
	c.together()
	c.texts()
	if c.BaseURL != "" && textFlaw(c.BaseURL) == "" {
		c.baseURL()
	}
	c.proxied()
	c.names()
	c.certificates()
	c.ranges()
}

// given says whether a setting was given, whether or not its value is known.
func (c *checker) given(name, value string) bool { return value != "" || c.unreadable[name] }

// called is the variable that a setting came from.
func (c *checker) called(name string) string {
	if source, ok := c.source[name]; ok {
		return source
	}
	return name
}
