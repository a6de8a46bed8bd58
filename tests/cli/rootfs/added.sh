# SPDX-License-Identifier: Apache-2.0
# One more layer that changes one file: that file, and where it comes from.
. "$HS_LIB"

export PYTHONDONTWRITEBYTECODE=1
base='etc/,etc/motd=old,etc/other=1'
"$HS_PYTHON" "$HS_SOURCE/tests/cli/rootfs/images.py" \
	"a.tar=$base;bin/,bin/sh=x" "b.tar=$base;bin/,bin/sh=x;etc/motd=new"
status "$HASHOSCOPE" diff --exclude '*manifest' --exclude config --exclude 'layer*' --exclude index.json a.tar b.tar |
	sed -E 's/[0-9a-f]{64}/DIGEST/g'
for side in a b; do
	"$HASHOSCOPE" cat $side.tar 'rootfs!etc/motd'
	echo
done
"$HASHOSCOPE" ls b.tar rootfs
status "$HASHOSCOPE" cat b.tar rootfs
