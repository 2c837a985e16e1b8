package suite

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"

	"github.com/cucumber/godog"

	"github.com/klearstack/conformance/features"
	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/deviations"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/redact"
	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/requests"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/runner"
	"github.com/klearstack/conformance/internal/schema"
	"github.com/klearstack/conformance/internal/spec"
	"github.com/klearstack/conformance/internal/target"
	"github.com/klearstack/conformance/steps"
)

// Run runs the features against the target that the options name, prints what came of it and writes the report. The
// error, in one sentence or several, says why there was nothing to run: settings that make no sense, or a selection
// that is empty; or, beside a result, that a report or the output could not be written. That the target breaks the
// contract is no error; the result says so.
//
// Until the last of the runs under way has ended, the standard logger of package log, and so the default logger of log/slog,
// writes nothing: net/http logs there what a target makes it log.
func Run(ctx context.Context, options Options) (Result, error) {
	run, err := prepare(options)
	if err != nil {
		return Result{}, err
	}
	r, err := run.do(ctx)
	if err != nil {
		return Result{}, err
	}
	path, err := run.publish(&r)
	if printing := report.Summary(run.output, &r, path); err == nil {
		err = printing
	}
	return r, err
}

// secretsOf returns what must never be shown of settings.
func secretsOf(settings Settings) *redact.Secrets {
	secrets := &redact.Secrets{}
	secrets.Common(check.Words()...)
	secrets.Add(settings.Password, settings.JWTKey)
	return secrets
}

// fit returns an error whose text is fit to be shown, also where a setting in it holds the password by mistake.
func fit(settings Settings, err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	if shown := secretsOf(settings).Sentence(text); shown != text {
		return errors.New(shown)
	}
	return err
}

// run is one run of the features.
type run struct {
	Options
	output   io.Writer
	features fs.FS
	all      []spec.Clause     // the contract
	selected []spec.Clause     // what is run of it
	partial  *result.Selection // nil where that is all of it
	known    []result.Deviation
	share    func(plan []exchange.Request) []exchange.Request // what scenarios share of their requests
}

// clauses is what the features say. It is the same for every run, so it is read once, and never changed.
//
//nolint:gochecknoglobals // it never changes
var clauses = sync.OnceValues(func() ([]spec.Clause, error) { return spec.Read(features.FS, "") })

// prepare reads the features and makes the selection.
func prepare(options Options) (made *run, err error) {
	defer func() { err = fit(options.Settings, err) }()
	if err := options.Settings.Validate(); err != nil {
		return nil, err
	}
	if dir := options.Settings.ReportDir; dir != "-" {
		if err := report.Fits(dir); err != nil {
			return nil, err
		}
	}
	r := &run{Options: options, output: options.Output, features: features.FS, share: runner.Shared}
	if r.output == nil {
		r.output = io.Discard
	}
	go func() { _, _ = schema.Load() }() // it is asked for when the features have been read: by then it is there
	if r.all, err = clauses(); err != nil {
		return nil, err
	}
	if r.known, err = known(options.Settings.Deviations, r.all); err != nil {
		return nil, err
	}
	tagged := r.all
	if options.Tags != "" {
		if tagged, err = spec.Read(features.FS, options.Tags); err != nil {
			return nil, err
		}
	}
	for _, clause := range tagged {
		var scenarios []spec.Scenario
		for _, s := range clause.Scenarios {
			if options.Select == nil || options.Select(clause.ID, s.Name) {
				scenarios = append(scenarios, s)
			}
		}
		if clause.Scenarios = scenarios; len(scenarios) > 0 {
			r.selected = append(r.selected, clause)
		}
	}
	if len(r.selected) == 0 {
		return nil, fmt.Errorf("no scenario is selected: check -godog.tags and -run against the features")
	}
	r.partial = part(r.all, r.selected)
	if r.partial != nil && scenarios(tagged) < scenarios(r.all) {
		r.partial.By = append(r.partial.By, "tags "+options.Tags)
	}
	if scenarios(r.selected) < scenarios(tagged) {
		r.partial.By = append(r.partial.By, "Options.Select")
	}
	return r, nil
}

// part counts what is selected; nil stands for all.
func part(all, selected []spec.Clause) *result.Selection {
	if scenarios(selected) == scenarios(all) {
		return nil
	}
	whole := map[string]int{}
	for _, clause := range all {
		whole[clause.ID] = len(clause.Scenarios)
	}
	made := &result.Selection{Clauses: len(selected), Of: len(all)}
	for _, clause := range selected {
		if len(clause.Scenarios) < whole[clause.ID] {
			made.InPart++
		}
	}
	return made
}

// scenarios counts them.
func scenarios(clauses []spec.Clause) int {
	n := 0
	for _, clause := range clauses {
		n += len(clause.Scenarios)
	}
	return n
}

// known reads the deviations that are accepted; path is "" where there are none.
func known(path string, clauses []spec.Clause) ([]result.Deviation, error) {
	if path == "" {
		return nil, nil
	}
	var ids []string
	for _, clause := range clauses {
		ids = append(ids, clause.ID)
	}
	return deviations.Read(path, ids, time.Now())
}

// do opens the target, sends the requests and judges the scenarios.
func (r *run) do(ctx context.Context) (Result, error) {
	defer silence()()
	start := time.Now()
	schemas, err := schema.Load()
	if err != nil {
		return Result{}, err
	}
	aim, err := target.Open(r.Settings, "klearstack-conformance/"+Version())
	if err != nil {
		return Result{}, err
	}
	defer aim.Close()

	world := r.world(aim, schemas)
	world.Runner.Start(ctx, r.share(world.Requests(r.selected)))
	defer world.Runner.Wait()
	if err := r.scenarios(ctx, world); err != nil {
		return Result{}, err
	}
	if ctx.Err() != nil && !errors.Is(context.Cause(ctx), outcome.ErrTimeLimit) {
		return Result{}, errors.New("the run was interrupted, and an earlier report is left as it was: run it again")
	}
	return r.result(start, aim, world), nil
}

func (r *run) world(aim *target.Target, schemas *schema.Set) *steps.World {
	settings := aim.Settings
	secrets := secretsOf(settings)
	aim.Client.Quote, aim.Client.Own = secrets.QuoteAddress, secrets.Own
	if proxy, err := settings.Proxy(); err == nil && proxy != nil {
		password, _ := proxy.User.Password()
		secrets.Add(password)
	}
	judge := &check.Judge{
		Schemas: schemas, Secrets: secrets, Tolerance: settings.ClockTolerance, Key: settings.JWTKey,
		Suspicions: settings.Suspicions(), KeySuspicions: settings.KeySuspicions(),
	}
	world := &steps.World{
		Clauses: r.all,
		Catalogue: requests.Catalogue{
			Username: settings.Username, Password: settings.Password,
			Company: settings.CompanyName, OtherCompany: settings.OtherCompanyName, UnknownUsername: settings.UnknownUsername,
		}.Hiding(secrets.Hides),
		Judge:        judge,
		Encrypted:    aim.Encrypted(),
		Verified:     !settings.InsecureSkipVerify,
		OwnAuthority: settings.CAFile != "",
	}
	for _, request := range []exchange.Request{world.Catalogue.WrongCase(), world.Catalogue.WrongLast()} {
		password, _ := request.Value("password")
		secrets.Add(password)
	}
	world.Runner = &runner.Runner{
		Sender: aim.Client, Judge: judge, Catalogue: world.Catalogue, Checks: world.Checks(),
		Concurrency: settings.Concurrency, Rate: settings.Rate, Clock: r.clock, QueryAllowed: settings.AllowQueryCredentials,
	}
	return world
}

// scenarios lets godog run the selected scenarios.
func (r *run) scenarios(ctx context.Context, world *steps.World) error {
	paths, err := spec.Paths(r.features)
	if err != nil {
		return err
	}
	names := map[string]bool{}
	for _, clause := range r.selected {
		for _, s := range clause.Scenarios {
			names[s.Name] = true
		}
	}
	format, output := r.Format, r.output
	if format == "" {
		format, output = "progress", io.Discard
	}
	concurrency := r.Concurrency
	if concurrency == 0 {
		concurrency = len(names)
	}
	buffered := bufio.NewWriter(output) // some of godog's formatters write byte by byte
	code := godog.TestSuite{
		Name: "KlearStack get_access_token",
		TestSuiteInitializer: func(suite *godog.TestSuiteContext) {
			sc := suite.ScenarioContext()
			sc.Before(func(ctx context.Context, pickle *godog.Scenario) (context.Context, error) {
				if !names[pickle.Name] {
					return ctx, godog.ErrSkip
				}
				return ctx, nil
			})
			world.Initialize(sc)
		},
		Options: &godog.Options{
			FS: r.features, Paths: paths, Tags: r.Tags, Format: format, Output: buffered, NoColors: !colourful(output),
			Concurrency: concurrency, Randomize: r.Random, Strict: true, DefaultContext: ctx,
		},
	}.Run()
	if code > 1 {
		return errors.New("godog did not run the features: check the value of -godog.format")
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("the results can't be printed: make room where standard output goes: %w", err)
	}
	return nil
}

// colourful reports whether output is a terminal.
func colourful(output io.Writer) bool {
	file, ok := output.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// publish prints the clauses and writes the report. It returns the report's path.
func (r *run) publish(made *Result) (path string, err error) {
	if r.Format == "" && made.Problem == "" {
		if err := report.Clauses(r.output, made); err != nil {
			return "", err
		}
	}
	if r.Settings.ReportDir == "-" {
		return "", nil
	}
	path, err = report.Write(r.Settings.ReportDir, made)
	return secretsOf(r.Settings).Own(path), fit(r.Settings, err)
}
