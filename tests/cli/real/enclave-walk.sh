# SPDX-License-Identifier: Apache-2.0
# The walkthrough of docs/enclaves.md: what its commands print is what it says.
. "$HS_LIB"
need bash openssl
mkdir bin && ln -s "$HASHOSCOPE" bin/hashoscope
PATH=$PWD/bin:$PATH
export PATH
"$HS_PYTHON" "$HS_SOURCE/tests/cli/walk.py" "$HS_SOURCE/docs/enclaves.md" \
	'## From an image archive to verified PCRs'
