package exchange_test

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"sync"
	"testing"

	"go.uber.org/goleak"
)

// spoken is whatever goes to the standard log.
type spoken struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (s *spoken) Write(text []byte) (int, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.text.Write(text)
}

// No exchange leaves a goroutine behind or makes the transport print something, whatever the target sends.
func TestMain(m *testing.M) {
	var logged spoken
	log.SetOutput(&logged)
	code := m.Run()
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	if logged.text.Len() > 0 {
		fmt.Fprintf(os.Stderr, "printed through package log: %s", logged.text.Bytes())
		code = 1
	}
	os.Exit(code)
}
