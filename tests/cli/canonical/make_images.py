# SPDX-License-Identifier: Apache-2.0
"""Small docker-archives: `PYTHONPATH=$HS_SOURCE/tests/cli $HS_PYTHON make_images.py [LAYER]`.

With a layer, kept.tar alone, of that layer compressed.
"""
import gzip
import hashlib
import json
import sys

import make


def image(path, layers, more="", history=True, packed=False):
    ids = ["sha256:" + hashlib.sha256(data).hexdigest() for data in layers]
    entries = ",".join("{}" for _ in layers)
    config = '{%s"os":"linux","architecture":"amd64",%s"rootfs":{"type":"layers","diff_ids":%s}}' % (
        more, '"history":[%s],' % entries if history else "", json.dumps(ids))
    names = ["%d/layer.tar" % i for i in range(len(layers))]
    manifest = [{"Config": "config.json", "RepoTags": ["app:1"], "Layers": names}]
    make.tar(path, *[(n, gzip.compress(d, mtime=0) if packed else d)
                     for n, d in zip(names, layers)],
             ("config.json", config.encode()), ("manifest.json", json.dumps(manifest).encode()))


def layer(name, *members, **more):
    make.tar(name, *members, **more)
    with open(name, "rb") as f:
        return f.read()


if len(sys.argv) > 1:
    with open(sys.argv[1], "rb") as f:
        image("kept.tar", [f.read()], packed=True)
    sys.exit()
one = layer("one.tar", ("etc/motd", b"hello\n"))
two = layer("two.tar", ("bin/app", bytes(range(256)) * 40), ("etc/motd", b"bye\n"))
trailing = layer("trailing.tar", ("etc/motd", b"hello\n"), after=b"more")
image("app.tar", [one, two], '"author":"me",')
image("packed.tar", [one, two], packed=True)
image("trailing-image.tar", [trailing])
image("no-history.tar", [one], history=False)
image("dropped.tar", [one, two], '"history":[{},{"empty_layer":true}],', history=False)
