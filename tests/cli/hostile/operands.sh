# SPDX-License-Identifier: Apache-2.0
# Operands that are no files: one sentence that names the operand, and exit status 2. The same things
# inside a folder are members like any other.
. "$HS_SOURCE/tests/cli/compare.sh"
echo text >file
mkfifo fifo
"$HS_PYTHON" -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")'

# refused OPERAND
refused() {
	for order in "$1 file" "file $1"; do
		# shellcheck disable=SC2086
		timeout 20 "$HASHOSCOPE" $order >out 2>err
		code=$?
		[ $code -eq 2 ] || echo "$order: exit status $code"
		[ ! -s out ] || echo "$order: printed a report"
		grep -q "$1" err || { echo "$order: not named:"; cat err; }
		[ "$(wc -l <err)" -le 2 ] || { echo "$order: more than a sentence:"; cat err; }
	done
}
refused fifo
refused socket
refused absent
refused file/inner
ln -s loop-b loop-a
ln -s loop-a loop-b
refused loop-a
if [ -c /dev/tty ]; then
	refused /dev/tty
fi

mkdir a b
for side in a b; do
	mkfifo $side/fifo
	ln -s loop $side/loop
	ln -s .. $side/up
	mkdir $side/sub
	ln -s ../sub $side/sub/again
	echo $side >$side/sub/text
done
(cd a && "$HS_PYTHON" -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")')
differs 1 a b 'lines("sub/text") == ["-a", "+b"]' 'status("socket") == "only-a"' \
	'not all("fifo") or status("fifo") == "metadata"'

# root reads everything: as somebody else, then.
chmod 700 a/sub
chmod 600 file
if [ "$(id -u)" -ne 0 ]; then
	chmod 000 file a/sub
	as_other() { "$@"; }
elif command -v setpriv >/dev/null && chmod 711 . && chmod 777 .tmp &&
	setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$HASHOSCOPE" 2>/dev/null; then
	as_other() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
else
	finish
fi
echo other >readable
as_other "$HASHOSCOPE" file readable >out 2>err
code=$?
[ $code -eq 2 ] || echo "unreadable file: exit status $code"
grep -q 'file' err || { echo 'unreadable file: not named:'; cat err; }
# A folder of which a part cannot be read: the rest is compared all the same.
echo 1 >a/rest
echo 2 >b/rest
as_other "$HASHOSCOPE" a b >out 2>err
code=$?
[ $code -eq 3 ] || { echo "unreadable folder: exit status $code"; cat err; }
grep -q 'rest' out || echo 'unreadable folder: the rest is not compared'
grep -q 'sub' out || echo 'unreadable folder: not named'
chmod 755 a/sub
finish
