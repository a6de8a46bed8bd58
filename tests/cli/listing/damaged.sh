# SPDX-License-Identifier: Apache-2.0
# A damaged member: what can be read is there, and that it is not all is said with status 3.
. "$HS_LIB"
need gzip tar
seq 1 30000 >seq
tar -cf whole.tar seq
gzip -n <whole.tar | head -c 30000 >cut.tar.gz
gzip -n <seq | head -c 30000 >cut.gz
tar -cf holds.tar cut.gz
"$HASHOSCOPE" cat holds.tar cut.gz! >part
echo "exit $?"
[ -s part ] && head -c "$(wc -c <part)" seq | cmp - part && echo "as far as it goes"
"$HASHOSCOPE" cat holds.tar cut.gz | cmp - cut.gz && echo "the compressed bytes are whole"
status "$HASHOSCOPE" ls holds.tar
status "$HASHOSCOPE" ls cut.tar.gz
status "$HASHOSCOPE" -q inspect holds.tar
