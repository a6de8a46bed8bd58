# SPDX-License-Identifier: Apache-2.0
# A container of which nothing can be read is one gap; that gap is not opened as the container again.
# A member that cannot be read does not pass for one that differs in nothing but metadata.
. "$HS_SOURCE/tests/cli/compare.sh"
python <<'PY'
import tarfile
from make import info, tar

for side in "ab":
    head = bytearray(info("f").tobuf(tarfile.GNU_FORMAT))
    head[124:136] = b"\x80" + b"\xff" * 11
    head[148:156] = b" " * 8
    head[148:155] = b"%06o\0" % sum(head)
    with open(side + ".tar", "wb") as f:
        f.write(bytes(head) + side.encode() * 512)
    huge = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "huge",
            "GNU.sparse.realsize": str((1 << 63) - 1)}
    tar(side + "-sparse.tar",
        (info("huge", pax_headers=huge), b"1\n0\n1\n".ljust(512, b"\0") + side.encode()))
PY
differs 3 a.tar b.tar 'len(nodes) <= 3' 'result["incomplete_reasons"] == ["damaged"]'
differs 3 a-sparse.tar b-sparse.tar 'summary["content"] == 1' 'summary["metadata"] == 0'
finish
