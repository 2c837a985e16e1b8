package suite

import (
	"bytes"
	"log"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Runs go on side by side, and the last to end gives the logger back.
func TestSilence(t *testing.T) { //nolint:paralleltest // there is one standard logger
	var logged bytes.Buffer
	before := log.Writer()
	defer log.SetOutput(before)
	log.SetOutput(&logged)
	first, second := silence(), silence()
	first()
	log.Print("while a run is under way")
	assert.Empty(t, logged.String())
	second()
	log.Print("later")
	assert.Contains(t, logged.String(), "later")

	restore := silence()
	log.SetOutput(&logged)
	log.Print("what a program sets stays set")
	restore()
	assert.Same(t, &logged, log.Writer())
	assert.Contains(t, logged.String(), "stays set")
}
