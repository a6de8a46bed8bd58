# SPDX-License-Identifier: Apache-2.0
# The completion is what zsh can read.
. "$HS_LIB"
need zsh
zsh -n "$HS_SOURCE/completions/_hashoscope"
