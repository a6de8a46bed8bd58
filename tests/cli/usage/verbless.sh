# SPDX-License-Identifier: Apache-2.0
# Two paths are compared; a word that is no path is not taken for one.
. "$HS_LIB"
mkdir ls b
echo one >ls/x
status "$HASHOSCOPE" -q ./ls b
status "$HASHOSCOPE" -q b ls
status "$HASHOSCOPE" -q -- ls b
status "$HASHOSCOPE" -q diff ls b
status "$HASHOSCOPE" ls b
