# SPDX-License-Identifier: Apache-2.0
# What there is to be said of one kernel.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" -c '
from kernels import Kernel, write
write("a.bz", Kernel().bzimage())
write("a.zboot", Kernel().zboot())'
"$HASHOSCOPE" inspect -v a.bz
"$HASHOSCOPE" inspect -v a.zboot
