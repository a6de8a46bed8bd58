# SPDX-License-Identifier: Apache-2.0
"""Images in pairs that differ in what a test says: `PYTHONPATH=$HS_SOURCE/tests/cli $HS_PYTHON`.

    oci("b.oci", time=1700000100, uname="builder")
    docker("b.tar", time=1700000100)

Keywords of Image say what is other than in the image that they make without any.
"""
import gzip
import hashlib
import io
import json
import tarfile
import time as clock

WHEN = 1700000000
GZIP, ZSTD, NONE = "+gzip", "+zstd", ""


def rfc3339(seconds):
    return clock.strftime("%Y-%m-%dT%H:%M:%SZ", clock.gmtime(seconds))


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


class Image:
    def __init__(self, time=WHEN, outer_time=WHEN, uname="root", reverse=False, form=tarfile.PAX_FORMAT,
                 dot="", type_bits=0, level=9, gzip_time=0, packed=GZIP, tag="app:1", steps=(), env="A=1",
                 motd=b"hello\n", mode=0o644, extra=None, indent=None, annotations=None, link="/bin/app", xattr=None):
        self.time, self.outer_time, self.uname, self.reverse, self.form = time, outer_time, uname, reverse, form
        self.dot, self.type_bits, self.level, self.gzip_time, self.packed = dot, type_bits, level, gzip_time, packed
        self.tag, self.steps, self.env, self.motd, self.mode = tag, steps, env, motd, mode
        self.extra, self.indent, self.annotations = extra, indent, annotations
        self.xattr = xattr
        self.layers = [self.layer([("bin", None), ("bin/app", bytes(range(256)) * 40),
                                   ("bin/sh", link)]),
                       self.layer([("etc", None), ("etc/hostname", b"box\n"), ("etc/motd", motd)]
                                  + ([extra] if extra else []))]

    def layer(self, files):
        """Content is bytes, the target of a symbolic link, or None for a folder."""
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=self.form) as t:
            for name, data in reversed(files) if self.reverse else files:
                head = tarfile.TarInfo(self.dot + name)
                head.mtime, head.uname, head.gname = self.time, self.uname, self.uname
                head.mode = (0o755 if data is None else self.mode if name == "etc/motd" else 0o644)
                head.type = tarfile.DIRTYPE if data is None else tarfile.REGTYPE
                if isinstance(data, str):
                    head.type, head.linkname, data = tarfile.SYMTYPE, data, b""
                if self.xattr and name == "etc/motd":
                    head.pax_headers = {"SCHILY.xattr." + key: value for key, value in self.xattr.items()}
                head.size = len(data or b"")
                at = t.offset
                t.addfile(head, io.BytesIO(data or b""))
                if self.type_bits:
                    self.set_type_bits(out, at, head.mode)
        return out.getvalue()

    def set_type_bits(self, out, at, mode):
        """In the mode of a header, as BuildKit writes them; `tarfile` does not."""
        head = bytearray(out.getvalue()[at:at + 512])
        head[100:108] = b"%07o\0" % (self.type_bits | mode)
        head[148:156] = b" " * 8
        head[148:156] = b"%06o\0 " % sum(head)
        out.seek(at)
        out.write(head)
        out.seek(0, io.SEEK_END)

    def pack(self, layer):
        if self.packed == NONE:
            return layer
        out = io.BytesIO()
        with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=self.level, mtime=self.gzip_time, filename="") as z:
            z.write(layer)
        return out.getvalue()

    def config(self):
        return self.document({
            "created": rfc3339(self.time), "architecture": "amd64", "os": "linux",
            "config": {"Env": self.env.split(), "Cmd": ["/bin/app"]},
            "rootfs": {"type": "layers", "diff_ids": [digest(layer) for layer in self.layers]},
            "history": [{"created": rfc3339(self.time), "created_by": "ADD app"},
                        {"created": rfc3339(self.time), "created_by": "ADD etc"},
                        *({"created": rfc3339(self.time), "created_by": step, "empty_layer": True}
                          for step in self.steps)],
        })

    def document(self, value):
        return json.dumps(value, indent=self.indent).encode()


def archive(path, files, image):
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as t:
        for name, data in sorted(files.items()):
            head = tarfile.TarInfo(name)
            head.mtime, head.size = image.outer_time, len(data)
            t.addfile(head, io.BytesIO(data))


def oci(path, **keywords):
    image = Image(**keywords)
    blobs = {}

    def blob(data, kind):
        blobs["blobs/sha256/" + digest(data)[7:]] = data
        return {"mediaType": "application/vnd.oci.image." + kind, "digest": digest(data), "size": len(data)}

    manifest = image.document({
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": blob(image.config(), "config.v1+json"),
        "layers": [blob(image.pack(layer), "layer.v1.tar" + image.packed) for layer in image.layers],
    })
    entry = blob(manifest, "manifest.v1+json")
    entry["annotations"] = image.annotations or {"org.opencontainers.image.ref.name": image.tag}
    index = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [entry]}
    archive(path, {"oci-layout": b'{"imageLayoutVersion": "1.0.0"}', "index.json": image.document(index), **blobs},
            image)


def docker(path, **keywords):
    image = Image(**keywords)
    config = image.config()
    files = {digest(config)[7:] + ".json": config}
    names = []
    for layer in image.layers:
        names.append(digest(layer)[7:] + ".tar")
        files[names[-1]] = layer
    files["manifest.json"] = image.document([{"Config": digest(config)[7:] + ".json", "RepoTags": [image.tag],
                                              "Layers": names}])
    name, tag = image.tag.split(":")
    files["repositories"] = image.document({name: {tag: names[-1][:64]}})
    archive(path, files, image)
