# SPDX-License-Identifier: Apache-2.0
# A reader that goes away ends the program, quietly.
. "$HS_SOURCE/tests/cli/compare.sh"
mkdir a b
i=0
while [ $i -lt 3000 ]; do
	echo "$i a" >"a/a-name-that-makes-the-report-longer-than-a-pipe-holds-$i"
	echo "$i b" >"b/a-name-that-makes-the-report-longer-than-a-pipe-holds-$i"
	i=$((i + 1))
done
for form in text json; do
	{ "$HASHOSCOPE" -o $form a b 2>err; echo $? >code; } | head -c 10 >/dev/null
	case $(cat code) in
	0 | 1 | 141) ;;
	*) echo "$form: exit status $(cat code)" ;;
	esac
	[ ! -s err ] || { echo "$form: not quiet:"; cat err; }
done
[ -z "$(ls -A "$TMPDIR")" ] || echo 'something is left in the temporary folder'
