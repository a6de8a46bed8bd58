# SPDX-License-Identifier: Apache-2.0
# What is written is an image with the ID that is printed; it depends on nothing but the input, and
# is its own canonical form.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" -B "$HS_CASE/make_images.py"
"$HASHOSCOPE" canonicalize app.tar --like ggcr >printed
"$HASHOSCOPE" canonicalize app.tar --like ggcr -o out.tar --print | cmp - printed && echo "printed too"
"$HASHOSCOPE" -q inspect out.tar && echo "whole"
id=$(sed 's/.*"image_id": "sha256:\([^"]*\)".*/\1/' printed)
"$HASHOSCOPE" cat out.tar config | sha256sum | grep -q "$id" && echo "the ID is the digest of the config"
"$HASHOSCOPE" cat out.tar config
echo
"$HASHOSCOPE" --jobs 1 canonicalize packed.tar --like ggcr -o packed-out.tar 2>/dev/null
cmp packed-out.tar out.tar && echo "how layers are packed does not matter"
"$HASHOSCOPE" canonicalize out.tar --like ggcr -o again.tar 2>/dev/null
cmp again.tar out.tar && echo "nothing to do twice"
for like in buildkit buildah stabilize; do
	"$HASHOSCOPE" canonicalize packed.tar --like $like --time 1600000000 -o $like.tar --print 2>/dev/null >$like.json
	"$HASHOSCOPE" -q inspect $like.tar || echo "$like: damaged"
	grep -q "$("$HASHOSCOPE" cat $like.tar manifest | sha256sum | cut -d' ' -f1)" $like.json || echo "$like: another manifest"
	"$HASHOSCOPE" canonicalize $like.tar --like $like --time 1600000000 2>/dev/null | cut -d'"' -f4 >again
	cut -d'"' -f4 $like.json | cmp - again
done
"$HASHOSCOPE" canonicalize one.tar --like ggcr -o layer.tar --print >printed
sha256sum <layer.tar | cut -d' ' -f1 | grep -qf - printed && echo "a layer too"
# A blob that need not change stays as it is; a compressed archive is an archive too.
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" -B "$HS_CASE/make_images.py" layer.tar
gzip -c kept.tar >kept.tar.gz
status "$HASHOSCOPE" canonicalize kept.tar.gz --like ggcr -o kept-out.tar
"$HASHOSCOPE" cat kept-out.tar manifest | grep -c 'diff.tar.gzip'
