# SPDX-License-Identifier: Apache-2.0
# A file is replaced when the report is complete, keeps its mode, and a link stays a link.
. "$HS_LIB"
mkdir a b real
echo one >a/x
echo two >b/x
echo before >real/out
chmod 640 real/out
ln -s real/out link
status "$HASHOSCOPE" -o json=link a missing.x
cat real/out
status "$HASHOSCOPE" -o json=link a b
[ -L link ] && [ "$(stat -c %a real/out)" = 640 ] && grep -c hashoscope-report real/out
status "$HASHOSCOPE" -o json=new a b
stat -c %a new
ls -A . real .tmp
