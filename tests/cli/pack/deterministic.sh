# SPDX-License-Identifier: Apache-2.0
# One tree is one archive, whenever and however it was made; and the tar of it is that too.
. "$HS_LIB"
make() {
	mkdir -p "$1/etc" "$1/usr/bin" "$1/empty"
	for i in $2; do
		echo "content of $i" >"$1/usr/bin/$i"
	done
	ln -s ../etc/motd "$1/usr/motd"
	echo hello >"$1/etc/motd"
	long=$(printf '%0200d' 7)
	echo long >"$1/etc/$long"
	echo bytes >"$1/etc/$(printf 'b\377\001')"
	truncate -s 300000 "$1/sparse"
	chmod 0750 "$1/etc"
	chmod 4755 "$1/usr/bin/b"
}
make one 'a b c'
ln one/etc/motd one/usr/bin/z
sleep 0.02
make two 'c b a'
ln two/etc/motd two/usr/bin/z
"$HASHOSCOPE" pack one -o 1.tar >1.json
(umask 077 && "$HASHOSCOPE" pack two -o 2.tar -j 1 >2.json)
LC_ALL=C.UTF-8 TZ=Asia/Tokyo "$HASHOSCOPE" pack one/ -j 7 -o 3.tar >3.json
cmp 1.tar 2.tar && cmp 1.tar 3.tar && cmp 1.json 2.json && cmp 1.json 3.json
tar --sort=name --xattrs -C two -cf two.tar . && gzip -9 two.tar
"$HASHOSCOPE" pack two.tar.gz -o 4.tar >4.json
cmp 1.tar 4.tar
# No file: the digests alone, and those are the archive's.
"$HASHOSCOPE" pack two | cmp - 1.json
# Times that are not later than the epoch are kept, the others are the epoch.
touch -d @900000000 one/etc/motd two/etc/motd
SOURCE_DATE_EPOCH=1000000000 "$HASHOSCOPE" pack one -o 5.tar >5.json
"$HASHOSCOPE" pack two --time 1000000000 -o 6.tar >6.json
cmp 5.tar 6.tar && cmp -s 1.tar 5.tar && echo 'the epoch does nothing'
"$HASHOSCOPE" ls -l 5.tar 'layer[0]' | awk '{ print $1, $2, $3, $4 }' | sort -u
