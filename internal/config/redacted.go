package config

import (
	"net/url"
	"strconv"
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

func redacted(secret string) string {
	if secret == "" {
		return ""
	}
	return "(set)"
}

// withoutUserinfo is the base URL without the parts that can hold a password.
func withoutUserinfo(address string) string {
	if address == "" {
		return ""
	}
	base, err := url.Parse(address)
	if err != nil || base.Opaque != "" {
		return "(set)"
	}
	base.User, base.RawQuery, base.Fragment, base.RawFragment, base.ForceQuery = nil, "", "", "", false
	return base.String()
}
