# SPDX-License-Identifier: Apache-2.0
# The bytes of one member, and nothing else.
. "$HS_LIB"
mkdir -p a/sub
printf 'one\0two\n' >a/sub/x
"$HASHOSCOPE" cat a sub/x | cmp - a/sub/x && echo same
status "$HASHOSCOPE" cat a sub/y
status "$HASHOSCOPE" cat a sub
status "$HASHOSCOPE" cat a ''
