# SPDX-License-Identifier: Apache-2.0
# A temporary folder without room: said with its name, exit status 3, and the rest compared.
. "$HS_SOURCE/tests/cli/compare.sh"
python <<'PY'
import gzip
import random
from make import tar

for side, seed in (("a", 1), ("b", 2)):
    big = random.Random(seed).randbytes(8 << 20)
    tar(side + ".tar", ("big.gz", gzip.compress(big, 1, mtime=0)), ("small", side.encode() + b"\n"))
PY
mkdir full
unshare -m true 2>/dev/null || skip 'mounts are not allowed here'
unshare -m sh -c 'mount -t tmpfs -o size=1m none full &&
	TMPDIR=$PWD/full "$HASHOSCOPE" a.tar b.tar >text 2>err
	echo $? >code' 2>/dev/null
[ -f code ] || skip 'mounts are not allowed here'
[ "$(cat code)" -eq 3 ] || { echo "exit status $(cat code)"; cat err; }
grep -qi 'no space' text || { echo 'it is not said why:'; cat text err; }
grep -q 'big.gz' text || { echo 'it is not said of what:'; cat text; }
grep -q -- '-a' text || { echo 'the rest is not compared:'; cat text; }

# An operand that does not exist is told apart from a folder for temporary files that does not.
TMPDIR=$PWD/absent "$HASHOSCOPE" a.tar b.tar >text 2>err
[ $? -ge 2 ] || echo 'no temporary folder, and no failure'
grep -q 'absent' text err || { echo 'the temporary folder is not named:'; cat text err; }

# A report that cannot be written is exit status 2.
[ ! -c /dev/full ] || {
	"$HASHOSCOPE" a.tar b.tar >/dev/full 2>err
	[ $? -eq 2 ] || echo 'standard output is full, and that is no failure'
	[ -s err ] || echo 'standard output is full, and nothing is said'
}
finish
