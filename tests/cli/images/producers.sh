# SPDX-License-Identifier: Apache-2.0
# Two builds of one image by every tool that writes image archives, and whatever way they write them:
# the one file that differs is all that differs in a layer, nothing looks moved, nothing is damage.
. "$HS_SOURCE/tests/cli/compare.sh"
python <<'PY'
from images import PRODUCERS
from make import tar

for make in PRODUCERS:
    for side, text in (("a", "hello\n"), ("b", "goodbye\n")):
        tar(f"{side}-{make.__name__}.tar", *make(text))
with open("names", "w", encoding="ascii") as f:
    f.writelines(make.__name__ + "\n" for make in PRODUCERS)
PY
while read -r name; do
	differs 1 "a-$name.tar" "b-$name.tar" 'result["complete"]' \
		'lines("layer[1]!etc/motd") == ["-hello", "+goodbye"]' \
		'not any("etc/passwd" in n["path"] for n in nodes)' \
		'not any(n["status"] in ("moved", "only-a", "only-b") for n in nodes if "blobs/" not in n["path"])' \
		'not any("blobs/" in n["path"] and n["type"] == "file" for n in nodes if "untagged" not in inputs["a"]["name"])' \
		'"format" not in fields("")'
done <names
# One archive compressed as a whole is the image that it wraps.
need gzip xz zstd
for pair in docker_old:gzip buildx:zstd kaniko:xz; do
	name=${pair%:*} tool=${pair#*:}
	"$tool" -c "b-$name.tar" >"b-$name.packed"
	differs 1 "a-$name.tar" "b-$name.packed" '"compression" in codes()' \
		'lines("layer[1]!etc/motd") == ["-hello", "+goodbye"]'
done
finish
