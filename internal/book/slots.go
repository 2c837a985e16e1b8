package book

import "sync"

// slots bounds how many exchanges are under way at once. What others wait for goes before what nobody waits for, so that
// a run is as long as its longest chain.
type slots struct {
	mutex  sync.Mutex
	free   int
	urgent []chan struct{}
	others []chan struct{}
}

// ask queues for a slot. The slot is there when the channel is closed; release gives it back.
func (s *slots) ask(urgent bool) <-chan struct{} {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	turn := make(chan struct{})
	if urgent {
		s.urgent = append(s.urgent, turn)
	} else {
		s.others = append(s.others, turn)
	}
	s.serve()
	return turn
}

// release gives a slot back.
func (s *slots) release() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.free++
	s.serve()
}

// serve hands out what is free.
func (s *slots) serve() {
	for s.free > 0 && len(s.urgent)+len(s.others) > 0 {
		queue := &s.others
		if len(s.urgent) > 0 {
			queue = &s.urgent
		}
		close((*queue)[0])
		*queue = (*queue)[1:]
		s.free--
	}
}
