# SPDX-License-Identifier: Apache-2.0
# A member of one side only is shown with its content.
. "$HS_SOURCE/tests/cli/compare.sh"
python <<'PY'
from make import tar

tar("a.tar", ("f", b"f\n"), ("gone", b"what was in it\n"))
tar("b.tar", ("f", b"f\n"), ("extra", b"something else entirely, 123\n"),
    ("another", b"and one more\n"))
PY
differs 1 a.tar b.tar 'status("gone") == "only-a"' 'status("extra") == "only-b"' \
	'status("another") == "only-b"' 'lines("gone") == ["-what was in it"]' 'lines("extra") == ["+something else entirely, 123"]' \
	'"what was in it" in text' 'summary["identical"] >= 1'
finish
