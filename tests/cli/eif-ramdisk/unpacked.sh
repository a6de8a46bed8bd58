# SPDX-License-Identifier: Apache-2.0
# An image, and the same unpacked by another tool and walked on disk as Docker would.
. "$HS_LIB"
need skopeo umoci
[ "$(id -u)" -eq 0 ] || skip 'only root can unpack an image with owners'
"$HS_PYTHON" "$HS_CASE/image.py" image.tar
skopeo copy -q --insecure-policy docker-archive:image.tar oci:layout:x || exit 1
umoci raw unpack --image layout:x rootfs >log 2>&1 || cat log
# No tool gives directories that no layer lists the same time.
find rootfs/caf* rootfs/run -type d -exec touch -d @0 {} +
"$HS_PYTHON" "$HS_CASE/unpacked.py" rootfs export.tar
printf 'ls\n-l\n' >cmd
printf 'PATH=/bin\nA=1\n2\n' >environment
"$HASHOSCOPE" eif ramdisk customer image.tar -o one >json.1 2>log
"$HASHOSCOPE" eif ramdisk customer --export export.tar --cmd cmd --env environment -o two >json.2 2>log
cmp one two && cmp json.1 json.2
