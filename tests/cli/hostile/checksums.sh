# SPDX-License-Identifier: Apache-2.0
# Checksums that do not fit and sizes past the end: said of the member, and the rest still compared.
. "$HS_SOURCE/tests/cli/compare.sh"
python <<'PY'
import bz2
import gzip
import lzma
import pathlib
import struct
import zipfile
from make import tar

def write(name, data):
    pathlib.Path(name).write_bytes(data)

def flipped(data, at):
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]

text = b"a line\n" * 20
gz = gzip.compress(text, mtime=0)
xz = lzma.compress(text)
bz = bz2.compress(text)
for kind, good, bad in (("gz", gz, flipped(gz, -8)), ("xz", xz, flipped(xz, -40)),
                        ("bz2", bz, flipped(bz, 12))):
    tar(f"good-{kind}.tar", ("packed", good), ("rest", b"1\n"))
    tar(f"bad-{kind}.tar", ("packed", bad), ("rest", b"2\n"))

with zipfile.ZipFile("good.zip", "w") as z:
    for name in ("f", "rest"):
        z.writestr(zipfile.ZipInfo(name), b"content of " + name.encode())
data = pathlib.Path("good.zip").read_bytes()
write("bad.zip", data.replace(b"content of f", b"content of g", 1))

tar("good.tar", ("f", text), ("rest", b"1\n"))
data = pathlib.Path("good.tar").read_bytes()
write("bad-header.tar", flipped(data, 1024))
head = bytearray(data[:512])
head[124:136] = b"77777777777\0"
head[148:156] = b" " * 8
head[148:156] = b"%06o\0 " % sum(head)
write("bad-size.tar", bytes(head) + data[512:])
PY
for kind in gz xz bz2; do
	differs 3 good-$kind.tar bad-$kind.tar 'lines("rest") == ["-1", "+2"]' 'not result["complete"]' \
		'any(n["damage"] for m in nodes if m["path"].startswith("packed") for n in m["notes"])'
done
differs 3 good.zip bad.zip 'any(n["damage"] for n in node("f")["notes"])'
for kind in header size; do
	differs 3 good.tar bad-$kind.tar 'not result["complete"]' 'any(n["damage"] for m in nodes for n in m["notes"])'
done
finish
