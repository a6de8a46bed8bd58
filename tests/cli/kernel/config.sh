# SPDX-License-Identifier: Apache-2.0
# What was configured, as lines of text; whatever the kernel is wrapped in.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from kernels import Kernel, write
a = Kernel(config="CONFIG_64BIT=y\nCONFIG_MODULES=y\n")
b = Kernel(config="CONFIG_64BIT=y\n# CONFIG_MODULES is not set\n")
write("a.bz", a.bzimage())
write("b.bz", b.bzimage())
write("b.xz", b.bzimage("xz"))
write("a.zboot", a.zboot())
END
status "$HASHOSCOPE" cat a.bz vmlinux!config
status "$HASHOSCOPE" cat b.xz vmlinux!config
status "$HASHOSCOPE" cat a.zboot image!config
status "$HASHOSCOPE" ls a.bz
"$HASHOSCOPE" a.bz b.bz | sed -n '/config/,/is not set/p'
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" -c '
from kernels import Kernel, write
write("c.bz", Kernel().bzimage())
write("c.xz", Kernel().bzimage("xz"))'
"$HASHOSCOPE" c.bz c.xz | grep -A 4 'vmlinux' | sed '/stored size/d'
