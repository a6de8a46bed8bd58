# SPDX-License-Identifier: Apache-2.0
# The version, then each library in use.
"$HASHOSCOPE" --version
