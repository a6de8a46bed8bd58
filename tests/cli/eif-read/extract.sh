# SPDX-License-Identifier: Apache-2.0
# Sections under fixed names in a new folder; nothing is overwritten, nothing half written stays.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from eifs import *

write("usual.eif", usual())
write("odd.eif", sections(b"one byte and more", (KERNEL, b"k"), (KERNEL, b"k2"), (CMDLINE, b"c"),
                          (METADATA, JSON), (RAMDISK, b"r"), (RAMDISK, b"s"), (77, b"?"),
                          (SIGNATURE, b"sig"), b"end"))
write("none.eif", sections((KERNEL, b"k"), (CMDLINE, b"c"), (METADATA, JSON), (RAMDISK, cpio())))
write("cut.eif", usual()[:-300])
write("short.eif", usual()[:547])
END
umask 077
status "$HASHOSCOPE" eif extract usual.eif new
umask 022
ls -l new | awk 'NR > 1 { print $1, $5, $9 }'
cat new/layout.json
stat -c '%a' new
mkdir empty
status "$HASHOSCOPE" eif extract usual.eif empty
ls empty
echo "there already:"
status "$HASHOSCOPE" eif extract usual.eif new 2>&1
ln -s nowhere link
status "$HASHOSCOPE" eif extract usual.eif link 2>&1
mkdir empty2
ln -s empty2 link2
status "$HASHOSCOPE" eif extract usual.eif link2 2>&1
status "$HASHOSCOPE" eif extract usual.eif usual.eif 2>&1
status "$HASHOSCOPE" eif extract usual.eif no/such/folder 2>&1
echo "odd:"
status "$HASHOSCOPE" eif extract odd.eif odd 2>&1
status "$HASHOSCOPE" eif extract --lenient odd.eif odd 2>&1
ls odd
cat odd/layout.json
echo "refused:"
status "$HASHOSCOPE" eif extract --rootfs none.eif left 2>&1
status "$HASHOSCOPE" eif extract cut.eif left 2>&1
status "$HASHOSCOPE" eif extract --lenient cut.eif cut 2>&1
status "$HASHOSCOPE" eif extract --lenient short.eif left 2>&1
status "$HASHOSCOPE" eif extract new/kernel left 2>&1
status "$HASHOSCOPE" eif extract new left 2>&1
status "$HASHOSCOPE" eif extract usual.eif 2>&1
mkdir left2
status "$HASHOSCOPE" eif extract --rootfs none.eif left2 2>&1
ls left left2 2>&1
