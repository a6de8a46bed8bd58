# SPDX-License-Identifier: Apache-2.0
# Without a selector the images of two archives are paired by name and platform.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from layout import Layout
def make(path, *images):
    l = Layout()
    l.tar(path, [l.image(*image) for image in images])
make("one.tar", ("arm\n", "linux/arm64"))
make("several.tar", ("amd\n", "linux/amd64"), ("arm, again\n", "linux/arm64"))
make("tags-1.tar", ("one\n", "linux/amd64", "app:1"), ("two\n", "linux/amd64", "app:2"))
make("tags-2.tar", ("two\n", "linux/amd64", "docker.io/library/app:2"),
     ("three\n", "linux/amd64", "docker.io/library/app:3"))
l = Layout()
l.tar("nested.tar", [l.index([l.image("arm\n", "linux/arm64")])])
END
for pair in "one.tar several.tar" "several.tar one.tar" "tags-1.tar tags-2.tar" \
	"one.tar nested.tar"; do
	echo "$ hashoscope $pair"
	# shellcheck disable=SC2086
	status "$HASHOSCOPE" -q -o json=out.json $pair
	"$HS_PYTHON" - <<'END'
import json
report = json.load(open("out.json"))
for note in report["nodes"][0]["notes"]:
    print(" ", note["text"])
for node in report["nodes"]:
    print(" ", node["status"], node["path"])
END
done
