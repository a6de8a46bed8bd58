# SPDX-License-Identifier: Apache-2.0
"""Our tar against Go's own: gotar.py PEER SOURCES [SEED [ROUNDS]].

gotar/main.go, built here with whatever Go there is, and PEER, built from tar_peer.c, get
the same random headers to write, the same odd archives to read, and rewrite
these into each form. Every line of theirs must be the same. Skipped (77) where
there is no Go.
"""
import os
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile

SKIPPED = 77
N_HEADERS = 4000
N_ARCHIVES = 1500
FORMS = [["ggcr"], ["ggcr", "1700000000"], ["ggcr", "-1"], ["buildkit", "1000000000"],
         ["buildkit", "-5"], ["buildah", "1700000000"], ["buildah", "0"], ["stabilize"]]

ASCII = "abcdefghij0123456789._-"
ODD = ["ä", "日本", "\u202e", "\udcff", " ", "=", "\n", "%", '"']


def text(r, longest):
    length = r.choice([0, 1, r.randrange(1, 12), r.randrange(1, longest), longest,
                       min(longest, r.choice([31, 32, 33, 99, 100, 101, 155, 156, 157, 255, 256, 257]))])
    letters = ASCII + "/" * r.choice([0, 1, 5])
    out = "".join(r.choice(letters) for _ in range(length))
    if r.random() < 0.2:
        at = r.randrange(len(out) + 1)
        out = out[:at] + r.choice(ODD) + out[at:]
    if r.random() < 0.02:
        at = r.randrange(len(out) + 1)
        out = out[:at] + "\0" + out[at:]
    return out.encode("utf-8", "surrogateescape")


def name(r):
    out = text(r, 400)
    kind = r.random()
    if kind < 0.1:
        out = r.choice([b"./", b"../", b"/", b"//", b"a/../", b"a//b/", b"../../x/./"]) + out
    if kind > 0.85:
        out += r.choice([b"/", b"//", b"/.", b"/..", b"/../..", b"/./"])
    return out


def number(r, bits):
    return r.choice([0, 0, 1, r.randrange(1 << 12), r.randrange(1 << 21), (1 << 21) - 1, 1 << 21,
                     (1 << 33) - 1, 1 << 33, r.randrange(1 << 40), (1 << 56) - 1, 1 << 56,
                     -1, -r.randrange(1 << 30), -(1 << 56), -(1 << 56) - 1,
                     r.randrange(1 << bits), (1 << bits) - 1, -(1 << bits)])


def small(r, bits):
    return number(r, bits) if r.random() < 0.15 else r.randrange(1 << 9)


def moment(r):
    """Is it set, seconds, nanoseconds."""
    sec = r.choice([0, 1, 1700000000, r.randrange(1 << 33), (1 << 33) - 1, 1 << 33, -1, -2,
                    -r.randrange(1 << 40), -62135596800, 1 << 45])
    nsec = r.choice([0, 0, 0, 1, 5 * 10**8 - 1, 5 * 10**8, 999999999, 10**8 * r.randrange(10),
                     r.randrange(10**9)])
    return 1, sec, nsec


def time_text(t):
    _, sec, nsec = t
    if nsec == 0:
        return str(sec)
    if sec < 0:
        return ("-%d.%09d" % (-(sec + 1), 10**9 - nsec)).rstrip("0")
    return ("%d.%09d" % (sec, nsec)).rstrip("0")


KEYS = [b"SCHILY.xattr.user.a", b"SCHILY.xattr.security.capability", b"LIBARCHIVE.creationtime",
        b"comment", b"GOLANG.pkg", b"GNU.sparse.major", b"GNU.sparse.name", b"hdrcharset",
        b"SCHILY.dev", b"z\xc3\xa4"]


def records(r, basic):
    out = {}
    for _ in range(r.choice([0, 0, 0, 1, 2, 3])):
        key = r.choice(KEYS) if r.random() < 0.9 else text(r, 20)
        value = text(r, 200) if r.random() < 0.8 else bytes(r.randrange(256) for _ in range(20))
        out[key] = value
    # Basic keys that do or do not say what the fields say.
    for key, value in basic.items():
        if r.random() < 0.04:
            out[key] = value if r.random() < 0.6 else text(r, 12)
    return out


def header(r):
    typeflag = r.choice(b"0000000012345567\0xgLKSZ") if r.random() < 0.9 else r.randrange(256)
    names = [name(r), name(r) if r.random() < 0.4 else b"",
             text(r, 40) if r.random() < 0.5 else b"", text(r, 40) if r.random() < 0.5 else b""]
    numbers = [small(r, 62)] + [small(r, 62) for _ in range(5)]
    times = [moment(r) if r.random() < p else (0, 0, 0) for p in (0.9, 0.2, 0.2)]
    if typeflag == ord("g") and r.random() < 0.7:
        names[1:], numbers, times = [b""] * 3, [0] * 6, [(0, 0, 0)] * 3
    formats = r.choice([(0, 0, 0), (0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0),
                        (0, 1, 1), (1, 1, 1)])
    basic = dict(zip([b"path", b"linkpath", b"uname", b"gname"], names))
    basic.update(zip([b"size", b"uid", b"gid"], [b"%d" % numbers[i] for i in (0, 2, 3)]))
    basic.update(zip([b"mtime", b"atime", b"ctime"], [time_text(t).encode() for t in times]))
    pax = records(r, basic)
    hexed = [n.hex() or "-" for n in names]
    fields = [typeflag] + hexed + numbers + [x for t in times for x in t] + list(formats) + [len(pax)]
    for key in sorted(pax):
        fields += [key.hex() or "-", pax[key].hex() or "-"]
    return " ".join(str(f) for f in fields) + "\n"


def seal(block):
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def octal(r, value, width):
    kind = r.random()
    if kind < 0.8:
        return (b"%0*o\0" % (width - 1, value))[-width:]
    if kind < 0.9:
        return (b"%*o " % (width - 1, value))[-width:]
    if kind < 0.95:
        return value.to_bytes(width, "big", signed=True)[:0] + bytes([0x80]) + value.to_bytes(width - 1, "big")
    return (b"%o" % value).rjust(width)[-width:]


def block(r, typeflag, called=b"", size=0, magic=None, link=b"", mtime=None):
    b = bytearray(512)

    def put(at, width, value):
        b[at:at + width] = value[:width].ljust(width, b"\0")

    magic = magic or r.choice([b"ustar\x0000"] * 5 + [b"ustar  \0"] * 2 + [b"\0" * 8, b"star\0\0\0\0"])
    put(0, 100, called)
    put(100, 8, octal(r, r.choice([0o644, 0o755, 0o100644, 0o4755]), 8))
    put(108, 8, octal(r, r.randrange(2000), 8))
    put(116, 8, octal(r, r.randrange(2000), 8))
    put(124, 12, octal(r, size, 12))
    put(136, 12, octal(r, r.randrange(1 << 33) if mtime is None else mtime, 12))
    b[156] = typeflag
    put(157, 100, link)
    put(257, 8, magic)
    if magic[:5] == b"ustar":
        put(265, 32, text(r, 32))
        put(297, 32, text(r, 32))
        put(329, 8, octal(r, r.choice([0, 0, 8]), 8) if r.random() < 0.5 else b"")
        put(337, 8, octal(r, r.choice([0, 1]), 8) if r.random() < 0.5 else b"")
    if magic == b"ustar\x0000" and r.random() < 0.2:
        put(345, 155, text(r, 155).strip(b"/"))
        if r.random() < 0.3:
            put(508, 4, b"tar\0")
            put(476, 12, octal(r, 1700000000, 12))
    if magic == b"ustar  \0" and r.random() < 0.5:
        put(345, 12, octal(r, 1600000000, 12))
        put(357, 12, octal(r, 1600000001, 12) if r.random() < 0.8 else b"abc")
    if r.random() < 0.02:
        b[r.randrange(512)] = r.randrange(256)
    return b


def pad(data, r=None):
    out = data + bytes(-len(data) % 512)
    return out


def record(key, value):
    bare = len(key) + len(value) + 3
    size = bare + len(str(bare))
    size = bare + len(str(size))
    return b"%d %s=%s\n" % (size, key, value)


def pax_block(r, typeflag=ord("x"), extra=()):
    choices = [(b"path", name(r)), (b"linkpath", name(r)), (b"uname", text(r, 40)),
               (b"gname", text(r, 40)), (b"uid", b"%d" % number(r, 62)),
               (b"gid", r.choice([b"5", b"-5", b"+5", b"x", b""])),
               (b"mtime", time_text(moment(r)).encode()),
               (b"mtime", r.choice([b"1.", b"1.5", b"-0.5", b"1.1234567890123", b".5", b"1.x", b"1e3"])),
               (b"atime", time_text(moment(r)).encode()), (b"ctime", time_text(moment(r)).encode()),
               (b"size", r.choice([b"0", b"5", b"600", b"-1", b"99999999999"])),
               (r.choice(KEYS), text(r, 60))]
    weights = [8, 3, 3, 3, 2, 1, 6, 2, 4, 4, 1, 8]
    if typeflag == ord("g"):
        weights[5] = weights[7] = 0  # what is no number there makes Go read at random
    data = b"".join(record(*kv) for kv in r.choices(choices, weights, k=r.randrange(4)))
    data += b"".join(record(*kv) for kv in extra)
    if r.random() < 0.03:
        data = data[:-1] + r.choice([b"", b"x", b"\0", b"12 a=b"])
    b = block(r, typeflag, b"PaxHeaders/x", len(data), b"ustar\x0000")
    return seal(b) + pad(data)


def sparse_map(r):
    size = r.choice([0, 512, 5000, 100000, 1 << 20])
    at, extents = 0, []
    for _ in range(r.choice([0, 1, 2, 3, 5, 40])):
        at += r.choice([0, 1, 512, 4096])
        length = r.choice([0, 1, 512, 700])
        if at + length > size:
            break
        extents.append((at, length))
        at += length
    if r.random() < 0.9 and (not extents or sum(extents[-1]) < size):
        extents.append((size, 0))
    if r.random() < 0.05:
        extents.append((r.randrange(1000), 5))
    return size, extents


def sparse_entry(r):
    size, extents = sparse_map(r)
    data = b"".join(bytes(r.randrange(1, 256) for _ in range(min(n, 9))) * (n // 9 + 1)
                    for _, n in extents)[:sum(n for _, n in extents)].ljust(sum(n for _, n in extents), b"d")
    if r.random() < 0.05:
        data += b"more"
    kind = r.choice(["gnu", "0.0", "0.1", "1.0"])
    if kind == "gnu":
        b = block(r, ord("S"), b"sparse", len(data), b"ustar  \0")
        pairs = b"".join(b"%011o\0%011o\0" % e for e in extents)
        b[386:482] = pairs[:96].ljust(96, b"\0")
        b[483:495] = b"%011o\0" % size
        more, pairs = b"", pairs[96:]
        b[482] = bool(pairs)
        while pairs:
            more += pairs[:504].ljust(504, b"\0") + bytes([len(pairs) > 504]) + bytes(7)
            pairs = pairs[504:]
        return seal(b) + more + pad(data)
    pax = [(b"GNU.sparse.name", b"called")] if r.random() < 0.7 else []
    pax.append((r.choice([b"GNU.sparse.size", b"GNU.sparse.realsize"]), b"%d" % size))
    if kind == "0.0":
        pax.append((b"GNU.sparse.numblocks", b"%d" % len(extents)))
        for at, length in extents:
            pax += [(b"GNU.sparse.offset", b"%d" % at), (b"GNU.sparse.numbytes", b"%d" % length)]
    elif kind == "0.1":
        pax.append((b"GNU.sparse.numblocks", b"%d" % len(extents)))
        pax.append((b"GNU.sparse.map", b",".join(b"%d,%d" % e for e in extents)))
        if r.random() < 0.3:
            pax += [(b"GNU.sparse.major", b"0"), (b"GNU.sparse.minor", b"1")]
    else:
        pax += [(b"GNU.sparse.major", b"1"), (b"GNU.sparse.minor", b"0")]
        data = pad(b"%d\n" % len(extents) + b"".join(b"%d\n%d\n" % e for e in extents)) + data
    typeflag = r.choice(b"00000000705")
    return pax_block(r, ord("x"), pax) + seal(block(r, typeflag, b"sparse", len(data), b"ustar\x0000")) + pad(data)


def entry(r, called):
    out = b""
    for _ in range(r.choice([0, 0, 0, 1, 1, 2])):
        kind = r.random()
        if kind < 0.6:
            out += pax_block(r)
        elif kind < 0.7:
            out += pax_block(r, ord("g"))
        else:
            data = name(r) + b"\0"
            out += seal(block(r, r.choice(b"LK"), b"././@LongLink", len(data), b"ustar  \0")) + pad(data)
    kind = r.random()
    if kind < 0.12:
        return out + sparse_entry(r)
    typeflag = r.choice(b"000000000555512234467\0\0\0ZV")
    data = bytes(r.choices(range(256), k=r.choice([0, 0, 1, 10, 511, 512, 513, 1500])))
    if typeflag in b"123456" and r.random() < 0.95:
        data = b""
    if typeflag in b"5" and r.random() < 0.7:
        called += b"/"
    claimed = len(data) if r.random() < 0.99 else r.randrange(2000)
    body = b"" if typeflag in b"123456" else pad(data)
    return out + seal(block(r, typeflag, called, claimed, link=text(r, 100) if typeflag in b"12" else b"")) + body


def archive(r):
    few = [text(r, 100) or b"x" for _ in range(r.choice([1, 3, 8]))]
    fresh = r.random() < 0.6
    n = r.choice([0, 1, 1, 2, 3, 3, 5, 14, 60])
    if n > 5 or r.random() < 0.3:
        # Long ones would nearly all be refused for something: these have plain entries only.
        out = b""
        for i in range(n):
            called = b"n%d" % r.randrange(r.choice([3, 20, 1000])) if fresh else r.choice(few).rstrip(b"/") or b"x"
            data = b"%d" % i
            out += seal(block(random.Random(i), ord("0"), called, len(data), b"ustar\x0000")) + pad(data)
    else:
        out = b"".join(entry(r, text(r, 100)) for _ in range(n))
    end = r.random()
    out += b"" if end < 0.05 else bytes(512) if end < 0.1 else bytes(1024) if end < 0.6 else bytes(10240)
    if r.random() < 0.05:
        out += r.choice([b"trailing", out, bytes(100), b"x" * 512])
    if r.random() < 0.05:
        out = out[:r.randrange(len(out) + 1)]
    return out


def ask(program, words, data):
    done = subprocess.run([program, *words], input=data, capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit("%s %s: status %d: %s" % (program, words, done.returncode, done.stderr.decode()[:2000]))
    return done.stdout.decode("ascii", "replace").split("\n")


def reason(line):
    """What is refused and why; values of the input, which are shown in other ways, cut off."""
    return re.split(r"=|record:", line)[0].strip('"') if line.startswith("!") else line


def differ(theirs, ours):
    return theirs != "?" and ours != "?" and reason(theirs) != reason(ours)


def compare(go, peer, words, data, inputs):
    theirs, ours = ask(go, words, data), ask(peer, words, data)
    wrong = [i for i in range(max(len(theirs), len(ours)))
             if i >= len(theirs) or i >= len(ours) or differ(theirs[i], ours[i])]
    refused = sum(line.startswith("!") for line in theirs)
    print("%s: %d lines, %d refused, %d differ" % (" ".join(words), len(theirs) - 1, refused, len(wrong)))
    for i in wrong[:3]:
        print("  line %d\n  go   %s\n  ours %s" % (i, theirs[i:i + 1], ours[i:i + 1]))
        if i < len(inputs):
            print("  of   %r" % inputs[i][:3000])
    return len(wrong)


def run(go, peer, seed):
    r = random.Random(seed)
    headers = [header(r) for _ in range(N_HEADERS)]
    archives = [archive(r) for _ in range(N_ARCHIVES)]
    packed = b"".join(struct.pack(">I", len(a)) + a for a in archives)
    wrong = compare(go, peer, ["write"], "".join(headers).encode(), headers)
    wrong += compare(go, peer, ["read"], packed, archives)
    for form in FORMS:
        wrong += compare(go, peer, form, packed, archives)
    return wrong


def main():
    peer, sources = sys.argv[1:3]
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    if not shutil.which("go"):
        print("skipped: there is no go")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        go = os.path.join(folder, "peer")
        build = subprocess.run(["go", "build", "-o", go, "."], cwd=sources, capture_output=True, check=False,
                               env={**os.environ, "GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOTOOLCHAIN": "local"})
        if build.returncode != 0:
            print("skipped: go does not build the peer: " + build.stderr.decode()[:500])
            return SKIPPED
        return 1 if sum(run(go, peer, seed + i) for i in range(rounds)) else 0


if __name__ == "__main__":
    sys.exit(main())
