# SPDX-License-Identifier: Apache-2.0
# The whole help of one verb, defaults included.
"$HASHOSCOPE" diff --help
