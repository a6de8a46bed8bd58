// SPDX-License-Identifier: Apache-2.0

// What Go's archive/tar makes of headers and archives; ../tar_peer.c answers the same
// questions, and ../gotar.py asks both and compares the answers, line by line.
package main

import (
	"archive/tar"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
)

var in, out = bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)

type fields []string

func (f *fields) text() string {
	s, _ := hex.DecodeString(strings.TrimPrefix((*f)[0], "-"))
	*f = (*f)[1:]
	return string(s)
}

func (f *fields) number() int64 {
	n, err := strconv.ParseInt((*f)[0], 10, 64)
	if err != nil {
		panic(err)
	}
	*f = (*f)[1:]
	return n
}

func (f *fields) time() time.Time {
	set, sec, nsec := f.number(), f.number(), f.number()
	if set == 0 {
		return time.Time{}
	}
	return time.Unix(sec, nsec)
}

func (f *fields) header() *tar.Header {
	h := &tar.Header{Typeflag: byte(f.number()), Name: f.text(), Linkname: f.text(), Uname: f.text(), Gname: f.text()}
	h.Size, h.Mode, h.Uid, h.Gid = f.number(), f.number(), int(f.number()), int(f.number())
	h.Devmajor, h.Devminor = f.number(), f.number()
	h.ModTime, h.AccessTime, h.ChangeTime = f.time(), f.time(), f.time()
	for _, format := range []tar.Format{tar.FormatUSTAR, tar.FormatPAX, tar.FormatGNU} {
		if f.number() != 0 {
			h.Format |= format
		}
	}
	for n := f.number(); n > 0; n-- {
		if h.PAXRecords == nil {
			h.PAXRecords = map[string]string{}
		}
		key := f.text()
		h.PAXRecords[key] = f.text()
	}
	return h
}

func write() {
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		f := fields(strings.Fields(line))
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		if err := w.WriteHeader(f.header()); err != nil {
			fmt.Fprintf(out, "! %q\n", strings.TrimPrefix(err.Error(), "archive/tar: "))
			continue
		}
		w.Flush() // the padding of a global header's records
		fmt.Fprintf(out, "%x\n", b.Bytes())
	}
}

func seconds(t time.Time) string {
	if t.IsZero() {
		return "none"
	}
	return fmt.Sprintf("%d.%09d", t.Unix(), t.Nanosecond())
}

func read(archive []byte) {
	for r := tar.NewReader(bytes.NewBuffer(archive)); ; {
		h, err := r.Next()
		if err != nil {
			fmt.Fprintln(out, map[bool]string{true: "end", false: "!"}[err == io.EOF])
			return
		}
		fmt.Fprintf(out, "%d %x %x %x %x %d %d %d %d %d %d %s %s %s", h.Typeflag, h.Name, h.Linkname, h.Uname, h.Gname,
			h.Size, h.Mode, h.Uid, h.Gid, h.Devmajor, h.Devminor, seconds(h.ModTime), seconds(h.AccessTime), seconds(h.ChangeTime))
		keys := []string{}
		for k := range h.PAXRecords {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		for _, k := range keys {
			fmt.Fprintf(out, " %x=%x", k, h.PAXRecords[k])
		}
		fmt.Fprintf(out, " %v; ", h.Format)
	}
}

var errTooLarge = errors.New("too large to be written here")

// The loops of the tools, reduced to what they do with headers and content.
func rewrite(w *tar.Writer, data io.Reader, like string, epoch *time.Time) error {
	var all []*tar.Header
	var bodies = map[*tar.Header][]byte{}
	r := tar.NewReader(data)
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if h.Typeflag == tar.TypeGNUSparse && like != "ggcr" {
			return errors.New("unsupported")
		}
		if h.Size > 64<<20 {
			return errTooLarge
		}
		switch like {
		case "ggcr":
			t := time.Time{}
			if epoch != nil {
				t = *epoch
			}
			h.ModTime = t
			if h.Format == tar.FormatPAX || h.Format == tar.FormatGNU {
				h.AccessTime, h.ChangeTime = t, t
			}
		case "buildkit":
			for _, t := range []*time.Time{&h.ModTime, &h.AccessTime, &h.ChangeTime} {
				if t.After(*epoch) {
					*t = *epoch
				}
			}
		case "buildah":
			for _, t := range []*time.Time{&h.ModTime, &h.AccessTime, &h.ChangeTime} {
				if !t.IsZero() {
					*t = *epoch
				}
			}
		case "stabilize":
			body, err := io.ReadAll(r)
			if err != nil {
				return err
			}
			all, bodies[h] = append(all, h), body
			continue
		}
		if err := w.WriteHeader(h); err != nil {
			return err
		}
		n := h.Size
		switch {
		case like == "ggcr" && h.Typeflag == tar.TypeReg:
			_, err = io.CopyN(w, r, h.Size)
		case like == "buildkit":
			_, err = io.Copy(w, r)
		case like == "buildah" && h.Size != 0:
			if n, err = io.Copy(w, r); err == nil && n != h.Size {
				err = errors.New("filtering content")
			}
		}
		if err != nil {
			return err
		}
	}
	slices.SortFunc(all, func(a, b *tar.Header) int { return strings.Compare(a.Name, b.Name) })
	for _, h := range all {
		h.ModTime, h.AccessTime, h.ChangeTime, h.Format = time.UnixMilli(0), time.UnixMilli(0), time.Time{}, tar.FormatPAX
		h.Mode, h.Uid, h.Gid, h.Uname, h.Gname, h.Devmajor, h.Devminor = 0777, 0, 0, "", "", 0, 0
		h.Xattrs, h.PAXRecords = nil, map[string]string{}
		if err := w.WriteHeader(h); err != nil {
			return err
		}
		if _, err := w.Write(bodies[h]); err != nil {
			return err
		}
	}
	return nil
}

func rewriteAll(archive []byte, like string, epoch *time.Time) error {
	hash := sha256.New()
	w := tar.NewWriter(hash)
	data := bytes.NewBuffer(archive)
	for {
		if err := rewrite(w, data, like, epoch); err != nil {
			return err
		}
		if like != "buildah" || data.Len() == 0 {
			break
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	fmt.Fprintf(out, "%x\n", hash.Sum(nil))
	return nil
}

func main() {
	defer out.Flush()
	if os.Args[1] == "write" {
		write()
		return
	}
	for {
		var size uint32
		if binary.Read(in, binary.BigEndian, &size) != nil {
			return
		}
		archive := make([]byte, size)
		io.ReadFull(in, archive)
		if os.Args[1] == "read" {
			read(archive)
			continue
		}
		var epoch *time.Time
		if len(os.Args) > 2 {
			sec, _ := strconv.ParseInt(os.Args[2], 10, 64)
			t := time.Unix(sec, 0).UTC()
			epoch = &t
		}
		if err := rewriteAll(archive, os.Args[1], epoch); err == errTooLarge {
			fmt.Fprintln(out, "?")
		} else if err != nil {
			fmt.Fprintln(out, "!")
		}
	}
}
