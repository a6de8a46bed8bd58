# SPDX-License-Identifier: Apache-2.0
# What cannot be made is said with its reason and status 2, and nothing is written.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" -B "$HS_CASE/make_images.py"
exec 2>&1
try() {
	echo "\$ canonicalize $*"
	status "$HASHOSCOPE" canonicalize "$@"
}
try app.tar
try app.tar --like kaniko
try app.tar --like buildkit
try app.tar --like buildah
SOURCE_DATE_EPOCH=x try app.tar --like buildkit
try no-history.tar --like ggcr -o out.tar
try dropped.tar --like ggcr -o out.tar
try app.tar --like ggcr -o app.tar
try missing.tar --like ggcr -o out.tar
echo text >text
try text --like ggcr -o out.tar
head -c 515 one.tar >cut.tar
try cut.tar --like ggcr -o out.tar
gzip -c app.tar | head -c 300 >cut.tar.gz
try cut.tar.gz --like ggcr -o out.tar
try trailing-image.tar --like ggcr
try app.tar --like ggcr -o missing/out.tar
[ ! -e out.tar ] || echo "out.tar is left"
