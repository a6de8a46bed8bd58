#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# clang-tidy with .clang-tidy over all of src; minutes long, so only scripts/test --all asks for it.
set -eu
[ -n "${HS_LONG:-}" ] || { echo 'skipped: set HS_LONG=1 (scripts/test --all)'; exit 77; }
command -v clang-tidy >/dev/null || { echo 'skipped: no clang-tidy'; exit 77; }
[ -f "$HS_BUILD/compile_commands.json" ] || { echo 'skipped: no compile_commands.json'; exit 77; }
find src -name '*.c' -print0 | sort -z | xargs -0 -n 4 -P 2 clang-tidy --quiet -p "$HS_BUILD"
echo 'clang-tidy has nothing to say'
