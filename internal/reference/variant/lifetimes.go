package variant

import (
	"time"

	"github.com/klearstack/conformance/internal/reference"
)

// lifetimes are at the ends of what the clauses allow.
func lifetimes() []Variant {
	const day = 24 * time.Hour
	lives := func(name, because string, access, refresh time.Duration) Variant {
		return configured(name, "Issues access tokens for "+access.String()+" and refresh tokens for "+refresh.String()+".", because,
			func(config *reference.Config) { config.AccessLifetime, config.RefreshLifetime = access, refresh })
	}
	return []Variant{
		lives("lifetimes-shortest", "TOK-4: at least 60 s; TOK-5: at least 24 hours", time.Minute, day),
		lives("lifetimes-longest", "TOK-4: at most 60 minutes; ADV-4: no longer than 90 days", time.Hour, 90*day),
		lives("lifetimes-of-the-library", "TOK-4 and TOK-5 hold the defaults of the library that mints such tokens", 5*time.Minute, day),
		lives("refresh-lives-a-year", "TOK-5 has no upper bound; ADV-4 is an advisory", 15*time.Minute, 365*day).against("ADV-4"),
	}
}
