# SPDX-License-Identifier: Apache-2.0
# A byte of the code, of the decompressor, and behind the end: each has its place.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from kernels import Kernel, write
a = Kernel().bzimage()
write("a.bz", a)
write("code.bz", Kernel(code=b"code of us").bzimage())
write("stub.bz", a.replace(b"more of it", b"more of us"))
write("behind.bz", a + b"behind")
write("cut.bz", a[:-16])
END
for other in code stub behind cut; do
	status "$HASHOSCOPE" --color never a.bz $other.bz
done
