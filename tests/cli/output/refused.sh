# SPDX-License-Identifier: Apache-2.0
# An output that cannot be made is said before the work, and an operand is never overwritten.
. "$HS_LIB"
mkdir a b folder
echo one >a/x
echo two >b/x
echo one >c.txt
status "$HASHOSCOPE" -o json=missing/out a b 2>&1
status "$HASHOSCOPE" -o json=folder a b 2>&1
status "$HASHOSCOPE" -o json=c.txt c.txt a 2>&1
status "$HASHOSCOPE" -o json=a/../c.txt a c.txt 2>&1
status "$HASHOSCOPE" -o json=one -o text=one a b 2>&1
status "$HASHOSCOPE" -o "json=$(printf 'x\033[31m/y')" a b 2>&1
cat c.txt
ls -A
