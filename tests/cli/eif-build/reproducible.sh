# SPDX-License-Identifier: Apache-2.0
# One image and one set of blobs give one file, whoever builds it, where and when.
. "$HS_LIB"
"$HS_PYTHON" "$HS_CASE/image.py" in
chmod -R go+rX .
here=$PWD
mkdir elsewhere results
cp -r in elsewhere/moved
chmod 777 results .

"$HASHOSCOPE" eif build in/docker.tar --blobs in/blobs -o results/1.eif 2>/dev/null
(cd elsewhere && umask 077 && "$HASHOSCOPE" eif build "$here/elsewhere/moved/docker.tar" \
	--blobs "moved/blobs/x86_64" -o "$here/results/2.eif" >/dev/null 2>&1)
TZ=Asia/Kolkata LC_ALL=C.UTF-8 HOME=/nonexistent NITRO_CLI_BLOBS=$here/in/blobs \
	"$HASHOSCOPE" eif build in/docker.tar --jobs 1 -o results/3.eif >/dev/null 2>&1
touch in/blobs/x86_64/* in/docker.tar
chmod 600 in/blobs/x86_64/nsm.ko
"$HASHOSCOPE" eif build in/docker.tar --blobs in/blobs --jobs 7 --build-time 0 -o - \
	>results/4.eif 2>/dev/null
chmod 644 in/blobs/x86_64/nsm.ko
# An OCI layout of the same configuration has no name to put into the metadata.
"$HASHOSCOPE" eif build in/oci --blobs in/blobs --name registry.example/app -o results/5.eif \
	>/dev/null 2>&1
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null 2>&1; then
	setpriv --reuid 65534 --regid 65534 --clear-groups "$HASHOSCOPE" eif build in/docker.tar \
		--blobs in/blobs -o - >results/6.eif 2>/dev/null || echo "setpriv: exit $?"
fi
sha256sum results/* | cut -d ' ' -f 1 | uniq
