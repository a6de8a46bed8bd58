# SPDX-License-Identifier: Apache-2.0
# What skopeo is asked for, and what it leaves is read and taken away.
. "$HS_LIB"
. "$HS_SOURCE/tests/cli/skopeo.sh"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
import os
from layout import Layout
l = Layout()
image = l.image("motd\n", "linux/arm64")
l.tar("one.tar", [image])
os.mkdir("dir")
for name, data in l.blobs.items():
    name = "manifest.json" if name == image["digest"] else name[7:]
    open("dir/" + name, "wb").write(data)
open("dir/version", "w").write("Directory Transport Version: 1.1\n")
END
export FROM="$PWD/dir" LOG="$PWD/log"
fake_skopeo <<'END'
echo "$*" | sed "s|$TMPDIR/hashoscope-[0-9a-f]*|TMP|g" >> "$LOG"
for to; do :; done
to=${to#dir:}
stat -c %a "${to%/*}" >> "$LOG"
cp -r "$FROM" "$to"
echo noise
echo noise >&2
END
for ref in docker://r.example/app:1 docker://app@linux/arm64/v8 docker://r.example:5000/app@linux/arm64 \
	docker://app@sha256:0123 docker-daemon:app:1 containers-storage:app:1@linux/arm64 \
	'containers-storage:[vfs@/a/b+/c/d]app:1' 'docker://app; echo x'; do
	"$HASHOSCOPE" cat "$ref" 'layer[0]!motd'
done
cat log
left
status "$HASHOSCOPE" docker://app:1 one.tar
status "$HASHOSCOPE" docker://app:1 docker://app@linux/arm64
status "$HASHOSCOPE" ls docker://app@linux/amd64
"$HASHOSCOPE" inspect -o json docker-daemon:app:1 | "$HS_PYTHON" -c '
import json, sys
x = json.load(sys.stdin)["inputs"]["a"]
print(x["name"], x["type"], x["size"], x["sha256"])'
left
mkdir docker-daemon:x
status "$HASHOSCOPE" ls docker-daemon:x
