package main

import (
	"context"

	"github.com/klearstack/conformance/internal/config"
	"github.com/klearstack/conformance/internal/requests"
	"github.com/klearstack/conformance/internal/target"
	"github.com/klearstack/conformance/internal/wire"
)

// deployment is the endpoint that the settings name.
type deployment struct {
	target   *target.Target
	settings config.Settings
}

// openDeployment prepares to reach the deployment. The error is one sentence.
func openDeployment(settings config.Settings) (*deployment, error) {
	opened, err := target.Open(settings, "")
	if err != nil {
		return nil, err
	}
	return &deployment{target: opened, settings: settings}, nil
}

// try runs a sample once. What it sends is compared with nothing: it holds the deployment's credentials.
func (d *deployment) try(ctx context.Context, one found) outcome {
	login := wire.Credentials{Username: d.settings.Username, Company: d.settings.CompanyName, Password: d.settings.Password}
	if one.client == nil {
		return outcome{missing: true}
	}
	suits := requests.Catalogue{Username: login.Username, Company: login.Company, Password: login.Password}.SuitsShell()
	if one.asIs && !suits {
		return outcome{notApplicable: "a configured value holds &, +, %, ; or more than plain ASCII, which this sample sends as it is"}
	}
	way := &relay{deployment: d}
	seen := tryOnce(ctx, one, one.visits[0], way, login)
	if seen.failure != "" && way.failure() != "" {
		seen.failure = way.failure()
	}
	return outcome{failure: seen.failure}
}
