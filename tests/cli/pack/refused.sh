# SPDX-License-Identifier: Apache-2.0
# What cannot be packed: said, and nothing is written.
. "$HS_LIB"
exec 2>&1
mkdir d d/etc
echo x >d/etc/.wh.motd
status "$HASHOSCOPE" pack d -o out.tar
rm d/etc/.wh.motd
status "$HASHOSCOPE" pack d -o d/out.tar
status "$HASHOSCOPE" pack d -o d/etc/out.tar
"$HASHOSCOPE" pack d -o image.tar >/dev/null
status "$HASHOSCOPE" pack image.tar -o out.tar
status "$HASHOSCOPE" pack absent -o out.tar
echo text >plain
status "$HASHOSCOPE" pack plain -o out.tar
echo '{"rootfs":{}}' >config
status "$HASHOSCOPE" pack d --config config -o out.tar
echo '{"os":' >config
status "$HASHOSCOPE" pack d --config config -o out.tar
status "$HASHOSCOPE" pack d --config absent -o out.tar
status "$HASHOSCOPE" pack d --config d -o out.tar
tar -cf d.tar d
head -c 700 d.tar >cut.tar
status "$HASHOSCOPE" pack cut.tar -o out.tar
status "$HASHOSCOPE" pack d.tar -o d.tar
status "$HASHOSCOPE" pack d -o absent/out.tar
status "$HASHOSCOPE" pack d --time x
ls
