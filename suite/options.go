// Package suite runs the conformance features against a deployment of get_access_token, or against the embedded
// reference server. Go programs call [Run]; Go tests call [Test]; a test binary of its own calls [New].
package suite

import (
	"io"

	"github.com/klearstack/conformance/internal/config"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/runner"
	"github.com/klearstack/conformance/internal/spec"
)

// Settings is everything that a run is told about its target. An empty BaseURL stands for the embedded reference server.
type Settings = config.Settings

// Proxies says by which proxies a target is reached.
type Proxies = config.Proxies

// Defaults returns the settings of a run on the embedded reference server.
func Defaults() Settings { return config.Defaults() }

// FromEnvironment reads the settings from variables such as KLEARSTACK_BASE_URL, given as [os.Environ] gives them. The
// error names all that is wrong with them, a sentence each.
func FromEnvironment(environ []string) (Settings, error) { return config.FromEnvironment(environ) }

// Result is what a run came to.
type Result = result.Result

// Clause is what became of a clause.
type Clause = result.Clause

// Scenario is what became of one of a clause's scenarios.
type Scenario = result.Scenario

// Verdict is what a run says of its target. Its ExitCode is what a program is to exit with.
type Verdict = result.Verdict

// The verdicts.
const (
	Conforms     = result.Conforms
	Violates     = result.Violates
	Inconclusive = result.Inconclusive
	Stale        = result.Stale
)

// Outcome is what became of a [Clause] or of a [Scenario].
type Outcome = outcome.Kind

// The outcomes.
const (
	OutcomeKept          = outcome.Kept
	OutcomeViolated      = outcome.Violated
	OutcomeInconclusive  = outcome.Inconclusive
	OutcomeNotJudged     = outcome.NotJudged
	OutcomeNotTested     = outcome.NotTested
	OutcomeNotApplicable = outcome.NotApplicable
)

// Level says how binding a [Clause] is.
type Level = spec.Level

// The levels. All but advisories gate, and those, too, where Settings.Strict is set.
const (
	Documented = spec.Documented
	Example    = spec.Example
	Implied    = spec.Implied
	Advisory   = spec.Advisory
)

// Options says what to run and where to print it.
type Options struct {
	Settings Settings

	// Tags selects scenarios by godog's tag expressions, as "@documented" or "@TOK-4,@TOK-5"; "" selects all.
	Tags string
	// Format is one of godog's formats (pretty, progress, junit, cucumber, …); "" is the suite's own.
	Format string
	// Concurrency is how many scenarios are judged at once; 0 leaves it to the suite. How many exchanges are under way
	// at once is another matter: see Settings.Concurrency.
	Concurrency int
	// Random shuffles the scenarios by this seed; -1 draws one; 0 leaves them in order.
	Random int64
	// Output is where the lines about clauses and the summary go; nil is nowhere.
	Output io.Writer
	// Select reports whether to run a scenario, by its clause's id and its name; nil runs all.
	Select func(clause, scenario string) bool

	clock runner.Clock // nil is the machine's
}
