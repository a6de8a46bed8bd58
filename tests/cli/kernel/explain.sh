# SPDX-License-Identifier: Apache-2.0
# Why PCR1 differs, where it is the kernel: what it says of its build, and what else there is.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from kernels import Kernel, newc, write
other = {"stamp": "#2 SMP Fri Feb 13 23:31:30 UTC 2009", "mtime": 1234567890}
kernels = {
    "first": Kernel().bzimage(),
    "rebuilt": Kernel(**other).bzimage(),
    "patched": Kernel(code=b"other code").bzimage(),
    "both": Kernel(code=b"other code", **other).bzimage(),
    "configured": Kernel(config="CONFIG_64BIT=n\n").bzimage(),
    "updated": Kernel(release="6.1.1").bzimage(),
    "image": Kernel(**other).arm64(),
    "unknown": b"no kernel",
}
for name, data in kernels.items():
    write(name, data)
write("ramdisk", newc("init") + newc("TRAILER!!!"))
END
printf 'reboot=k' >cmdline
for kernel in first rebuilt patched both configured updated image unknown; do
	"$HASHOSCOPE" eif assemble --kernel $kernel --cmdline cmdline --ramdisk ramdisk --name x \
		--arch x86_64 --output $kernel.eif >out 2>&1 || cat out
done
for kernel in first rebuilt patched both configured updated image unknown; do
	echo "== $kernel"
	"$HASHOSCOPE" explain first.eif $kernel.eif PCR1 | sed -n 1p
done
