# SPDX-License-Identifier: Apache-2.0
# A report that did not get to where it should go is status 2, with the name of where.
. "$HS_LIB"
[ -w /dev/full ] || skip "no /dev/full"
mkdir a b
echo one >a/x
echo two >b/x
"$HASHOSCOPE" a b >/dev/full
echo "exit $?"
"$HASHOSCOPE" -o json=/dev/full a b
echo "exit $?"
"$HASHOSCOPE" ls a >/dev/full
echo "exit $?"
"$HASHOSCOPE" cat a x >/dev/full
echo "exit $?"
"$HASHOSCOPE" a b >&-
echo "exit $?"
