# SPDX-License-Identifier: Apache-2.0
# Of two members of one name the first counts too, whatever else differs.
. "$HS_SOURCE/tests/cli/compare.sh"
python <<'PY'
from make import tar

for side, first, other in (("a", b"one\n", b"1\n"), ("b", b"two\n", b"2\n"), ("c", b"two\n", b"1\n")):
    tar(side + ".tar", ("f", first), ("f", b"the last one\n"), ("other", other))
tar("once.tar", ("f", b"the last one\n"), ("other", b"1\n"))
PY
differs 1 a.tar b.tar 'any(n["path"].startswith("f") and n["status"] == "content" for n in nodes)' \
	'"-one" in text and "+two" in text' 'lines("other") == ["-1", "+2"]'
differs 1 a.tar c.tar '"-one" in text and "+two" in text' 'summary["content"] <= 2'
differs 1 a.tar once.tar 'summary["only_a"] == 1'
finish
