# SPDX-License-Identifier: Apache-2.0
# One file compressed by each tool that is installed: the report names the compressor, and the level
# where it can be proven.
. "$HS_LIB"
need gzip zstd
failed=0
"$HS_PYTHON" - <<'PY'
words = "the of and a to in is you that it he was for on are as with his they I".split()
state = 1
out = []
for i in range(120000):
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    out.append(words[(state >> 33) % len(words)] + ("\n" if state >> 60 == 0 else " "))
open("text", "w").write("".join(out))
PY

# made FILE PATTERN: what compressor and level must say, joined by "; ".
made() {
	got=$("$HASHOSCOPE" inspect "$1" | sed -n 's/^  compressor: //p; s/^  level: //p' | paste -s -d '|')
	# shellcheck disable=SC2254 # a pattern
	case $got in
	$2) ;;
	*)
		echo "$1 is by $got, not by $2"
		failed=1
		;;
	esac
}
has() {
	command -v "$1" >/dev/null 2>&1 || {
		echo "not installed: $1" >&2
		false
	}
}

gzip -n -9 <text >gzip.gz
made gzip.gz '*GNU gzip*'
for level in 1 3 6 9 15 19; do
	zstd -q -$level -c text >file-$level.zst
	made file-$level.zst "libzstd|*(libzstd, proven on the first 128 KiB)"
	zstd -q -$level <text >pipe-$level.zst
	made pipe-$level.zst "libzstd|*(libzstd, proven on the first 128 KiB)"
done
made file-3.zst 'libzstd|3 (*'
"$HS_PYTHON" - <<'PY'
import gzip, zlib
data = open("text", "rb").read()
for level in 1, 6, 9:
    with gzip.GzipFile("python-%d.gz" % level, "wb", level, mtime=1) as f:
        f.write(data)
    c = zlib.compressobj(level, zlib.DEFLATED, 31)
    open("zlib-%d.gz" % level, "wb").write(c.compress(data) + c.flush())
PY
if [ "$("$HS_PYTHON" -c 'import zlib; print(zlib.ZLIB_RUNTIME_VERSION)')" = 1.2.13 ]; then
	for level in 1 6 9; do
		made zlib-$level.gz "zlib|$level (zlib, proven on the first 256 KiB)"
		made python-$level.gz "Python gzip|$level (zlib, proven on the first 256 KiB)"
	done
fi
if has pigz; then
	for level in 1 6 9; do
		pigz -n -$level <text >pigz-$level.gz
		made pigz-$level.gz "pigz|$level (zlib, proven on the first 128 KiB)"
	done
fi
if has igzip; then
	igzip -2 -c text >igzip.gz
	made igzip.gz 'not zlib: *ISA-L*'
fi
if has pzstd; then
	pzstd -q -c text >pzstd.zst
	made pzstd.zst 'pzstd|3 (*'
fi
if has libdeflate-gzip; then
	libdeflate-gzip -6 -c text >libdeflate.gz
	made libdeflate.gz '*libdeflate*'
fi
if has zopfli; then
	zopfli --i1 -c text >zopfli.gz
	made zopfli.gz 'not zlib: *zopfli*'
fi
exit $failed
