# SPDX-License-Identifier: Apache-2.0
# The same kernel, built by another on another day: told by facts, and that its code is the same.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from kernels import Kernel, write
once = Kernel()
again = Kernel(builder="ci@runner", stamp="#2 SMP Fri Feb 13 23:31:30 UTC 2009", mtime=1234567890)
write("a.bz", once.bzimage())
write("b.bz", again.bzimage())
write("a.image", once.arm64())
write("b.image", again.arm64())
END
status "$HASHOSCOPE" a.bz b.bz
status "$HASHOSCOPE" a.image b.image
