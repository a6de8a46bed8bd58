# SPDX-License-Identifier: Apache-2.0
# The tools of others read the image, and unpack it to the tree that it was made of.
. "$HS_LIB"
need skopeo umoci bsdtar tar
[ "$(id -u)" -eq 0 ] || skip 'only root can unpack an image with owners'
mkdir -p d/etc/empty d/usr
echo hello >d/etc/motd
ln d/etc/motd d/usr/same
ln -s ../etc/motd d/usr/link
mkfifo d/fifo
mknod d/null c 1 3 2>/dev/null || echo
echo long >"d/$(printf '%0180d' 7)"
echo bytes >"d/$(printf 'b\344\001')"
truncate -s 100000 d/sparse
echo end >>d/sparse
chown 12:3000000 d/etc/motd
chmod 2755 d/etc
chmod 755 d
setfattr -n user.k -v v d/etc/motd 2>/dev/null
setfattr -n user.d -v v d/etc 2>/dev/null
find d -exec touch -h -d @900000000 {} +
cat >config.json <<'EOF'
{"architecture": "arm64", "variant": "v8", "author": "me",
 "config": {"Env": ["A=1"], "Cmd": ["/bin/sh"], "Labels": {"x": "y"}}, "unknown": [1]}
EOF
"$HASHOSCOPE" pack d --config config.json --time 1000000000 -o image.tar >digests
bsdtar -tf image.tar >list
tar -tf image.tar | cmp - list && wc -l <list

skopeo inspect --override-arch arm64 oci-archive:image.tar >inspected || exit 1
"$HS_PYTHON" - <<'EOF'
import json
inspected, digests = json.load(open("inspected")), json.load(open("digests"))
print(inspected["Digest"] == digests["manifest_digest"], inspected["Layers"] == digests["diff_ids"])
print(inspected["Created"], inspected["Architecture"], inspected["Os"], inspected["Env"], inspected["Labels"])
EOF
skopeo copy -q --insecure-policy --override-arch arm64 oci-archive:image.tar oci:layout:x || exit 1
umoci unpack --image layout:x bundle >log 2>&1 || cat log
"$HASHOSCOPE" d bundle/rootfs
(cd d && find . -printf '%p %y %m %U:%G %n %s %l\n' | sort) >want
(cd bundle/rootfs && find . -printf '%p %y %m %U:%G %n %s %l\n' | sort) >got
diff want got
# All blobs are verified on the way.
"$HASHOSCOPE" inspect image.tar >report && grep -c layer report >/dev/null && echo whole
