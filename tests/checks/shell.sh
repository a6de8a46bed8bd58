#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every shell script pleases shellcheck: those found by name, or by their first line.
set -eu
command -v shellcheck >/dev/null || { echo 'skipped: no shellcheck'; exit 77; }
list=$(mktemp)
trap 'rm -f "$list"' EXIT
{
	find scripts .ci tests completions -name '*.sh' 2>/dev/null
	find scripts .ci -type f -exec awk 'FNR == 1 && /^#!.*sh$/ { print FILENAME }' {} +
} | sort -u >"$list"
xargs shellcheck --severity=style <"$list"
echo "$(wc -l <"$list") scripts are clean"
