package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// options are what the command line says.
type options struct {
	address, fault string
	list, help     bool
}

func flags(o *options) *flag.FlagSet {
	set := flag.NewFlagSet("reference", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&o.address, "addr", "127.0.0.1:8080", "listen on this `host:port`; port 0 picks a free one")
	set.StringVar(&o.fault, "fault", "", "serve the fault of this `name`")
	set.BoolVar(&o.list, "list", false, "list the faults, each with its clause and what the server does wrong")
	return set
}

// parse reads the command line. The error says how to see the options.
func parse(args []string) (options, error) {
	var o options
	set := flags(&o)
	err := set.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		return options{help: true}, nil
	}
	if err == nil && set.NArg() > 0 {
		err = fmt.Errorf("unexpected argument %q", set.Arg(0))
	}
	if err != nil {
		return options{}, fmt.Errorf("the options cannot be read (%w): -h lists them", err)
	}
	return o, nil
}

// usage lists the options.
func usage() string {
	var text strings.Builder
	text.WriteString("Serves the reference server, whole or with one fault.\n\n")
	set := flags(&options{})
	set.SetOutput(&text)
	set.PrintDefaults()
	return text.String()
}
