# SPDX-License-Identifier: Apache-2.0
# The same files in other layers: squashed, and with whiteouts of either kind.
. "$HS_LIB"

export PYTHONDONTWRITEBYTECODE=1
base='etc/,etc/motd=old,etc/gone=1,d/,d/1=1,d/2=2'
"$HS_PYTHON" "$HS_SOURCE/tests/cli/rootfs/images.py" \
	"layered.tar=$base;etc/,etc/motd=new,etc/.wh.gone,d/.wh..wh..opq,d/3=3" \
	"explicit.tar=$base;etc/,etc/motd=new,etc/.wh.gone,d/.wh.1,d/.wh.2,d/3=3" \
	'squashed.tar=d/,d/3=3,etc/,etc/motd=new'
for other in squashed explicit; do
	"$HASHOSCOPE" diff --rootfs --exclude '*manifest' --exclude config --exclude index.json --exclude 'layer*' \
		layered.tar $other.tar | sed -E 's/[0-9a-f]{64}/DIGEST/g'
done
