#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every C file stands as .clang-format wants it.
set -eu
command -v clang-format >/dev/null || { echo 'skipped: no clang-format'; exit 77; }
out=$(find src tests -name '*.[ch]' -exec clang-format --dry-run {} + 2>&1 |
	sed -n 's/^\([^: ]*\):\([0-9]*\):.*code should be clang-formatted.*/\1:\2/p' | uniq)
[ -z "$out" ] || { echo 'run clang-format -i on:'; echo "$out"; exit 1; }
echo 'formatted'
