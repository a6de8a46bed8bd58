# SPDX-License-Identifier: Apache-2.0
# Two packages whose md5sums agree while a payload does not: the payload's bytes are what counts.
. "$HS_SOURCE/tests/cli/compare.sh"
python <<'PY'
import gzip
from make import WHEN, info, tar

def member(name, data):
    return b"%-16s%-12d%-6d%-6d%-8o%-10d`\n" % (name, WHEN, 0, 0, 0o100644, len(data)) + data + \
        b"\n" * (len(data) % 2)

def deb(path, payload, mode):
    tar("c.tar", ("./control", b"Package: p\nVersion: 1\n"),
        ("./md5sums", b"d41d8cd98f00b204e9800998ecf8427e  usr/bin/p\n"))
    tar("d.tar", ("./usr/bin/p", payload), (info("./usr/share/doc/p", mode=mode), b"doc\n"))
    parts = [gzip.compress(open(name, "rb").read(), mtime=0) for name in ("c.tar", "d.tar")]
    with open(path, "wb") as f:
        f.write(b"!<arch>\n" + member(b"debian-binary", b"2.0\n") +
                member(b"control.tar.gz", parts[0]) + member(b"data.tar.gz", parts[1]))

deb("a.deb", b"good\n", 0o644)
deb("b.deb", b"evil\n", 0o644)
deb("c.deb", b"evil\n", 0o600)
PY
differs 1 a.deb b.deb 'lines("usr/bin/p") == ["-good", "+evil"]'
differs 1 a.deb c.deb 'lines("usr/bin/p") == ["-good", "+evil"]' \
	'field("usr/share/doc/p", "mode") == ("0644", "0600")'
finish
