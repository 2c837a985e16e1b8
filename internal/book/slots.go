package book

import "sync"

// slots bounds how many exchanges are under way at once. What others wait for goes before what nobody waits for, so that
// a run is as long as its longest chain. Of those that have a slot, one at a time waits for the time to send.
type slots struct {
	mutex   sync.Mutex
	width   int  // exchanges under way at once, at most
	limited bool // there is a rate limit
	early   int  // as many slots are given back before a careful one is served
	busy    int  // slots that are taken
	given   int  // slots that were given back
	waiting bool // the last that got a slot has not started
	urgent  []chan struct{}
	careful []chan struct{}
	others  []chan struct{}
}

// ask queues for a slot. The slot is there when the channel is closed; release gives it back.
func (s *slots) ask(urgent bool) <-chan struct{} {
	if urgent {
		return s.queue(&s.urgent)
	}
	return s.queue(&s.others)
}

// askCarefully does so for what must not meet a rate limit unawares: it is urgent, but not among the first, and where there
// is a limit the very last.
func (s *slots) askCarefully() <-chan struct{} { return s.queue(&s.careful) }

func (s *slots) queue(queue *[]chan struct{}) <-chan struct{} {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	turn := make(chan struct{})
	*queue = append(*queue, turn)
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
	s.given++
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

// narrow leaves one slot from now on: there is a rate limit.
func (s *slots) narrow() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.width, s.limited = 1, true
}

// serve hands out a slot, where one is free.
func (s *slots) serve() {
	if s.waiting || s.busy >= s.width {
		return
	}
	queues := []*[]chan struct{}{&s.urgent, &s.careful, &s.others}
	if s.limited || s.given < s.early {
		queues[1], queues[2] = queues[2], queues[1]
	}
	for _, queue := range queues {
		if len(*queue) > 0 {
			close((*queue)[0])
			*queue = (*queue)[1:]
			s.busy++
			s.waiting = true
			return
		}
	}
}
