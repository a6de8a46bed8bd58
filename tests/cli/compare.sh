# SPDX-License-Identifier: Apache-2.0
# For cases that say what a report holds rather than how it reads: `. "$HS_SOURCE/tests/cli/compare.sh"`.
. "$HS_LIB"

export PYTHONPATH="$HS_SOURCE/tests/cli" PYTHONDONTWRITEBYTECODE=1

# differs [OPTION]... STATUS A B [EXPRESSION...]: see report.py. A case goes on after a failure.
differs() {
	"$HS_PYTHON" "$HS_SOURCE/tests/cli/report.py" "$@" || failed=1
}

# python: runs the script on standard input, which may import make.py.
python() {
	"$HS_PYTHON" - || exit 1
}

# Ends a case.
finish() {
	exit "${failed:-0}"
}
