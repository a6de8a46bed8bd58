#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Images for the cases of this folder, made from words.

An image is OUT.tar=LAYER;LAYER: layers from the bottom, each of words with a
comma between them: "d/" a directory, "f=text" a file, "l>target" a symbolic
link, "h<target" a hard link. Each layer has a line in the history.
"""
import gzip
import hashlib
import io
import json
import os
import sys
import tarfile

OCI = "application/vnd.oci.image."


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def layer(words):
    """A tar of the words."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for word in words:
            mark = next((c for c in word if c in "=><"), None)
            name, _, rest = word.partition(mark) if mark else (word, "", "")
            item = tarfile.TarInfo(name.rstrip("/") if name != "./" else ".")
            item.mtime = 1000000000
            data = b""
            if mark == ">":
                item.type, item.linkname = tarfile.SYMTYPE, rest
            elif mark == "<":
                item.type, item.linkname = tarfile.LNKTYPE, rest
            elif word.endswith("/"):
                item.type, item.mode = tarfile.DIRTYPE, 0o755
            else:
                data = rest.encode()
            item.size = len(data)
            tar.addfile(item, io.BytesIO(data))
    return out.getvalue()


def documents(layers, blobs):
    """Puts all blobs of the image of these layers; gives its index."""

    def put(kind, data):
        blobs[sha256(data)] = data
        return {"mediaType": OCI + kind, "digest": "sha256:" + sha256(data), "size": len(data)}

    packed = [put("layer.v1.tar+gzip", gzip.compress(x, mtime=0)) for x in layers]
    config = {
        "os": "linux",
        "architecture": "amd64",
        "config": {},
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + sha256(x) for x in layers]},
        "history": [{"created_by": f"step {i}"} for i in range(len(layers))],
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": OCI + "manifest.v1+json",
        "config": put("config.v1+json", json.dumps(config).encode()),
        "layers": packed,
    }
    named = put("manifest.v1+json", json.dumps(manifest).encode())
    named["annotations"] = {"org.opencontainers.image.ref.name": "latest"}
    return json.dumps({"schemaVersion": 2, "manifests": [named]}).encode()


def files(layers):
    """Name and content of each file of the layout."""
    blobs = {}
    index = documents(layers, blobs)
    out = {"oci-layout": b'{"imageLayoutVersion":"1.0.0"}', "index.json": index}
    out.update({f"blobs/sha256/{k}": blobs[k] for k in sorted(blobs)})
    return out


def write_archive(path, layers):
    with tarfile.open(path, "w") as tar:
        for name, data in files(layers).items():
            item = tarfile.TarInfo(name)
            item.size = len(data)
            tar.addfile(item, io.BytesIO(data))


def write_layout(path, layers):
    for name, data in files(layers).items():
        os.makedirs(os.path.dirname(os.path.join(path, name)) or path, exist_ok=True)
        with open(os.path.join(path, name), "wb") as out:
            out.write(data)


def main():
    for arg in sys.argv[1:]:
        path, _, text = arg.partition("=")
        write_archive(path, [layer([w for w in x.split(",") if w]) for x in text.split(";")])


if __name__ == "__main__":
    main()
