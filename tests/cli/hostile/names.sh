# SPDX-License-Identifier: Apache-2.0
# Names that a terminal, a file system or a program might act upon: nothing of that kind happens.
. "$HS_SOURCE/tests/cli/compare.sh"
mkdir inner
cd inner || exit 1
python <<'PY'
from make import tar

names = ["../outside", "../../tmp/outside", "/absolute", "/etc/passwd", "new\nline", "esc\x1b[2J\x1b]0;title\7",
         "right\u202eleft", "zero\u200bwidth", "tab\tbell\7", "back\\slash", "n" * 65536, "./dot/./x//y",
         "cr\roverwritten", "c1\x9b31m", "!bang!inner!", "-option", "--help", "~root", "$(touch outside)"]
for side in "ab":
    tar(side + ".tar", *((name, (side + "\n").encode()) for name in names))
PY
differs 1 a.tar b.tar 'summary["content"] == 19' '"\\x1b" in text or "\\e" in text' \
	'max(map(len, text.splitlines())) < 1000'
python <<'PY'
# NUL: only a header made by hand can have it behind the end of a name.
import tarfile
from make import info
def one(path, text):
    head = bytearray(info("name", len(text)).tobuf(tarfile.USTAR_FORMAT))
    head[5:11] = b"hidden"
    head[148:156] = b" " * 8
    head[148:155] = b"%06o\0" % sum(head)
    with open(path, "wb") as f:
        f.write(bytes(head) + text + bytes(-len(text) % 512) + bytes(1024))
one("nul-a.tar", b"a\n")
one("nul-b.tar", b"b\n")
PY
differs 1 nul-a.tar nul-b.tar 'lines("name") == ["-a", "+b"]'
for verb in inspect ls; do
	"$HASHOSCOPE" $verb a.tar >../text || echo "$verb: exit status $?"
	"$HS_PYTHON" -c 'import sys
text = open(sys.argv[1], encoding="utf-8").read().replace("\n", "")
sys.exit(not text.isprintable())' ../text || echo "$verb prints what is not printable"
done
[ "$(ls -A | tr '\n' ' ')" = 'a.tar b.tar nul-a.tar nul-b.tar ' ] || ls -A
[ "$(cd .. && ls -A | tr '\n' ' ')" = '.tmp inner text ' ] || ls -A ..
[ -z "$(ls -A "$TMPDIR")" ] || echo 'something is left in the temporary folder'
finish
