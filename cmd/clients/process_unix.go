//go:build unix

package main

import (
	"os"
	"os/exec"
	"syscall"
)

// group makes a program that is yet to start the leader of a group of its own.
func group(command *exec.Cmd) { command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// endGroup ends a program and all that it started.
func endGroup(leader *os.Process) error { return syscall.Kill(-leader.Pid, syscall.SIGKILL) }
