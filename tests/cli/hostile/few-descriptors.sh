# SPDX-License-Identifier: Apache-2.0
# A folder that cannot be listed, here for want of a file descriptor, is named; what stands beside it
# is compared all the same.
. "$HS_SOURCE/tests/cli/compare.sh"
deep=$("$HS_PYTHON" -c 'print("/".join("d" * 60))')
for side in a b; do
	mkdir -p "$side/$deep"
	echo $side >$side/$deep/lost
	echo $side >$side/z
done
for n in 40 41; do
	# shellcheck disable=SC3045 # dash and bash have it
	(ulimit -n $n && exec "$HASHOSCOPE" -o text a b) >text 2>err
	[ $? -eq 3 ] || echo "$n: not exit status 3"
	grep -q '/d: the folder cannot be read: Too many open files' text || echo "$n: not said which"
	grep -q '^~ z' text || echo "$n: the rest is not compared"
done
