package exchange

import (
	"bytes"
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
		return zlib.NewReader(packed)
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
