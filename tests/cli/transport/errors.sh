# SPDX-License-Identifier: Apache-2.0
# What goes wrong with skopeo is said in a sentence, ends with 2, and leaves nothing.
. "$HS_LIB"
. "$HS_SOURCE/tests/cli/skopeo.sh"
mkdir empty
PATH="$PWD/empty" status "$HASHOSCOPE" ls docker://app
fake_skopeo <<'END'
for to; do :; done
case $* in
*log*)
	echo 'time="2026-01-01T00:00:00Z" level=warning msg="not this"' >&2
	echo 'time="2026-01-01T00:00:00Z" level=fatal msg="it says \"no\""' >&2
	exit 7;;
*plain*)
	printf 'first\nlast \033[31mwords\n\n' >&2
	exit 1;;
*long*)
	i=0
	while [ $i -lt 2000 ]; do
		echo "line $i with some words in it" >&2
		i=$((i + 1))
	done
	printf 'begin %0600d end' 0 >&2
	exit 1;;
*silent*) exit 3;;
*signal*) kill -9 $$;;
*nothing*) ;;
*other*) mkdir "${to#dir:}"; echo x > "${to#dir:}/x";;
esac
END
for ref in log plain long silent signal nothing other; do
	status "$HASHOSCOPE" ls "docker://$ref"
done
status "$HASHOSCOPE" ls "docker://other@linux/arm64"
left
(
	TMPDIR=/nonexistent
	status "$HASHOSCOPE" ls docker://app
)
chmod -x bin/skopeo
PATH="$PWD/bin" status "$HASHOSCOPE" ls docker://app
