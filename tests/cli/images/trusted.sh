# SPDX-License-Identifier: Apache-2.0
# --trust-digests: what documents vouch for is not read, so that a lie passes; the report says so.
. "$HS_SOURCE/tests/cli/compare.sh"
python <<'PY'
import os
from images import *
from make import WHEN, tar

layers = layers_of("x\n")
for side in "ab":
    o = Layout()
    image = o.image(layers, config=config_of(layers, author=side))
    if side == "b":
        o.blobs["blobs/" + sha256(layers[0]).replace(":", "/")] = bytes(len(layers[0]))
    tar(side + ".tar", *o.members([image]))
    directory(side, o.members([image]))
os.makedirs("linked")
for folder, _, files in os.walk("a"):
    for name in files:
        path = os.path.join(folder, name)
        os.makedirs("linked" + folder[1:], exist_ok=True)
        os.link(path, "linked" + path[1:])
for folder in ("a", "b", "linked"):
    for path, _, files in os.walk(folder, topdown=False):
        for name in [*files, "."]:
            os.utime(os.path.join(path, name), (WHEN, WHEN))
PY
differs 3 a.tar b.tar 'codes("layer[0]") >= {"digest-mismatch", "diff-id-mismatch"}' \
	'"trusted" not in codes()'
for suffix in .tar ""; do
	differs --also --trust-digests 1 a$suffix b$suffix '"trusted" in codes("")' \
		'not all("layer[0]")' 'status("config") == "content"'
done
differs 0 a linked 'summary["entries"] > 0'
finish
