# SPDX-License-Identifier: Apache-2.0
# Every example of the manual page runs and ends as it should.
. "$HS_LIB"
mkdir bin build-1 build-2
ln -s "$HASHOSCOPE" bin/hashoscope
printf '#!/bin/sh\ncat app-2.tar\n' >bin/curl
chmod 755 bin/curl
PATH=$PWD/bin:$PATH
echo one >build-1/x
echo one >build-2/x
touch -d @1000 build-1 build-2 build-1/x build-2/x
"$HS_PYTHON" - <<'END'
import hashlib, io, json, os, re, tarfile
def add(t, name, data):
    info = tarfile.TarInfo(name)
    info.size = len(data)
    t.addfile(info, io.BytesIO(data))
def tar(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as t:
        for name, data in members:
            add(t, name, data)
    return out.getvalue()
for n in "12":
    layer = tar([("etc/motd", b"motd " + n.encode() + b"\n")])
    config = json.dumps({"os": "linux", "architecture": "amd64", "rootfs": {
        "type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer).hexdigest()]}}).encode()
    name = hashlib.sha256(config).hexdigest() + ".json"
    manifest = [{"Config": name, "RepoTags": None, "Layers": ["layer.tar"]}]
    with open(f"app-{n}.tar", "wb") as f:
        f.write(tar([("manifest.json", json.dumps(manifest).encode()), (name, config),
                     ("layer.tar", layer)]))
page = open(os.environ["HS_SOURCE"] + "/docs/hashoscope.1").read()
page = page[page.index(".Sh EXAMPLES"):page.index(".Sh STABILITY")]
blocks = re.findall(r"^\.Bd -literal.*?\n(.*?)^\.Ed", page, re.M | re.S)
for i, block in enumerate(blocks):
    with open(f"example-{i}.sh", "w") as f:
        f.write(block.replace("\\-", "-").replace("\\e", "\\"))
END
for example in example-*.sh; do
	echo "# $example"
	sh "$example" >out.txt
	echo "exit $?"
	[ -s out.txt ] || echo "nothing is printed"
done
[ -s report.json ] && echo "report.json is there"
