package exchange

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// widest is the widest window of zstd that clients of HTTP take (RFC 9659, section 3).
const widest = 8 << 20

// unpack takes one coding off. limited says that there were more than limit bytes of it. With an error comes what could
// be unpacked.
func unpack(packed []byte, coding string, whole bool, limit int) (body []byte, limited bool, err error) {
	reader, err := unpacker(bytes.NewReader(packed), coding)
	switch {
	case err != nil:
		return nil, false, &UndoneError{Coding: coding}
	case reader == nil:
		return nil, false, &UndoneError{Coding: wellKnown(coding), Unknown: true}
	}
	defer reader.Close()
	body, err = io.ReadAll(io.LimitReader(reader, int64(limit)+1))
	if len(body) > limit {
		return body[:limit], true, nil
	}
	if err != nil && whole {
		return body, false, &UndoneError{Coding: coding}
	}
	return body, false, nil
}

// unpacker returns a reader for one of the codings that the documented clients offer; nil for any other.
func unpacker(packed io.Reader, coding string) (io.ReadCloser, error) {
	switch coding {
	case "gzip", "x-gzip":
		return gzip.NewReader(packed)
	case "deflate":
		return inflater(packed)
	case "br":
		return io.NopCloser(brotli.NewReader(packed)), nil
	case "zstd":
		decoder, err := zstd.NewReader(packed, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(widest))
		if err != nil {
			return nil, err
		}
		return decoder.IOReadCloser(), nil
	default:
		return nil, nil
	}
}

// inflater returns a reader for deflate with the zlib wrapper (RFC 9110, section 8.4.1.2) or without it, as old servers
// send it: the documented clients read both. No encoder begins a raw deflate stream with what begins a wrapper: a stored
// block with bits that mean nothing.
func inflater(packed io.Reader) (io.ReadCloser, error) {
	buffered := bufio.NewReader(packed)
	head, _ := buffered.Peek(2) // less where there is no more
	if len(head) < 2 || head[0]&0x0f != 8 || (int(head[0])<<8|int(head[1]))%31 != 0 {
		return flate.NewReader(buffered), nil
	}
	return zlib.NewReader(buffered)
}
