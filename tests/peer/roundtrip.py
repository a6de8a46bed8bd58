# SPDX-License-Identifier: Apache-2.0
"""What we write, read by others: roundtrip.py PEER ARCHIVE_PEER [SEED].

Random entries, written by PEER (tar_peer.c, hs_go_write()), are read back by
Python's tarfile, libarchive (archive_peer.c) and GNU tar: name, link, mode,
owner, size, time, device, content and extended attributes must be those that
were written, as far as each reads them.
"""
import datetime
import io
import os
import random
import re
import shutil
import subprocess
import sys
import tarfile

N_ENTRIES = 1500
ZERO = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
KINDS = {"0": "100000", "1": "0", "2": "120000", "3": "20000", "4": "60000", "5": "40000", "6": "10000"}
LETTERS = "abcdefgh0123456789._-+ ~%=,;:@#(){}[]^!?<>|&*$'"
OTHERS = "äöß日本語Ωλ𝄞é"


def text(r, longest, extra=""):
    length = r.choice([1, r.randrange(1, 10), r.randrange(1, longest + 1), longest])
    letters = LETTERS + extra
    out = "".join(r.choice(letters) for _ in range(length))
    if r.random() < 0.25:
        at = r.randrange(len(out) + 1)
        out = out[:at] + "".join(r.choice(OTHERS) for _ in range(r.randrange(1, 12))) + out[at:]
    return out


def path(r):
    parts = [text(r, r.choice([5, 20, 120])) for _ in range(r.choice([1, 1, 2, 3, 8]))]
    parts = [p for p in parts if p not in (".", "..")] or ["x"]
    out = "/".join(parts).encode()[:400].decode("utf-8", "ignore").rstrip("/")
    return out or "x"


def moment(r, fmt):
    sec = r.choice([0, 1, 1700000000, r.randrange(1 << 31), r.randrange(1 << 36), -1, -r.randrange(1 << 31)])
    nsec = r.choice([0, 0, 1, 500000000, 123456789, r.randrange(10**9)])
    return (max(sec, 0) if fmt == "ustar" else sec), (nsec if fmt == "pax" else 0)


def entry(r, index, most_id):
    fmt = r.choice(["pax", "pax", "gnu", "none"])
    e = {"type": r.choice("000000122345566"), "fmt": fmt, "content": b""}
    e["name"] = "%d%s" % (index, path(r)) + ("/" if e["type"] == "5" else "")
    e["link"] = path(r) if e["type"] in "12" else ""
    longest = 40 if fmt == "pax" else 32
    e["uname"], e["gname"] = (text(r, longest) if r.random() < 0.5 else "" for _ in range(2))
    if fmt != "pax":
        e["uname"], e["gname"] = (n.encode()[:32].decode("utf-8", "ignore") for n in (e["uname"], e["gname"]))
    e["mode"] = r.randrange(0o10000)
    e["uid"], e["gid"] = (r.choice([0, 1000, r.randrange(1 << 21), (1 << 21) - 1, 1 << 21, r.randrange(most_id), most_id - 1])
                          for _ in range(2))
    device = e["type"] in "34"
    e["major"], e["minor"] = (r.randrange(4096) if device else 0), (r.randrange(1 << 20) if device else 0)
    e["mtime"] = moment(r, fmt)
    e["xattrs"] = {}
    if fmt == "pax" and e["type"] in "05":
        for _ in range(r.choice([0, 0, 1, 3])):
            value = bytes(r.randrange(1, 256) for _ in range(r.randrange(1, 40)))
            e["xattrs"]["user." + "".join(r.choice("abc") for _ in range(r.randrange(1, 9)))] = value
    if e["type"] == "0":
        e["content"] = bytes(r.choices(range(256), k=r.choice([0, 1, 511, 512, 513, r.randrange(2000)])))
    return e


def line(e):
    formats = {"pax": [0, 1, 0], "gnu": [0, 0, 1], "none": [0, 0, 0]}[e["fmt"]]
    names = [e[k].encode().hex() or "-" for k in ("name", "link", "uname", "gname")]
    fields = [ord(e["type"])] + names + [len(e["content"])] + [e[k] for k in ("mode", "uid", "gid", "major", "minor")]
    fields += [1, *e["mtime"], 0, 0, 0, 0, 0, 0] + formats + [len(e["xattrs"])]
    for key in sorted(e["xattrs"]):
        fields += [("SCHILY.xattr." + key).encode().hex(), e["xattrs"][key].hex() or "-"]
    return " ".join(map(str, fields)) + "\n"


def write(peer, entries):
    """The archive of those that can be written, and these."""
    done = subprocess.run([peer, "write"], input="".join(map(line, entries)).encode(), capture_output=True, check=True)
    out, kept = b"", []
    for e, header in zip(entries, done.stdout.decode().split("\n")):
        if header.startswith("!"):
            continue
        out += bytes.fromhex(header) + e["content"] + bytes(-len(e["content"]) % 512)
        kept.append(e)
    return out + bytes(1024), kept


def differ(reader, e, field, got, want):
    if got != want:
        sys.exit("%s reads %s %r, not %r, of %r" % (reader, field, got, want, e))


def check_python(archive, entries):
    with tarfile.open(fileobj=io.BytesIO(archive), encoding="utf-8") as t:
        members = t.getmembers()
        differ("python", {}, "entries", len(members), len(entries))
        for m, e in zip(members, entries):
            pax = m.pax_headers
            got = {"type": m.type.decode(), "name": m.name, "link": m.linkname, "mode": m.mode, "uid": m.uid,
                   "gid": m.gid, "uname": m.uname, "gname": m.gname, "content": t.extractfile(m).read() if m.isreg() else b"",
                   "xattrs": {k[13:]: v.encode("utf-8", "surrogateescape") for k, v in pax.items() if k.startswith("SCHILY.xattr.")}}
            if m.type in (b"3", b"4"):
                got.update(major=m.devmajor, minor=m.devminor)
            for field, value in got.items():
                differ("python", e, field, value, e[field].rstrip("/") if field in ("name", "link") else e[field])
            sec, nsec = e["mtime"]
            if "mtime" not in pax:
                differ("python", e, "mtime", m.mtime, sec + (nsec >= 5 * 10**8 and e["fmt"] == "none"))
            else:
                differ("python", e, "mtime", round(float(pax["mtime"]), 3), round(sec + nsec / 10**9, 3))


def unhex(field):
    return bytes.fromhex(field)


def check_libarchive(peer, archive, entries):
    lines = subprocess.run([peer], input=archive, capture_output=True, check=True).stdout.decode().split("\n")[:-1]
    differ("libarchive", lines[-1:], "entries", len(lines), len(entries))
    for text_line, e in zip(lines, entries):
        f = text_line.split(" ")
        sec, nsec = e["mtime"]
        want = {"kind": KINDS[e["type"]], "name": e["name"].encode(), "link": e["link"].encode(),
                "uname": e["uname"].encode(), "gname": e["gname"].encode(), "size": len(e["content"]),
                "mode": e["mode"], "uid": e["uid"], "gid": e["gid"], "mtime": (sec, nsec),
                "content": e["content"], "xattrs": e["xattrs"]}
        got = {"kind": f[0], "name": unhex(f[1]), "link": unhex(f[2]) or unhex(f[3]), "uname": unhex(f[4]),
               "gname": unhex(f[5]), "size": int(f[6]), "mode": int(f[7]), "uid": int(f[8]), "gid": int(f[9]),
               "mtime": (int(f[12]), int(f[13])), "content": unhex(f[14]),
               "xattrs": {unhex(x.split("=")[0]).decode(): unhex(x.split("=")[1]) for x in f[15:]}}
        if e["type"] in "34":
            got["device"], want["device"] = (int(f[10]), int(f[11])), (e["major"], e["minor"])
        if sec < 0 and nsec > 0:
            del got["mtime"]  # libarchive adds the fraction of a negative time instead of taking it away
        for field, value in got.items():
            differ("libarchive", e, field, value, want[field])


def unescape(name):
    """GNU tar's --quoting-style=escape."""
    out = re.sub(rb"\\([0-7]{3}|.)", lambda m: bytes([int(m[1], 8)]) if len(m[1]) == 3 else
                 {b"n": b"\n", b"t": b"\t"}.get(m[1], m[1]), name)
    return out


def mode_text(e):
    bits = "".join(c if e["mode"] >> (8 - i) & 1 else "-" for i, c in enumerate("rwxrwxrwx"))
    for bit, at, letters in ((0o4000, 2, "sS"), (0o2000, 5, "sS"), (0o1000, 8, "tT")):
        if e["mode"] & bit:
            bits = bits[:at] + (letters[0] if bits[at] == "x" else letters[1]) + bits[at + 1:]
    return {"0": "-", "1": "h", "2": "l", "3": "c", "4": "b", "5": "d", "6": "p"}[e["type"]] + bits


GNU_LINE = re.compile(rb"(\S{10})[*+.]? +(\d+)/(\d+) +(\d+(?:,\d+)?) (\S+ \S+) +(.*)", re.S)


def check_gnu(program, archive, entries):
    done = subprocess.run([program, "--list", "--verbose", "--full-time", "--numeric-owner", "--absolute-names",
                           "--quoting-style=escape", "--file=-"], input=archive, capture_output=True, check=False,
                          env={**os.environ, "LC_ALL": "C", "TZ": "UTC"})
    if done.returncode != 0:
        sys.exit("GNU tar: " + done.stderr.decode()[:500])
    lines = done.stdout.split(b"\n")[:-1]
    differ("GNU tar", {}, "entries", len(lines), len(entries))
    for got, e in zip(lines, entries):
        mode, uid, gid, size, when, name = GNU_LINE.fullmatch(got).groups()
        between = {"1": b" link to ", "2": b" -> "}.get(e["type"], b"")
        want = e["name"].encode() + between + e["link"].encode()
        differ("GNU tar", e, "name", unescape(name), want)
        differ("GNU tar", e, "mode", mode.decode(), mode_text(e))
        differ("GNU tar", e, "owner", (int(uid), int(gid)), (e["uid"], e["gid"]))
        is_device = e["type"] in "34"
        differ("GNU tar", e, "size", size, b"%d,%d" % (e["major"], e["minor"]) if is_device else b"%d" % len(e["content"]))
        sec, nsec = e["mtime"]
        if e["fmt"] == "none":
            sec, nsec = sec + (nsec >= 5 * 10**8), 0
        if not -2**31 < sec < 2**33:
            continue  # years of more or less than four digits
        if sec < 0 and nsec > 0:
            sec, nsec = sec + 1, 10**9 - nsec  # that is how GNU tar shows it
        at = ZERO + datetime.timedelta(seconds=sec)
        fraction = (".%09d" % nsec).rstrip("0") if nsec else ""
        differ("GNU tar", e, "mtime", when.decode(), at.strftime("%Y-%m-%d %H:%M:%S") + fraction)


def main():
    peer, archive_peer = sys.argv[1:3]
    r = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    archive, entries = write(peer, [entry(r, i, (1 << 32) - 1) for i in range(N_ENTRIES)])
    check_python(archive, entries)
    check_libarchive(archive_peer, archive, entries)
    program = shutil.which("gtar") or shutil.which("tar")
    version = subprocess.run([program, "--version"], capture_output=True, check=False).stdout if program else b""
    if b"GNU tar" in version:
        check_gnu(program, archive, entries)
    else:
        print("skipped: there is no GNU tar")
    n = len(entries)
    # Owners that GNU tar cannot hold.
    archive, entries = write(peer, [entry(r, i, 1 << 55) for i in range(N_ENTRIES)])
    check_python(archive, entries)
    check_libarchive(archive_peer, archive, entries)
    print("%d and %d of %d entries are read as they were written" % (n, len(entries), N_ENTRIES))
    return 0 if n > N_ENTRIES / 2 else 1


if __name__ == "__main__":
    sys.exit(main())
