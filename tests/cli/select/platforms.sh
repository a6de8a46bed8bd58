# SPDX-License-Identifier: Apache-2.0
# One image of an index for several platforms, by platform, by name, by digest, in an archive, a
# compressed archive and a directory; nested one index deeper.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from layout import Layout
l = Layout()
images = [l.image("amd\n"), l.image("arm\n", "linux/arm64/v8"), l.image("old\n", "linux/arm/v6")]
l.tar("several.tar", [l.index(images, name="app:1")])
l.folder("several", images)
with open("digest", "w") as f:
    f.write(images[1]["digest"])
one = Layout()
one.tar("one.tar", [one.image("arm\n", "linux/arm64")])
one.tar("one-v8.tar", [one.image("arm\n", "linux/arm64/v8")])
one.tar("two.tar", [one.image("amd\n"), one.image("s390x\n", "linux/s390x")])
END
gzip -n < several.tar > several.tar.gz
show() {
	echo "\$ hashoscope $*"
	status "$HASHOSCOPE" "$@" 2>&1
}
nodes() {
	echo "\$ hashoscope $*"
	rm -f out.json
	status "$HASHOSCOPE" -q -o json=out.json "$@" 2>&1
	[ -e out.json ] || return
	"$HS_PYTHON" - <<'END'
import json
report = json.load(open("out.json"))
print(report["inputs"])
for note in report["nodes"][0]["notes"]:
    print(" ", note["side"], note["text"])
for node in report["nodes"]:
    print(" ", node.get("status"), node["path"])
END
}
for selector in linux/amd64 linux/arm64 linux/arm64/v8 linux/arm app:1@linux/arm64 \
	1@linux/amd64 "$(cat digest)" app:1/linux/arm64/v8 image[7]; do
	for file in several.tar several.tar.gz several; do
		"$HASHOSCOPE" cat "$file@$selector" 'layer[0]!motd' 2>&1
	done
done
show ls several.tar@linux/arm64
show ls several.tar@linux/arm64 'layer[0]'
show ls several.tar.gz@app:1
show ls several@app:1
show ls several@linux/s390x
show cat several@linux/arm64 ''
show cat several@linux/arm64 nothing
nodes several.tar@linux/arm64 one.tar
nodes several.tar@linux/arm64 several.tar@linux/amd64
nodes one.tar several@linux/arm64
show several.tar@linux/s390x one.tar
show one.tar several.tar@linux/s390x
show -o json=x.json several.tar@linux/s390x several.tar@1
nodes inspect several.tar@linux/arm64/v8
"$HASHOSCOPE" canonicalize --like ggcr several.tar@linux/arm64 2> log > one
"$HASHOSCOPE" canonicalize --like ggcr one-v8.tar 2> log | cmp - one
nodes several.tar@linux/arm64 two.tar
nodes two.tar several.tar@linux/arm64
show canonicalize --like ggcr several.tar@linux
show -o json=several.tar one.tar several.tar@linux/arm64
ls x.json 2>&1
