# SPDX-License-Identifier: Apache-2.0
# What layers come to, as umoci unpacks them.
. "$HS_LIB"
need umoci

export PYTHONDONTWRITEBYTECODE=1
"$HS_PYTHON" "$HS_SOURCE/tests/cli/rootfs/umoci.py" "$HASHOSCOPE" 15
