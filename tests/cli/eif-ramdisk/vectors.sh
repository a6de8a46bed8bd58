# SPDX-License-Identifier: Apache-2.0
# What linuxkit with AWS's patches wrote, byte for byte.
. "$HS_LIB"
need_shared vectors/eif/out-boot-initrd.img
vectors=$HS_SHARED/vectors/eif
"$HASHOSCOPE" eif ramdisk bootstrap --init "$vectors/init" --nsm "$vectors/nsm.ko" -o boot
cmp boot "$vectors/out-boot-initrd.img"
for name in full nodev; do
	"$HASHOSCOPE" eif ramdisk customer --export "$vectors/$name.tar" --cmd "$vectors/cmd" \
		--env "$vectors/env" -o "$name" 2>log
	cmp "$name" "$vectors/out-$name-initrd.img"
done
