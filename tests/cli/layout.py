# SPDX-License-Identifier: Apache-2.0
"""OCI layouts made by hand: `PYTHONPATH=$HS_SOURCE/tests/cli $HS_PYTHON`."""
import hashlib
import io
import json
import os
import tarfile

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar"


def dumps(value):
    return json.dumps(value, separators=(",", ":")).encode()


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


class Layout:
    def __init__(self):
        self.blobs = {}

    def blob(self, kind, data, **more):
        """Adds a blob; gives its descriptor."""
        self.blobs[digest(data)] = data
        return {"mediaType": kind, "digest": digest(data), "size": len(data), **more}

    def image(self, text, platform="linux/amd64", name=None, kinds=(MANIFEST, CONFIG, LAYER)):
        """An image of one layer that holds "motd"; gives its descriptor. The layer is not
        compressed: that would be other bytes with another zlib."""
        layer = io.BytesIO()
        with tarfile.open(fileobj=layer, mode="w") as t:
            head = tarfile.TarInfo("motd")
            head.size = len(text)
            t.addfile(head, io.BytesIO(text.encode()))
        parts = dict(zip(("os", "architecture", "variant"), platform.split("/")))
        config = self.blob(kinds[1], dumps({
            **parts, "rootfs": {"type": "layers", "diff_ids": [digest(layer.getvalue())]},
            "history": [{"created_by": "test"}]}))
        stored = self.blob(kinds[2], layer.getvalue())
        more = {"annotations": {"org.opencontainers.image.ref.name": name}} if name else {}
        return self.blob(kinds[0], dumps({
            "schemaVersion": 2, "mediaType": kinds[0], "config": config, "layers": [stored]}),
            platform=parts, **more)

    def index(self, manifests, kind=INDEX, name=None):
        """An index as a blob; gives its descriptor."""
        more = {"annotations": {"org.opencontainers.image.ref.name": name}} if name else {}
        return self.blob(kind, dumps({
            "schemaVersion": 2, "mediaType": kind, "manifests": manifests}), **more)

    def files(self, manifests):
        yield "oci-layout", b'{"imageLayoutVersion":"1.0.0"}'
        yield "index.json", dumps({"schemaVersion": 2, "manifests": manifests})
        for name in sorted(self.blobs):
            yield "blobs/" + name.replace(":", "/"), self.blobs[name]

    def tar(self, path, manifests):
        with tarfile.open(path, "w") as t:
            for name, data in self.files(manifests):
                head = tarfile.TarInfo(name)
                head.size = len(data)
                t.addfile(head, io.BytesIO(data))

    def folder(self, path, manifests):
        for name, data in self.files(manifests):
            file = os.path.join(path, name)
            os.makedirs(os.path.dirname(file), exist_ok=True)
            with open(file, "wb") as f:
                f.write(data)
