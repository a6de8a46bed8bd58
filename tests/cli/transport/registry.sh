# SPDX-License-Identifier: Apache-2.0
# The real skopeo and a registry on this machine: digests are those of the registry, a platform is
# chosen, and what is not there is said.
. "$HS_LIB"
need skopeo
PYTHONPATH=$HS_SOURCE/tests/cli:$HS_CASE "$HS_PYTHON" - <<'END'
import os, platform, re, subprocess
from layout import Layout
from registry import Registry
DOCKER = ["application/vnd.docker." + kind for kind in (
    "distribution.manifest.v2+json", "container.image.v1+json", "image.rootfs.diff.tar")]
LIST = "application/vnd.docker.distribution.manifest.list.v2+json"
this = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
l = Layout()
images = [l.image("this\n", "linux/" + this, kinds=DOCKER),
          l.image("other\n", "linux/s390x", kinds=DOCKER), l.image("oci\n", "linux/" + this)]
tags = {"list": l.index(images[:2], LIST)["digest"], "oci": images[2]["digest"]}
l.tar("all.tar", images[:2])
r = Registry(tags, l.blobs)
host = f"127.0.0.1:{r.server_address[1]}"
os.makedirs(".config/containers")
with open(".config/containers/registries.conf", "w") as f:
    f.write(f'[[registry]]\nlocation = "{host}"\ninsecure = true\n')
with open(".config/containers/policy.json", "w") as f:
    f.write('{"default":[{"type":"insecureAcceptAnything"}]}')
def run(*words):
    words = [w.replace("HOST", "docker://" + host) for w in words]
    p = subprocess.run([os.environ["HASHOSCOPE"], *words], capture_output=True)
    text = (p.stdout + p.stderr).decode().replace(host, "HOST").replace(this, "THIS")
    text = re.sub("(skopeo failed with status 1): .*", r"\1", text)
    print("$", *(w.replace(host, "HOST") for w in words), "->", p.returncode)
    print(text, end="")
run("cat", "HOST/app:list", "layer[0]!motd")
run("cat", "HOST/app:list@linux/s390x", "layer[0]!motd")
run("cat", "HOST/app:oci", "layer[0]!motd")
run("cat", "HOST/app@" + images[1]["digest"], "layer[0]!motd")
run("-q", "HOST/app:list@linux/s390x", "all.tar@linux/s390x")
run("-q", "HOST/app:list", "HOST/app:list@linux/s390x")
run("ls", "HOST/app:none")
run("ls", "HOST/app:list@linux/arm/v5")
print(os.listdir(os.environ["TMPDIR"]))
END
