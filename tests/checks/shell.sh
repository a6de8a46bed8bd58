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
grep -v '^tests/cli/' "$list" | xargs shellcheck --severity=style
# Cases have no first line that names a shell, and source what is found only when they run.
grep '^tests/cli/' "$list" | xargs shellcheck -s sh --severity=warning -e SC1090,SC1091
echo "$(wc -l <"$list") scripts are clean"
