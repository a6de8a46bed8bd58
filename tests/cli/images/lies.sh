# SPDX-License-Identifier: Apache-2.0
# Each mismatch between parts of an image has its own word, on the node that it belongs to; the rest is
# compared all the same, and no lie takes long.
. "$HS_SOURCE/tests/cli/compare.sh"
"$HS_PYTHON" "$HS_SOURCE/tests/cli/images/lies.py" || failed=1
finish
