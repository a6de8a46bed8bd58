# SPDX-License-Identifier: Apache-2.0
# Each blob comes from the folder or from its option, for each architecture.
. "$HS_LIB"
"$HS_PYTHON" "$HS_CASE/image.py" in
build() {
	rm -f out.eif
	"$HASHOSCOPE" eif build "$@" -o out.eif 2>&1 >measured | grep -v '^hashoscope: in/.*\.tar: '
	"$HASHOSCOPE" cat out.eif cmdline
	echo
	for member in kernel 'ramdisk[1]!init' 'ramdisk[1]!nsm.ko'; do
		"$HASHOSCOPE" cat out.eif "$member" | head -1
	done
	"$HASHOSCOPE" cat out.eif metadata | grep -o '"OperatingSystem[^}]*'
}
build in/docker.tar --blobs in/blobs
build in/arm64.tar --blobs in/blobs
build in/riscv64.tar --blobs in/blobs --arch aarch64
echo "another kernel" >kernel
echo "another init" >init
echo "another nsm.ko" >nsm
build in/docker.tar --kernel kernel --init init --nsm nsm --cmdline ' as it is '
printf '\n\n# Linux/x86 6.6.79 Kernel Configuration\n' >kernel.config
build in/docker.tar --blobs in/blobs --kernel kernel
