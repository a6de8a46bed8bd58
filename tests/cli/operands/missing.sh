# SPDX-License-Identifier: Apache-2.0
# A missing operand is 2, never 1, and its name is in the sentence.
. "$HS_LIB"
mkdir a
status "$HASHOSCOPE" a missing.tar
status "$HASHOSCOPE" missing.tar a
status "$HASHOSCOPE" inspect missing.tar
status "$HASHOSCOPE" ls missing.tar
status "$HASHOSCOPE" cat missing.tar x
status "$HASHOSCOPE" a "$(printf './x\033[31m\nred')"
