# SPDX-License-Identifier: Apache-2.0
# A hard link compares as what it points to, and where it points to is told.
. "$HS_SOURCE/tests/cli/compare.sh"
python <<'PY'
import tarfile
from make import info, tar

def link(name, target):
    return info(name, kind=tarfile.LNKTYPE, linkname=target), b""

tar("link.tar", ("x", b"one\n"), ("y", b"two\n"), link("z", "x"), ("other", b"1\n"))
tar("elsewhere.tar", ("x", b"one\n"), ("y", b"two\n"), link("z", "y"), ("other", b"2\n"))
tar("copy.tar", ("x", b"one\n"), ("y", b"two\n"), ("z", b"one\n"), ("other", b"1\n"))
tar("changed.tar", ("x", b"1\n"), ("y", b"two\n"), link("z", "x"), ("other", b"1\n"))
PY
differs 1 link.tar elsewhere.tar 'status("z") == "content"' 'lines("z") == ["-one", "+two"]' \
	'field("z", "link target") == ("x", "y")' 'lines("other") == ["-1", "+2"]'
differs 1 link.tar copy.tar 'status("z") == "metadata"' 'field("z", "type") == ("hardlink", "file")' \
	'summary["content"] <= 1'
# The content of the link that is a copy on the other side differs as the file does.
differs 1 changed.tar copy.tar 'lines("z") == ["-1", "+one"]' 'lines("x") == ["-1", "+one"]'
finish
