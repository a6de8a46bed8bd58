# SPDX-License-Identifier: Apache-2.0
# What an "@" is: a file of that name comes first, then the last "@" that has a file before it; and
# what skopeo calls files by.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from layout import Layout
for name in ("a@v1", "a", "a@b"):
    l = Layout()
    l.tar(name, [l.image(f"{name} v1\n", name="v1"), l.image(f"{name} v2\n", name="v2")])
l.folder("d:1", [l.image("d\n", name="d:2")])
END
get() {
	echo "$1: $("$HASHOSCOPE" cat "$1" 'layer[0]!motd' 2>&1)"
}
get a@v1
get a@v2
get ./a@v2
get a@b@v1
get a@b@v2
get a@v1@v2
get a@v3
get a@
get b@v1
get oci-archive:a:v2
get oci-archive:a@v2
get oci-archive:a:v2@linux/amd64
get docker-archive:a@b:v2
get oci:d:1
get oci:d:1:2
get oci:d:1:d:2
get dir:d:1
get oci:missing:v1
get oci-archive:a:v3
echo "$("$HASHOSCOPE" cat -- -@v2 'layer[0]!motd' < a)"
echo text > text
"$HASHOSCOPE" ls text@v1
"$HASHOSCOPE" ls text@v1 2>&1 | grep -c 'no image archive'
"$HASHOSCOPE" a@v2 a@v2
