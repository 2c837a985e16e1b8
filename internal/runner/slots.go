package runner

import "sync"

// slots bounds how many exchanges are under way at once. What others wait for goes before what nobody waits for, so that
// a run is as long as its longest chain. Of those that have a slot, one at a time waits for the time to send.
type slots struct {
	mutex   sync.Mutex
	width   int  // exchanges under way at once, at most
	busy    int  // slots that are taken
	waiting bool // the last that got a slot has not started
	urgent  []chan struct{}
	others  []chan struct{}
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

// started lets the next one have a slot. Whoever gets a slot calls it when its time to send has come.
func (s *slots) started() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.waiting = false
	s.serve()
}

// release gives a slot back.
func (s *slots) release() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.busy--
	s.serve()
}

// again gives a slot back that met a rate limit, and asks for another one, before all others.
func (s *slots) again() <-chan struct{} {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	turn := make(chan struct{})
	s.urgent = append([]chan struct{}{turn}, s.urgent...)
	s.busy--
	s.serve()
	return turn
}

// narrow leaves one slot from now on.
func (s *slots) narrow() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.width = 1
}

// serve hands out a slot, where one is free.
func (s *slots) serve() {
	if s.waiting || s.busy >= s.width || len(s.urgent)+len(s.others) == 0 {
		return
	}
	queue := &s.others
	if len(s.urgent) > 0 {
		queue = &s.urgent
	}
	close((*queue)[0])
	*queue = (*queue)[1:]
	s.busy++
	s.waiting = true
}
