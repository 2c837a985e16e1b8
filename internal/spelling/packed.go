package spelling

import (
	"bytes"
	"strings"
)

// run is a row of bytes, or of parts of bytes, that a text encodes, and where in it each is written.
type run struct {
	values []byte
	at     []origin // nil where nobody asks
	locate bool
	wide   int // how many bits of each value count
	least  int // values that are worth a look

	start, end int
}

func (r *run) add(value, start, end int) {
	if len(r.values) == 0 {
		r.start = start
	}
	r.values, r.end = append(r.values, byte(value)), end
	if r.locate {
		r.at = append(r.at, origin{int32(start), int32(end)}) //nolint:gosec // a text is far shorter
	}
}

func (r *run) clear() { r.values, r.at = r.values[:0], r.at[:0] }

// bytes appends the bytes of a row from a value on, and where in the text each is written.
func (r *run) bytes(offset int, decoded []byte, at []origin) ([]byte, []origin) {
	kept, count := 0, 0
	for i := offset; i < len(r.values); i++ {
		kept = kept<<r.wide | int(r.values[i])
		if count += r.wide; count < 8 {
			continue
		}
		count -= 8
		decoded = append(decoded, byte(kept>>count)) //nolint:gosec // the lowest eight bits
		kept &= 1<<count - 1
		if r.locate {
			first := i + 1 - (8+count+r.wide-1)/r.wide
			at = append(at, origin{r.at[first].start, r.at[i].end})
		}
	}
	return decoded, at
}

// mayBePacked reports whether a text is worth a closer look: it has a long word or several lines, or so many digits as the
// numbers of half as many bytes have at least.
func mayBePacked(text string, least int) bool {
	word, digits, lines := 0, 0, false
	for i := range len(text) {
		switch char := text[i]; {
		case sextet(char) < 0:
			word, lines = 0, lines || char == '\n'
			continue
		case char >= '0' && char <= '9':
			digits++
		}
		if word++; word*6 >= least*8 || digits*2 >= least {
			return true
		}
	}
	return lines && len(text)*6 >= least*8
}

// bench is what decoding bytes takes, kept from one row to the next.
type bench struct {
	row     run
	decoded []byte
	at      []origin
	inner   Reading
}

// packed finds the bytes that a text encodes, at least so many in a row. At which of its characters the first byte begins is
// not known, as there may be a part of something else before it: all ways are tried. Visit is called when a row is on the
// bench, with the bytes and whether they are all that the text is.
func (w *walker) packed(text []byte, on *bench, visit func(whole bool) bool) bool {
	row := &on.row
	for _, notation := range [...]struct {
		find func(text []byte, row *run, visit func() bool) bool
		wide int
		ways int
	}{{inBase64, 6, 4}, {inHex, 4, 2}, {inDumps, 8, 1}, {inDecimal, 8, 1}} {
		row.wide, row.locate, row.least = notation.wide, w.locate, (w.least*8+notation.wide-1)/notation.wide
		if !notation.find(text, row, func() bool {
			if len(row.values) < row.least {
				return true
			}
			for offset := range notation.ways {
				on.decoded, on.at = row.bytes(offset, on.decoded[:0], on.at[:0])
				if !visit(offset == 0 && covers(text, row.start, row.end)) {
					return false
				}
			}
			return true
		}) {
			return false
		}
	}
	return true
}

// covers reports whether all of a text but what pads it is within a part of it.
func covers(text []byte, start, end int) bool {
	const padding = "=[] \t\r\n"
	return len(bytes.Trim(text[:start], padding)) == 0 && len(bytes.Trim(text[end:], padding)) == 0
}

// inBase64 finds base64 in either alphabet, with and without line breaks.
func inBase64(text []byte, row *run, visit func() bool) bool {
	for at := 0; at < len(text); at++ {
		if sextet(text[at]) < 0 {
			continue
		}
		word := at
		for word < len(text) && sextet(text[word]) >= 0 {
			word++
		}
		if word-at < row.least && continued(text, word) == word { // as most words
			at = word
			continue
		}
		for row.clear(); at < len(text); {
			if value := sextet(text[at]); value >= 0 {
				row.add(value, at, at+1)
				at++
				continue
			}
			next := continued(text, at)
			if next == at || next == len(text) || sextet(text[next]) < 0 {
				break
			}
			at = next
		}
		if row.end = skipped(text, at, "="); row.locate {
			row.at[len(row.at)-1].end = int32(row.end) //nolint:gosec // a text is far shorter
		}
		if !visit() {
			return false
		}
	}
	return true
}

// continued returns where a text goes on behind a line break and the indentation of the next line; the same place where
// there is no line break.
func continued(text []byte, at int) int {
	next := at
	for next < len(text) && (text[next] == '\r' || text[next] == '\n') {
		next++
	}
	if next == at {
		return at
	}
	for next < len(text) && (text[next] == ' ' || text[next] == '\t') {
		next++
	}
	return next
}

// sextet returns the value of a character of base64; -1 where it is none.
func sextet(char byte) int {
	switch {
	case char >= 'A' && char <= 'Z':
		return int(char - 'A')
	case char >= 'a' && char <= 'z':
		return int(char-'a') + 26
	case char >= '0' && char <= '9':
		return int(char-'0') + 52
	case char == '+', char == '-':
		return 62
	case char == '/', char == '_':
		return 63
	default:
		return -1
	}
}

// inHex finds hexadecimal digits, with and without something between the bytes.
func inHex(text []byte, row *run, visit func() bool) bool {
	for at := 0; at < len(text); at++ {
		if nibble(text[at]) < 0 {
			continue
		}
		for row.clear(); at < len(text); {
			if text[at] == '0' && at+1 < len(text) && text[at+1]|' ' == 'x' {
				at += 2
				continue
			}
			if value := nibble(text[at]); value >= 0 {
				row.add(value, at, at+1)
				at++
				continue
			}
			next := skipped(text, at, " \t\r\n:,-")
			if next == at || next == len(text) || nibble(text[next]) < 0 {
				break
			}
			at = next
		}
		if !visit() {
			return false
		}
	}
	return true
}

// skipped returns where a text goes on behind some characters.
func skipped(text []byte, at int, chars string) int {
	for at < len(text) && strings.IndexByte(chars, text[at]) >= 0 {
		at++
	}
	return at
}

// dumped is how many bytes a line of a dump has at most; what follows them shows the same as characters.
const dumped = 16

// inDumps finds the bytes of hexadecimal dumps: lines of an offset, groups of digits, and characters. They are read in their
// order, and with the bytes of each pair swapped, as where a dump is of words of 16 bits.
func inDumps(text []byte, row *run, visit func() bool) bool {
	row.clear()
	for at := 0; at <= len(text); {
		end := at + bytes.IndexByte(text[at:], '\n')
		if end < at {
			end = len(text)
		}
		line := dumpLine(text[at:end])
		for _, value := range line {
			row.add(int(value), at, end)
		}
		if len(line) == 0 || end == len(text) {
			if len(row.values) > 0 && !visit() {
				return false
			}
			for i := 0; i+1 < len(row.values); i += 2 {
				row.values[i], row.values[i+1] = row.values[i+1], row.values[i]
			}
			if len(row.values) > 0 && !visit() {
				return false
			}
			row.clear()
		}
		at = end + 1
	}
	return true
}

// dumpLine returns the bytes of a line of a dump; none where it is no such line.
func dumpLine(line []byte) (decoded []byte) {
	const digits, shortestOffset = "0123456789abcdefABCDEF", 4
	first := skipped(line, 0, " \t|")
	at := skipped(line, first, digits)
	group := skipped(line, at, ": \t|")
	if at-first < shortestOffset || group == at {
		return nil
	}
	for len(decoded) < dumped {
		at = skipped(line, group, digits)
		if at == group || (at-group)%2 != 0 {
			break
		}
		for ; group < at; group += 2 {
			decoded = append(decoded, byte(nibble(line[group])<<4|nibble(line[group+1]))) //nolint:gosec // two digits
		}
		if group = skipped(line, at, " \t"); group == at {
			break
		}
	}
	return decoded
}

// inDecimal finds lists of bytes as programs print them: [83, 51, 99] and [83 51 99].
func inDecimal(text []byte, row *run, visit func() bool) bool {
	for at := 0; at < len(text); at++ {
		if text[at] < '0' || text[at] > '9' {
			continue
		}
		for row.clear(); at < len(text); {
			value, start := 0, at
			for ; at < min(len(text), start+3) && text[at] >= '0' && text[at] <= '9'; at++ {
				value = value*10 + int(text[at]-'0')
			}
			if at == start || value > 0xff {
				break
			}
			row.add(value, start, at)
			next := skipped(text, at, ", \t\r\n")
			if next == at {
				break
			}
			at = next
		}
		if len(row.values) > 0 && !visit() {
			return false
		}
	}
	return true
}
