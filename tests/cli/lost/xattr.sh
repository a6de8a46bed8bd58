# SPDX-License-Identifier: Apache-2.0
# A changed extended attribute and a changed capability show, beside another change in the archive.
. "$HS_SOURCE/tests/cli/compare.sh"
python <<'PY'
from make import info, tar

def pack(path, user, capability, text):
    tar(path,
        (info("bin/ping", pax_headers={"SCHILY.xattr.security.capability": capability}), b"ELF"),
        (info("etc/note", pax_headers={"SCHILY.xattr.user.origin": user}), b"note\n"),
        ("etc/other", text))

# VFS_CAP_REVISION_2, effective; cap_net_raw (bit 13) and cap_net_bind_service (bit 10) permitted.
raw, bind = ("\1\0\0\2\0" + bits + "\0\0\0\0\0\0\0\0\0\0\0\0\0\0" for bits in (" ", "\4"))
pack("a.tar", "x", raw, b"1\n")
pack("b.tar", "y", raw, b"2\n")
pack("c.tar", "x", bind, b"2\n")
PY
differs 1 a.tar b.tar 'field("etc/note", "xattr user.origin") == ("x", "y")' \
	'status("etc/note") == "metadata"' 'lines("etc/other") == ["-1", "+2"]'
differs 1 a.tar c.tar 'status("bin/ping") == "metadata"' \
	'"cap_net_raw" in field("bin/ping", "xattr security.capability")[0]' \
	'"cap_net_bind_service" in field("bin/ping", "xattr security.capability")[1]' \
	'status("etc/other") == "content"'
finish
