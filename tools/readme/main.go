// Command readme keeps README.md true: it runs every command that the file shows and compares what comes with what is
// shown. A line "…" stands for any number of lines; figures that change from run to run are not compared. A command that
// serves goes on until the end, and the settings that it prints hold for the commands after it.
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"time"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: readme README.md, from the folder that the commands are for")
		os.Exit(2)
	}
	text, err := os.ReadFile(os.Args[1])
	if err == nil {
		err = check(string(text))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// session is one command with the output that is shown below it.
type session struct {
	command string
	shown   []string
}

var block = regexp.MustCompile("(?s)```console\n(.*?)```")

// sessions returns the commands in the order of the file. A block may hold several.
func sessions(text string) []session {
	var all []session
	for _, found := range block.FindAllStringSubmatch(text, -1) {
		for line := range strings.Lines(found[1]) {
			line = strings.TrimRight(line, "\n")
			if command, ok := strings.CutPrefix(line, "$ "); ok {
				all = append(all, session{command: command})
			} else if len(all) > 0 {
				all[len(all)-1].shown = append(all[len(all)-1].shown, line)
			}
		}
	}
	return all
}

func check(text string) error {
	const limit = 15 * time.Minute
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	environ := os.Environ()
	var wrong []error
	all := sessions(text)
	for _, s := range all {
		fmt.Printf("$ %s\n", s.command)
		var came []string
		if strings.HasPrefix(s.command, "make serve") {
			stop, lines, err := serve(ctx, s.command, environ)
			if err != nil {
				return err
			}
			defer stop()
			came = lines
			environ = append(environ, settings(lines)...)
		} else {
			output, _ := shell(ctx, s.command, environ).CombinedOutput() // a verdict is an exit code, too
			came = strings.Split(strings.TrimRight(string(output), "\n"), "\n")
		}
		if err := compare(s.shown, came); err != nil {
			wrong = append(wrong, fmt.Errorf("$ %s\n%w\nwhat came:\n%s", s.command, err, strings.Join(came, "\n")))
		}
	}
	if len(all) == 0 {
		return errors.New("the file shows no command: give it a block that begins with ```console")
	}
	return errors.Join(wrong...)
}

func shell(ctx context.Context, command string, environ []string) *exec.Cmd {
	run := exec.CommandContext(ctx, "sh", "-c", command)
	run.Env = environ
	run.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	run.Cancel = func() error { return syscall.Kill(-run.Process.Pid, syscall.SIGTERM) }
	return run
}

// serve starts a command that goes on, and returns its output up to the comment that ends it.
func serve(ctx context.Context, command string, environ []string) (stop func(), lines []string, err error) {
	ctx, cancel := context.WithCancel(ctx)
	run := shell(ctx, command, environ)
	output, err := run.StdoutPipe()
	if err != nil {
		cancel()
		return nil, nil, err
	}
	if err := run.Start(); err != nil {
		cancel()
		return nil, nil, err
	}
	scanner := bufio.NewScanner(output)
	for scanner.Scan() {
		lines = append(lines, scanner.Text())
		if strings.Contains(scanner.Text(), "Interrupt this one") {
			break
		}
	}
	return func() {
		cancel()
		_, _ = io.Copy(io.Discard, output)
		_ = run.Wait()
	}, lines, nil
}

// settings lets a shell read the lines that export settings.
func settings(lines []string) []string {
	var script bytes.Buffer
	for _, line := range lines {
		if strings.HasPrefix(line, "export KLEARSTACK_") {
			fmt.Fprintln(&script, line)
		}
	}
	script.WriteString("env")
	reader := exec.Command("sh", "-c", script.String())
	reader.Env = []string{"PATH=" + os.Getenv("PATH")}
	output, err := reader.Output()
	if err != nil {
		return nil
	}
	var environ []string
	for line := range strings.Lines(string(output)) {
		if strings.HasPrefix(line, "KLEARSTACK_") {
			environ = append(environ, strings.TrimRight(line, "\n"))
		}
	}
	return environ
}

// changing is what differs from run to run: times, ports, random words, the curl of this machine, and whether go test has run before.
var changing = regexp.MustCompile(`\b\d+(?:\.\d+)?m?s\b|\(cached\)|127\.0\.0\.1:\d+|\b[A-Z0-9]{26,}\w*|\bcurl \d[\d.]*`)

func compare(shown, came []string) error {
	rest := came
	gap := false
	for _, line := range shown {
		if line == "…" {
			gap = true
			continue
		}
		at := -1
		for i, candidate := range rest {
			if same(line, candidate) {
				at = i
				break
			}
			if !gap {
				break
			}
		}
		if at < 0 {
			return fmt.Errorf("this line did not come: %s", line)
		}
		rest, gap = rest[at+1:], false
	}
	if len(rest) > 0 && !gap {
		return fmt.Errorf("this line is not shown: %s", rest[0])
	}
	return nil
}

func same(shown, came string) bool {
	normal := func(line string) string {
		return strings.Join(strings.Fields(changing.ReplaceAllString(line, "*")), " ")
	}
	return normal(shown) == normal(came)
}
