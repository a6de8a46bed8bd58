# SPDX-License-Identifier: Apache-2.0
# The real skopeo: an image of containers-storage, which keeps its ID.
. "$HS_LIB"
need skopeo
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from layout import Layout
l = Layout()
l.tar("one.tar", [l.image("motd\n")])
END
cat > storage.conf <<END
[storage]
driver = "vfs"
graphroot = "$PWD/graph"
runroot = "$PWD/run"
END
export CONTAINERS_STORAGE_CONF="$PWD/storage.conf"
echo '{"default":[{"type":"insecureAcceptAnything"}]}' > policy.json
skopeo --policy policy.json copy -q oci-archive:one.tar containers-storage:localhost/app:1 \
	> log 2>&1 || skip "skopeo has no containers-storage here: $(tail -n 1 log)"
mkdir -p .config/containers
cp policy.json .config/containers
"$HASHOSCOPE" ls containers-storage:localhost/app:1
status "$HASHOSCOPE" -q containers-storage:localhost/app:1 containers-storage:localhost/app:1
status "$HASHOSCOPE" -q -o json=out.json containers-storage:localhost/app:1 one.tar
"$HS_PYTHON" - <<'END'
import json
for node in json.load(open("out.json"))["nodes"]:
    print(node["status"], node["path"])
END
status "$HASHOSCOPE" ls containers-storage:localhost/app:1@linux/arm64
status "$HASHOSCOPE" ls containers-storage:localhost/app:1@linux/amd64
ls -A "$TMPDIR"
