# SPDX-License-Identifier: Apache-2.0
# Much in little: 10 GB of zeros in some MB, a thousand gzips in one another, archives that hold
# themselves. Each ends soon with a sentence that names the limit, and with exit status 3.
. "$HS_SOURCE/tests/cli/compare.sh"
need zstd
python <<'PY'
import gzip
import lzma
import subprocess

zeros = bytes(100 * 1000 * 1000)
for name, data in (("gz", gzip.compress(zeros, 6, mtime=0)),
                   ("xz", lzma.compress(zeros, preset=0)),
                   ("zst", subprocess.run(["zstd", "-1", "-q", "-c"], input=zeros, check=True,
                                          stdout=subprocess.PIPE).stdout)):
    with open("bomb." + name, "wb") as f:
        for _ in range(100):
            f.write(data)

data = b"the innermost\n"
for _ in range(1000):
    data = gzip.compress(data, 1, mtime=0)
with open("nested.gz", "wb") as f:
    f.write(data)
PY
for kind in gzip zip; do
	for year in 1999 2001; do
		"$HS_PYTHON" "$HS_SOURCE/tests/cli/hostile/quine.py" $kind $year.$kind $year || exit 1
	done
done
echo hello | gzip -n >small.gz
echo hello | xz >small.xz
echo hello | zstd -q >small.zst
for kind in gz xz zst; do
	"$HASHOSCOPE" -o text "bomb.$kind" "small.$kind" >text 2>err
	[ $? -eq 3 ] || echo "bomb.$kind: not exit status 3"
	grep -qE 'max-(size|ratio)' text || { echo "bomb.$kind: no limit named"; cat text; }
	"$HASHOSCOPE" -q "bomb.$kind" "bomb.$kind" || echo "bomb.$kind is not the same as itself"
done
for pair in nested.gz:small.gz 1999.gzip:small.gz 1999.gzip:2001.gzip 1999.zip:2001.zip; do
	kind=${pair%:*}
	"$HASHOSCOPE" "$kind" "${pair#*:}" >text 2>err
	[ $? -eq 3 ] || echo "$kind: not exit status 3"
	grep -q 'max-depth' text || { echo "$kind: no limit named"; cat text; }
	"$HASHOSCOPE" inspect "$kind" >text 2>err
	[ $? -eq 3 ] || echo "inspect $kind: not exit status 3"
	"$HASHOSCOPE" -q "$kind" "$kind" || echo "$kind is not the same as itself"
done
# All of them, as deep as can be asked for.
"$HASHOSCOPE" --max-depth 1024 nested.gz small.gz >text 2>err
[ $? -eq 1 ] || echo 'nested.gz: not opened to its end'
grep -q 'the innermost' text || echo 'nested.gz: the innermost file is not shown'
[ -z "$(ls -A "$TMPDIR")" ] || echo 'something is left in the temporary folder'
