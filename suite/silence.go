package suite

import (
	"io"
	"log"
	"sync"
)

// silenced is how many runs keep the standard logger silent, and what it wrote to before.
//
//nolint:gochecknoglobals // there is one standard logger in a process
var silenced struct {
	mutex  sync.Mutex
	runs   int
	output io.Writer
}

// silence keeps the standard logger from writing anything until the returned function is called, once. Package net/http
// writes there what a target makes it write, as often as the target likes, and with GODEBUG=http2debug the requests.
func silence() (restore func()) {
	silenced.mutex.Lock()
	defer silenced.mutex.Unlock()
	if silenced.runs == 0 {
		silenced.output = log.Writer()
		log.SetOutput(io.Discard)
	}
	silenced.runs++
	return func() {
		silenced.mutex.Lock()
		defer silenced.mutex.Unlock()
		if silenced.runs--; silenced.runs == 0 && log.Writer() == io.Discard {
			log.SetOutput(silenced.output)
		}
	}
}
