# SPDX-License-Identifier: Apache-2.0
"""Image archives as the tools of the world write them: each function gives the members of one.

An image has two layers, of which the upper one's etc/motd is what two builds differ in."""
import gzip
import hashlib
import io
import json
import os
import tarfile

from make import info

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar"
DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip"


def sha256(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def dump(value, end=""):
    return (json.dumps(value, separators=(",", ":")) + end).encode()


def layer(*files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as t:
        for name, data in files:
            t.addfile(info(name, len(data)), io.BytesIO(data))
    return out.getvalue()


def layers_of(text):
    return [layer(("bin/sh", b"shell"), ("etc/passwd", b"root")), layer(("etc/motd", text.encode()))]


def config_of(layers, arch="amd64", **more):
    return dump({"architecture": arch, "os": "linux", "config": {"Env": ["PATH=/bin"]},
                 "rootfs": {"type": "layers", "diff_ids": [sha256(x) for x in layers]},
                 "history": [{"created_by": f"step {i}"} for i in range(len(layers))], **more})


def pack(data):
    return gzip.compress(data, 6, mtime=0)


def symlink(name, target):
    return info(name, kind=tarfile.SYMTYPE, linkname=target, mode=0o777), b""


class Layout:
    """An OCI layout: blobs by name, and index.json."""

    def __init__(self):
        self.blobs = {}

    def blob(self, content, media_type, algorithm="sha256", **more):
        digest = algorithm + ":" + hashlib.new(algorithm, content).hexdigest()
        self.blobs["blobs/" + digest.replace(":", "/")] = content
        return {"mediaType": media_type, "digest": digest, "size": len(content), **more}

    def image(self, layers, packed=None, types=None, config=None, **more):
        """The descriptor of a manifest; `more` goes into it."""
        packed = packed or layers
        types = types or [LAYER] * len(layers)
        manifest = {"schemaVersion": 2, "mediaType": MANIFEST,
                    "config": self.blob(config or config_of(layers), CONFIG),
                    "layers": [self.blob(p, t) for p, t in zip(packed, types)]}
        return self.blob(dump(manifest), MANIFEST, **more)

    def members(self, manifests, **more):
        index = {"schemaVersion": 2, "mediaType": INDEX, "manifests": manifests, **more}
        return [*sorted(self.blobs.items()), ("index.json", dump(index)),
                ("oci-layout", dump({"imageLayoutVersion": "1.0.0"}))]


def platform(arch):
    return {"os": "linux", "architecture": arch}


# ---- Producers ----

def v1_json(i, parent, **more):
    out = {"id": i, "created": "1970-01-01T00:00:00Z", "os": "linux", **more}
    return dump({**out, "parent": parent} if parent else out)


def docker_old(text):
    """docker save before 25: a folder for each layer, the repeated one a link."""
    layers = layers_of(text)
    layers.append(layers[0])
    ids = [hashlib.sha256(text.encode() + bytes([i])).hexdigest() for i in range(3)]
    config = config_of(layers)
    name = sha256(config)[7:] + ".json"
    out = [(name, config)]
    for i, (v1, data) in enumerate(zip(ids, layers)):
        out += [(info(v1 + "/", kind=tarfile.DIRTYPE), b""), (v1 + "/VERSION", b"1.0"),
                (v1 + "/json", v1_json(v1, ids[i - 1] if i else None)),
                (v1 + "/layer.tar", data) if i < 2 else symlink(v1 + "/layer.tar", f"../{ids[0]}/layer.tar")]
    item = {"Config": name, "RepoTags": ["x:y"], "Layers": [v1 + "/layer.tar" for v1 in ids],
            "Parent": "sha256:" + "0" * 64}
    return [*out, ("manifest.json", dump([item], "\n")), ("repositories", dump({"x": {"y": ids[2]}}, "\n"))]


def docker_25(text, tagged=True):
    """docker save since 25 with a graph driver: an OCI layout, manifest.json and V1 JSON as blobs."""
    layers, o = layers_of(text), Layout()
    config = config_of(layers)
    manifest = o.image(layers, config=config, annotations={
        "io.containerd.image.name": "docker.io/library/x:y", "org.opencontainers.image.ref.name": "y"})
    ids = [hashlib.sha256(text.encode() + bytes([i])).hexdigest() for i in range(2)]
    for i, v1 in enumerate(ids):
        o.blob(v1_json(v1, ids[0] if i else None), "")
    item = {"Config": "blobs/sha256/" + sha256(config)[7:], "RepoTags": ["x:y"] if tagged else None,
            "Layers": ["blobs/sha256/" + sha256(x)[7:] for x in layers],
            "LayerSources": {sha256(x): {"mediaType": LAYER, "size": len(x), "digest": sha256(x)}
                             for x in layers}}
    return [*o.members([manifest] if tagged else None), ("manifest.json", dump([item], "\n")),
            ("repositories", b"{}\n")]


def docker_25_untagged(text):
    return docker_25(text, tagged=False)


def containerd(text):
    """docker save with containerd's store: a nested index, attestations, another platform's blobs absent."""
    layers, o, absent = layers_of(text), Layout(), Layout()
    packed, types = [pack(x) for x in layers], [LAYER + "+gzip"] * 2
    here = o.image(layers, packed, types, platform=platform("amd64"))
    there = absent.image([layer(("x", b"arm"))], config=config_of([layer(("x", b"arm"))], "arm64"),
                         platform=platform("arm64"))
    said = attestation(o, here, text)
    index = o.blob(dump({"schemaVersion": 2, "mediaType": INDEX, "manifests": [here, there, said]}), INDEX,
                   annotations={"io.containerd.image.name": "docker.io/library/x:y"})
    manifest = json.loads(o.blobs["blobs/" + here["digest"].replace(":", "/")])
    name = lambda d: "blobs/" + d["digest"].replace(":", "/")
    item = {"Config": name(manifest["config"]), "RepoTags": ["x:y"],
            "Layers": [name(d) for d in manifest["layers"]]}
    return [*o.members([index]), ("manifest.json", dump([item]))]


def attestation(o, of, text, artifact=False):
    """BuildKit's: as an image of an unknown platform, or as an OCI artefact."""
    statement = o.blob(dump({"_type": "https://in-toto.io/Statement/v0.1", "text": text}),
                       "application/vnd.in-toto+json",
                       annotations={"in-toto.io/predicate-type": "https://slsa.dev/provenance/v0.2"})
    manifest = {"schemaVersion": 2, "mediaType": MANIFEST, "layers": [statement]}
    if artifact:
        manifest.update(artifactType="application/vnd.docker.attestation.manifest.v1+json", subject=of,
                        config=o.blob(b"{}", "application/vnd.oci.empty.v1+json", data="e30="))
    else:
        manifest["config"] = o.blob(dump({"architecture": "unknown", "os": "unknown", "config": {}, "rootfs":
                                          {"type": "layers", "diff_ids": [statement["digest"]]}}), CONFIG)
    more = {"artifactType": manifest["artifactType"]} if artifact else {}
    return o.blob(dump(manifest), MANIFEST, platform=platform("unknown") | {"os": "unknown"}, annotations={
        "vnd.docker.reference.digest": of["digest"], "vnd.docker.reference.type": "attestation-manifest"},
                  **more)


def buildx(text, artifact=False):
    layers, o = layers_of(text), Layout()
    image = o.image(layers, [pack(x) for x in layers], [LAYER + "+gzip"] * 2, platform=platform("amd64"),
                    annotations={"org.opencontainers.image.created": "2026-01-01T00:00:00Z"})
    folders = [(info(n, kind=tarfile.DIRTYPE), b"") for n in ("blobs/", "blobs/sha256/")]
    return [*folders, *o.members([image, attestation(o, image, text, artifact)])]


def buildx_artifact(text):
    return buildx(text, artifact=True)


def skopeo_docker(text):
    """skopeo's docker-archive: layers by diff_id, the old folders linking to them."""
    layers = layers_of(text)
    config = config_of(layers)
    out, parent = [], None
    for i, data in enumerate(layers):
        name, v1 = sha256(data)[7:] + ".tar", hashlib.sha256(text.encode() + bytes([i])).hexdigest()
        out += [(name, data), symlink(v1 + "/layer.tar", "../" + name), (v1 + "/VERSION", b"1.0"),
                (v1 + "/json", v1_json(v1, parent))]
        parent = v1
    item = {"Config": sha256(config)[7:] + ".json", "RepoTags": ["x:y"],
            "Layers": [sha256(x)[7:] + ".tar" for x in layers]}
    return [*out, (item["Config"], config), ("manifest.json", dump([item])),
            ("repositories", dump({"x": {"y": parent}}))]


def kaniko(text):
    """kaniko --tar-path: sha256:HEX, packed layers named twice and there once, manifest.json last."""
    layers = layers_of(text)
    layers.append(layers[0])
    packed = [pack(x) for x in layers]
    config = config_of(layers)
    names = [sha256(x)[7:] + ".tar.gz" for x in packed]
    item = {"Config": sha256(config), "RepoTags": ["x:y"], "Layers": names}
    return [(sha256(config), config), *dict(zip(names, packed)).items(), ("manifest.json", dump([item]))]


def bazel(text):
    """Names of its own behind "./", as nix, bazel and jib have them."""
    layers = layers_of(text)
    item = {"Config": "config.json", "RepoTags": ["x:y"], "Layers": ["base/layer.tar", "./top.tar.gz"]}
    return [("./config.json", config_of(layers)), ("./base/layer.tar", layers[0]),
            ("./top.tar.gz", pack(layers[1])), ("./manifest.json", dump([item]))]


def labelled_wrongly(text):
    """skopeo #2343: uncompressed layers under a type that says gzip; and the reverse."""
    layers, o = layers_of(text), Layout()
    return o.members([o.image(layers, [layers[0], pack(layers[1])], [DOCKER_LAYER, LAYER])])


def foreign(text):
    """A base layer that stands at a vendor's; the blob is not there."""
    layers, o = layers_of(text), Layout()
    base = {"mediaType": "application/vnd.oci.image.layer.nondistributable.v1.tar", "size": len(layers[0]),
            "digest": sha256(layers[0]), "urls": ["https://example.com/base"]}
    manifest = {"schemaVersion": 2, "config": o.blob(config_of(layers), CONFIG),
                "layers": [base, o.blob(layers[1], LAYER)]}
    return o.members([o.blob(dump(manifest), MANIFEST)])


def sha512(text):
    """Every digest a SHA-512, the diff_ids too."""
    layers, o = layers_of(text), Layout()
    config = dump({"os": "linux", "architecture": "amd64", "rootfs": {"type": "layers", "diff_ids": [
        "sha512:" + hashlib.sha512(x).hexdigest() for x in layers]}})
    manifest = {"schemaVersion": 2, "config": o.blob(config, CONFIG, "sha512"),
                "layers": [o.blob(layers[0], LAYER, "sha512"),
                           o.blob(pack(layers[1]), LAYER + "+gzip", "sha512")]}
    return o.members([o.blob(dump(manifest), MANIFEST, "sha512")])


def members_gzip(text):
    """eStargz, pigz: a layer of several gzip members."""
    layers, o = layers_of(text), Layout()
    cut = [b"".join(pack(x[i:i + 700]) for i in range(0, len(x), 700)) for x in layers]
    return o.members([o.image(layers, cut, [LAYER + "+gzip"] * 2)])


def directory(path, members):
    """The members as files on disk."""
    for name, data in members:
        if isinstance(name, tarfile.TarInfo):
            continue
        os.makedirs(os.path.dirname(os.path.join(path, name)), exist_ok=True)
        with open(os.path.join(path, name), "wb") as f:
            f.write(data)


PRODUCERS = (docker_old, docker_25, docker_25_untagged, containerd, buildx, buildx_artifact, skopeo_docker,
             kaniko, bazel, labelled_wrongly, foreign, sha512, members_gzip)
