# SPDX-License-Identifier: Apache-2.0
# A line for each stage; nothing at all on what is no terminal.
. "$HS_LIB"
mkdir a b
touch -d @0 a b
status "$HASHOSCOPE" -q --progress plain a b
status "$HASHOSCOPE" -q a b
status "$HASHOSCOPE" -q --progress none a b
status "$HASHOSCOPE" -q --progress plain a missing.x
