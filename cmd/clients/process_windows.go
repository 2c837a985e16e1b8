package main

import (
	"os"
	"os/exec"
)

// There are no groups of processes here, where the command compiles, but finds none of its clients.
func group(*exec.Cmd) {}

func endGroup(leader *os.Process) error { return leader.Kill() }
