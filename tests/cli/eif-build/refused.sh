# SPDX-License-Identifier: Apache-2.0
# What cannot be built is refused in a sentence that says what to do, and nothing is written.
. "$HS_LIB"
"$HS_PYTHON" "$HS_CASE/image.py" in
mkdir empty
cp in/docker.tar image.tar
sha256sum in/blobs/x86_64/init image.tar >before
hs() {
	echo "$ hashoscope eif build $*"
	status "$HASHOSCOPE" eif build "$@" -o out.eif 2>&1
	[ ! -e out.eif ] || echo "something is written"
	rm -f out.eif
}
NITRO_CLI_BLOBS=nowhere hs image.tar
hs image.tar --blobs empty
hs image.tar --blobs in/blobs/aarch64
hs in/arm64.tar --blobs in/blobs --arch x86_64
hs in/arm64.tar --blobs in/blobs/x86_64
hs in/riscv64.tar --blobs in/blobs
hs in/nothing.tar --blobs in/blobs
hs in/cut.tar --blobs in/blobs
hs in/lying.tar --blobs in/blobs
hs in/blobs/x86_64/init --blobs in/blobs
hs in --blobs in/blobs
hs image.tar --blobs in/blobs --init missing
hs image.tar --blobs in/blobs --kernel in
hs image.tar --blobs in/blobs --metadata '[]'
hs image.tar --blobs in/blobs --metadata missing.json
hs image.tar --blobs in/blobs --docker-info '{'
hs image.tar --blobs in/blobs --build-time 99999999999999
hs image.tar --blobs in/blobs --certificate missing.pem
hs image.tar --blobs in/blobs --arch riscv64
echo '# What it is made of is not written over.'
status "$HASHOSCOPE" eif build image.tar --blobs in/blobs -o image.tar 2>&1
status "$HASHOSCOPE" eif build image.tar --blobs in/blobs -o in/blobs/x86_64/init 2>&1
sha256sum -c --quiet before
