// Package spelling reads texts in every notation in which programs write characters: percent, JSON, HTML and UTF-16
// escapes, upon each other, base64, and bytes as numbers.
package spelling

import (
	"bytes"
	"strings"
)

const (
	deepest = 5  // notations upon each other that are undone: more than any page has
	nested  = 2  // encodings of bytes within each other
	growth  = 64 // how many times the length of a text is read at most, whatever it decodes to
)

// Reading is a text in one of the ways in which it can be read.
type Reading struct {
	// Text is valid until the next reading.
	Text []byte
	// Packed says that Text was encoded as bytes, in base64 or in numbers: it may be nothing that anybody wrote.
	Packed bool
	// Whole says that Text is all of what was read, not a part of it.
	Whole bool
	// Layers is how many layers of escapes were undone, at most: those of what was written, and what looks like one in it.
	Layers int

	origins []origin // of each byte of Text; nil where it is the original, or where nobody asks
	form    []byte   // Text with spaces for plus signs
}

// origin is the part of the original that a byte was written as.
type origin struct{ start, end int32 }

// Origin returns which part of the original text a part of the reading was written as, in a visit by [Locate].
func (r *Reading) Origin(start, end int) (from, to int) {
	if r.origins == nil {
		return start, end
	}
	return int(r.origins[start].start), int(r.origins[end-1].end)
}

// Find visits where a text stands in the reading, until visit returns false. A space stands for a plus sign, too, as forms
// have it.
func (r *Reading) Find(text string, visit func(start, end int) bool) {
	sought := []byte(strings.ReplaceAll(text, "+", " "))
	if r.form == nil {
		if r.form = r.Text; bytes.IndexByte(r.Text, '+') >= 0 {
			r.form = bytes.ReplaceAll(r.Text, []byte("+"), []byte(" "))
		}
	}
	for at := 0; ; at++ {
		next := bytes.Index(r.form[at:], sought)
		if at += next; next < 0 || !visit(at, at+len(sought)) {
			return
		}
	}
}

// Each visits the readings of a text, the text itself first, until visit returns false. Encoded bytes are read where there
// are so many of them at least; 0 stands for none.
func Each(text string, least int, visit func(*Reading) bool) { walk(text, least, false, visit) }

// Locate is Each with the origins of all that is read.
func Locate(text string, least int, visit func(*Reading) bool) { walk(text, least, true, visit) }

func walk(text string, least int, locate bool, visit func(*Reading) bool) {
	if !isEscaped(text) && (least == 0 || !mayBePacked(text, least)) { // as most texts
		visit(&Reading{Text: []byte(text), Whole: true})
		return
	}
	w := &walker{least: least, locate: locate, left: growth*len(text) + 1<<12, visit: visit}
	w.read(Reading{Text: []byte(text), Whole: true}, 0)
}

// isEscaped reports whether anything in a text may be an escape, or UTF-16.
func isEscaped(text string) bool { return strings.ContainsAny(text, introductions+"\x00") }

// Escapes returns a text as it is, and as it reads with one more layer of escapes undone at a time.
func Escapes(text string) []string {
	if !isEscaped(text) {
		return []string{text}
	}
	var all []string
	Each(text, 0, func(r *Reading) bool {
		all = append(all, string(r.Text))
		return true
	})
	return all
}

// walker is one visit of all readings.
type walker struct {
	least  int
	locate bool
	left   int // bytes that may still be read
	visit  func(*Reading) bool

	benches [nested]bench
}

// show visits a reading; false ends the visit of all.
func (w *walker) show(r *Reading) bool {
	w.left -= len(r.Text)
	return w.visit(r) && w.left > 0
}

// read visits a text, and all that it can be decoded to.
func (w *walker) read(r Reading, depth int) bool {
	levels := w.layers(r)
	for i := range levels {
		if !w.show(&levels[i]) {
			return false
		}
	}
	for i := range levels {
		if bytes.IndexByte(levels[i].Text, 0) >= 0 { // UTF-16, to whom it is not meant
			levels = append(levels, w.withoutNUL(&levels[i]))
			if !w.show(&levels[len(levels)-1]) {
				return false
			}
		}
	}
	if w.least == 0 {
		return true
	}
	for i := range levels {
		if depth < nested && !w.unpack(&levels[i], depth) {
			return false
		}
	}
	return w.readApart(levels)
}

// layers returns a text with one more layer of escapes undone at a time.
func (w *walker) layers(r Reading) []Reading {
	levels := make([]Reading, 1, 2)
	levels[0] = r
	for len(levels) <= deepest {
		next, changed := w.unescaped(&levels[len(levels)-1], introductions)
		if !changed {
			break
		}
		next.Layers = len(levels)
		levels = append(levels, next)
	}
	return levels
}

// readApart visits a text with escapes of several notations as it reads where those of one at a time are undone, in any
// order: in the pattern "%added\u0021", the percent sign begins none.
func (w *walker) readApart(levels []Reading) bool {
	const longest, most = 1 << 16, 40
	var present []byte
	shown := map[string]bool{}
	for _, level := range levels {
		shown[string(level.Text)] = true
		for _, char := range []byte(introductions) {
			if bytes.IndexByte(level.Text, char) >= 0 && bytes.IndexByte(present, char) < 0 {
				present = append(present, char)
			}
		}
	}
	if len(present) < 2 || len(levels[0].Text) > longest {
		return true
	}
	apart, seen := levels[:1:1], map[string]bool{}
	for at := 0; at < len(apart) && len(apart) < most; at++ {
		for _, char := range present {
			next, changed := w.unescaped(&apart[at], string(char))
			if !changed || seen[string(next.Text)] {
				continue
			}
			seen[string(next.Text)] = true
			next.Layers = apart[at].Layers + 1
			if apart = append(apart, next); !shown[string(next.Text)] && !w.show(&next) {
				return false
			}
		}
	}
	return true
}

// unpack visits what the bytes say that a reading encodes.
func (w *walker) unpack(r *Reading, depth int) bool {
	on := &w.benches[depth]
	return w.packed(r.Text, on, func(whole bool) bool {
		on.inner = Reading{Text: on.decoded, Packed: true, Whole: r.Whole && whole}
		for i, each := range on.at {
			from, to := r.Origin(int(each.start), int(each.end))
			on.at[i] = origin{int32(from), int32(to)} //nolint:gosec // a text is far shorter
		}
		if w.locate {
			on.inner.origins = on.at
		}
		if !legible(on.decoded) {
			return w.show(&on.inner)
		}
		return w.read(on.inner, depth+1)
	})
}

// legible reports whether decoded bytes look like text, so that there may be more to decode in them. Of random bytes, three
// of eight are printable.
func legible(decoded []byte) bool {
	printable := 0
	for _, char := range decoded {
		if char >= ' ' && char < 0x7f || char == 0 {
			printable++
		}
	}
	return printable*4 >= len(decoded)*3
}

func (w *walker) withoutNUL(r *Reading) Reading {
	next := w.beside(r)
	for i, char := range r.Text {
		if char != 0 {
			w.put(&next, r, i, i+1, char)
		}
	}
	return next
}

// beside returns a reading of the same part of the original, with nothing in it yet.
func (w *walker) beside(r *Reading) Reading {
	next := Reading{Text: make([]byte, 0, len(r.Text)), Packed: r.Packed, Whole: r.Whole, Layers: r.Layers}
	if w.locate {
		next.origins = make([]origin, 0, len(r.Text))
	}
	return next
}

// put appends to a reading what a part of another one stands for.
func (w *walker) put(next, r *Reading, start, end int, decoded ...byte) {
	next.Text = append(next.Text, decoded...)
	if w.locate {
		from, to := r.Origin(start, end)
		for range decoded {
			next.origins = append(next.origins, origin{int32(from), int32(to)}) //nolint:gosec // a text is far shorter
		}
	}
}
