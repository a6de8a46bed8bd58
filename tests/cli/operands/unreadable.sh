# SPDX-License-Identifier: Apache-2.0
# A file that may not be read is 2.
. "$HS_LIB"
echo one >secret.txt
echo two >b.txt
chmod 000 secret.txt
run() {
	"$@"
}
if [ "$(id -u)" = 0 ]; then
	need setpriv
	chmod 755 .
	run() {
		setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
	}
	run test -x "$HASHOSCOPE" || skip "only root can reach the program"
fi
status run "$HASHOSCOPE" secret.txt b.txt
status run "$HASHOSCOPE" b.txt secret.txt
