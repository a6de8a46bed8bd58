# SPDX-License-Identifier: Apache-2.0
# Standard input is an operand like any other, once.
. "$HS_LIB"
echo one >a.txt
echo two >b.txt
cp a.txt same.txt
status "$HASHOSCOPE" -q - a.txt <same.txt
status "$HASHOSCOPE" -q a.txt - <b.txt
printf 'one\n' | status "$HASHOSCOPE" -q a.txt -
status "$HASHOSCOPE" -q - a.txt <&-
