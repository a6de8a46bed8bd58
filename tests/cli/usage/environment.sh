# SPDX-License-Identifier: Apache-2.0
# HASHOSCOPE_OPTS comes before the command line; what is wrong in it is said to be wrong there.
. "$HS_LIB"
mkdir a b
echo one >a/x
echo two >b/x
touch -d '2026-01-01 00:00:00' a b # or the clock may tick between them
HASHOSCOPE_OPTS='-q' status "$HASHOSCOPE" a b
HASHOSCOPE_OPTS='--exclude "x"' status "$HASHOSCOPE" -q a b
HASHOSCOPE_OPTS='-o json=out.json' status "$HASHOSCOPE" a b
[ -s out.json ] && echo written
HASHOSCOPE_OPTS='--exclude x --context 1' status "$HASHOSCOPE" ls a
HASHOSCOPE_OPTS='--bogus' status "$HASHOSCOPE" a b 2>&1
HASHOSCOPE_OPTS='a' status "$HASHOSCOPE" b 2>&1
HASHOSCOPE_OPTS='"' status "$HASHOSCOPE" a b 2>&1
HASHOSCOPE_COLOR=red status "$HASHOSCOPE" a b 2>&1
