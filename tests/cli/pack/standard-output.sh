# SPDX-License-Identifier: Apache-2.0
# "-o -" writes an image to standard output and nothing else there, and never to a terminal.
. "$HS_LIB"
exec 2>&1
mkdir d
echo x >d/f
tar -cf d.tar d
"$HASHOSCOPE" pack d.tar -o made.tar >digests
"$HASHOSCOPE" pack d.tar -o - >piped.tar 2>said
cmp made.tar piped.tar && cmp digests said && echo 'packed: the same image, its digests aside'
"$HASHOSCOPE" canonicalize made.tar --like stabilize -o form.tar --print >digests
"$HASHOSCOPE" canonicalize made.tar --like stabilize -o - --print 2>said | cmp - form.tar &&
	cmp digests said && echo 'canonicalized: the same image, its digests aside'
"$HASHOSCOPE" canonicalize made.tar --like stabilize -o - 2>said | cmp - form.tar && [ ! -s said ] &&
	echo 'not asked for digests, it prints none'
"$HASHOSCOPE" canonicalize d.tar --like stabilize -o - | tar -tf -
[ ! -e ./- ] || echo 'a file is called "-"'
"$HASHOSCOPE" pack d.tar -o ./- >/dev/null && cmp ./- made.tar && echo 'a file may be called "-"'
rm ./-
for verb in pack 'canonicalize --like stabilize'; do
	"$HASHOSCOPE" $verb made.tar -o - 2>said >&-
	echo $? "$(cat said)"
	[ ! -c /dev/full ] || {
		"$HASHOSCOPE" $verb d.tar -o - 2>said >/dev/full
		[ $? -eq 2 ] && grep -qi 'no space' said || { echo 'a full device is not told:'; cat said; }
	}
	"$HS_PYTHON" - "$HASHOSCOPE" $verb d.tar -o - <<'PY'
import os, pty, subprocess, sys
parent, child = pty.openpty()
run = subprocess.run(sys.argv[1:], stdout=child, stderr=subprocess.PIPE, text=True)
print(run.returncode, run.stderr.strip())
PY
done
