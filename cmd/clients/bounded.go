package main

import "bytes"

// bounded keeps the first bytes that are written to it and drops the rest.
type bounded struct {
	kept bytes.Buffer
	left int // bytes that may still be kept
}

// Write never fails, so that no program notices the bound.
func (b *bounded) Write(text []byte) (int, error) {
	taken := min(len(text), b.left)
	b.left -= taken
	b.kept.Write(text[:taken])
	return len(text), nil
}

// String returns what was kept.
func (b *bounded) String() string { return b.kept.String() }
