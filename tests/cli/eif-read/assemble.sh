# SPDX-License-Identifier: Apache-2.0
# An image of its sections, and its measurements; twice the same, whatever the clock says.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from eifs import *

write("vmlinuz", b"kernel")
write("boot", bootstrap())
write("app", customer())
write("config", b"#\n# Automatically generated file; DO NOT EDIT.\n# Linux/x86 6.1.2-aws Kernel Configuration\n#\n")
write("want.eif", usual())
END
common="--kernel vmlinuz --ramdisk boot --ramdisk app"
# shellcheck disable=SC2086
make() { status "$HASHOSCOPE" eif assemble $common --cmdline 'reboot=k panic=30' "$@" 2>&1; }
make --name img --version 1.0 --build-tool t --build-tool-version 0 --img-os Linux --img-kernel 4.14.256 \
	-o got.eif >got.json
cmp got.eif want.eif
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
import json
from eifs import *

got = json.loads(open("got.json").read().rpartition("exit")[0])
assert got["PCR0"] == pcr(b"kernel", b"reboot=k panic=30", bootstrap(), customer())
assert got["PCR1"] == pcr(b"kernel", b"reboot=k panic=30", bootstrap())
assert got["PCR2"] == pcr(customer())
assert list(got) == ["HashAlgorithm", "PCR0", "PCR1", "PCR2"]
END
echo "nothing is written without -o:"
make --algo sha256 | cut -c 1-60
make --algo sha512 | cut -c 1-60
ls ./*.eif
echo "to standard output:"
"$HASHOSCOPE" eif assemble --kernel vmlinuz --ramdisk boot --cmdline c -o - 2>err >pipe.eif
cut -c 1-30 err
"$HASHOSCOPE" cat pipe.eif metadata | sed 's/"BuildToolVersion":"[^"]*"/"BuildToolVersion":"*"/'
echo
echo "metadata:"
make -o m.eif --arch aarch64 --kernel-config config --build-time 1700000000 --metadata '{"b":[1.50],"a":"x"}' \
	>/dev/null
"$HASHOSCOPE" cat m.eif metadata | sed 's/"BuildToolVersion":"[^"]*"/"BuildToolVersion":"*"/'
echo
"$HASHOSCOPE" inspect m.eif | grep architecture
SOURCE_DATE_EPOCH=1 "$HASHOSCOPE" eif assemble --kernel vmlinuz --ramdisk app --cmdline c -o e.eif >/dev/null
"$HASHOSCOPE" cat e.eif metadata | grep -o '"BuildTime":"[^"]*"'
echo "refused:"
status "$HASHOSCOPE" eif assemble --kernel vmlinuz --cmdline c 2>&1
status "$HASHOSCOPE" eif assemble --kernel vmlinuz --ramdisk boot 2>&1
status "$HASHOSCOPE" eif assemble --cmdline c --ramdisk boot 2>&1
status "$HASHOSCOPE" eif assemble --kernel nothing --cmdline c --ramdisk boot 2>&1
status "$HASHOSCOPE" eif assemble --kernel . --cmdline c --ramdisk boot 2>&1
make --ramdisk vmlinuz -o vmlinuz
echo '{}' >some.json
make --metadata some.json -o some.json
make --docker-info some.json -o some.json
cat some.json
make --algo md5
make --metadata '{"a":}'
# shellcheck disable=SC2046
make $(yes -- '--ramdisk boot' | head -n 29)
cat vmlinuz
