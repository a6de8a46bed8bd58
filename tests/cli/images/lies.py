# SPDX-License-Identifier: Apache-2.0
"""Images that lie: (members, {node, or None for any: codes of damage}, whether etc/motd is compared)."""
import base64
import json
import sys
import tarfile
import time

from images import *
from make import tar
from report import Report, Wrong, call, diff, validate

SECONDS = 60
HEX = "0" * 64


def changed(change, text="bad\n", index=None, config=None):
    """An OCI image whose manifest was changed."""
    layers, o = layers_of(text), Layout()
    blob = config if config is not None else config_of(layers)
    manifest = {"schemaVersion": 2, "mediaType": MANIFEST, "config": o.blob(blob, CONFIG),
                "layers": [o.blob(x, LAYER) for x in layers]}
    change(manifest, o)
    return o.members([o.blob(dump(manifest), MANIFEST, **(index or {}))])


def set_size(size):
    def change(manifest, o):
        manifest["layers"][0]["size"] = size
    return change


def set_digest(digest, which=0):
    def change(manifest, o):
        manifest["layers"][which]["digest"] = digest
    return change


def spoil(manifest, o):
    o.blobs["blobs/" + manifest["layers"][0]["digest"].replace(":", "/")] = b"another layer"


def add_data(manifest, o):
    manifest["config"]["data"] = base64.b64encode(b"[]").decode()


def add_manifests(manifest, o):
    manifest["manifests"] = [manifest["layers"][0]]


def drop_blob(manifest, o):
    del o.blobs["blobs/" + manifest["layers"][0]["digest"].replace(":", "/")]


def drop_layers(manifest, o):
    manifest["layers"] = []


def swap_layers(manifest, o):
    manifest["layers"].reverse()


def nothing(manifest, o):
    pass


def extra_blob(manifest, o):
    o.blobs["blobs/sha256/" + HEX] = b"not zero"


def link_blob(target):
    def make(text="bad\n"):
        layers, o = layers_of(text), Layout()
        name = "blobs/" + sha256(layers[0]).replace(":", "/")
        return [symlink(n, target) if n == name else (n, d) for n, d in o.members([o.image(layers)])]
    return make


def nested(depth):
    """The image at the bottom of that many indexes."""
    o = Layout()
    d = o.image(layers_of("bad\n"))
    for _ in range(depth):
        d = o.blob(dump({"schemaVersion": 2, "manifests": [d]}), INDEX)
    return o.members([d])


def many(n):
    """An index of as many descriptors of one manifest, and one of as many absent ones."""
    o = Layout()
    d = o.image(layers_of("bad\n"))
    return o.members([d] * n)


def many_layers(n):
    def change(manifest, o):
        manifest["layers"] += [{"mediaType": LAYER, "digest": f"sha256:{i:064x}", "size": 1} for i in range(n)]
    return change


def raw_manifest(text):
    """A manifest as text, which may be no JSON that this module would write."""
    o = Layout()
    layers = layers_of("bad\n")
    parts = {"config": dump(o.blob(config_of(layers), CONFIG)).decode(),
             "layers": dump([o.blob(x, LAYER) for x in layers]).decode()}
    return o.members([o.blob((text % parts).encode(), MANIFEST)])


def huge_index():
    members = changed(nothing)
    return [(n, d[:-1] + b" " * (100 << 20) + b"}" if n == "index.json" else d) for n, d in members]


def bomb():
    o = Layout()
    layers = [layer(("zeros", bytes(300 << 20)))]
    return o.members([o.image(layers, [pack(layers[0])], [LAYER + "+gzip"])])


def docker(item, *members):
    layers = layers_of("bad\n")
    item = {"Config": "c.json", "RepoTags": ["x:y"], "Layers": ["0.tar", "1.tar"], **item}
    return [("c.json", config_of(layers)), ("0.tar", layers[0]), ("1.tar", layers[1]), *members,
            ("manifest.json", dump([item]))]


def wrong_v25(text="bad\n", order=True):
    """moby #47065 and #47150: the OCI manifest has no layers, or has them in another order."""
    members = changed(swap_layers if order else drop_layers)
    layers = layers_of("bad\n")
    name = lambda x: "blobs/" + sha256(x).replace(":", "/")
    return [*members, ("manifest.json", dump([{"Config": name(config_of(layers)), "RepoTags": ["x:y"],
                                               "Layers": [name(x) for x in layers]}]))]


other_ids = dump({"os": "linux", "architecture": "amd64", "rootfs": {"type": "layers", "diff_ids": [
    "sha256:" + HEX, sha256(layers_of("bad\n")[1])]}})
arm = {"platform": platform("arm64")}
top = "manifest"
CASES = {
    "size too large": (changed(set_size(99999)), {"layer[0]": ["size-mismatch"]}, True),
    "size past the file": (changed(set_size(1 << 62)), {"layer[0]": ["size-mismatch"]}, True),
    "size negative": (changed(set_size(-1)), {top: ["bad-size"]}, True),
    "size past 64 bits": (changed(set_size(10 ** 30)), {top: ["bad-json", "bad-size"]}, True),
    "size no number": (changed(set_size("7")), {top: ["bad-size"]}, True),
    "another content": (changed(spoil), {"layer[0]": ["size-mismatch", "digest-mismatch", "diff-id-mismatch"]},
                        True),
    "data": (changed(add_data), {"config": ["data-mismatch"]}, True),
    "diff_id": (changed(nothing, config=other_ids), {"layer[0]": ["diff-id-mismatch"]}, True),
    "file name": (changed(extra_blob), {"blobs/sha256/" + HEX: ["name-mismatch"]}, True),
    "platform": (changed(nothing, index=arm), {top: ["index-mismatch"]}, True),
    "both index and manifest": (changed(add_manifests), {top: ["ambiguous-document"]}, False),
    "blob absent": (changed(drop_blob), {top: ["missing-blob"]}, True),
    "no layers": (changed(drop_layers), {"config": ["layer-count"]}, False),
    "order of layers": (changed(swap_layers), {"layer[0]": ["diff-id-mismatch"], "layer[1]": ["diff-id-mismatch"]},
                        False),
    "docker 25.0.0, order": (wrong_v25(), {"manifest.json": ["manifest-mismatch"],
                                           "layer[0]": ["diff-id-mismatch"]}, False),
    "docker 25.0.0, no layers": (wrong_v25(order=False), {"manifest.json": ["manifest-mismatch"],
                                                          "config": ["layer-count"]}, False),
    "digest with a path": (changed(set_digest("sha256:../../../../etc/passwd")), {top: ["bad-digest"]}, True),
    "algorithm with a path": (changed(set_digest("../../etc:passwd")), {top: ["bad-digest"]}, True),
    "digest in capitals": (changed(set_digest("sha256:" + "AB" * 32)), {top: ["bad-digest"]}, True),
    "algorithm in capitals": (changed(set_digest("SHA256:" + HEX)), {top: ["bad-digest"]}, True),
    "digest of a megabyte": (changed(set_digest("sha256:" + "0" * (1 << 20))), {top: ["bad-digest"]}, True),
    "blob linked out": (link_blob("/etc/passwd")(), {top: ["missing-blob"]}, True),
    "blob linked up": (link_blob("../../../../../etc/passwd")(), {top: ["missing-blob"]}, True),
    "blob linked to itself": (link_blob(sha256(layers_of("")[0])[7:])(), {top: ["missing-blob"]}, True),
    "indexes in indexes": (nested(100), {None: ["limit"]}, False),
    "field twice": (raw_manifest('{"layers":[],"config":%(config)s,"layers":%(layers)s}'),
                    {top: ["duplicate-key"]}, True),
    "manifest cut": (raw_manifest('{"config":%(config)s,"layers":%(layers)s'), {top: ["bad-json"]}, False),
    "manifest nested deep": (raw_manifest("[" * 100000), {top: ["bad-json"]}, False),
    "manifest no object": (raw_manifest("[]"), {top: ["bad-json"]}, False),
    "index of 100 MB": (huge_index(), {"index.json": ["limit"]}, False),
    "one manifest 100,000 times": (many(100000), None, False),
    "100,000 layers": (changed(many_layers(100000)), None, False),
    "bomb": (bomb(), {"layer[0]": ["limit"]}, False),
    "config is a folder": (docker({"Config": "f"}, (info("f/", kind=tarfile.DIRTYPE), b"")),
                           {"manifest.json": ["missing-blob"]}, True),
    "manifest.json names itself": (docker({"Config": "manifest.json", "Layers": ["manifest.json", "1.tar"]}),
                                   {"manifest.json": ["index-loop"]}, False),
    "names that are none": (docker({"Layers": [7, None, {}, "", ".", "/"]}), {"manifest.json": ["missing-blob"]},
                            False),
    "names with paths": (docker({"Layers": ["../../etc/passwd", "/1.tar"]}), {"manifest.json": ["missing-blob"]},
                         False),
    "links in a circle": (docker({"Layers": ["l", "1.tar"]}, symlink("l", "m"), symlink("m", "l")),
                          {"manifest.json": ["missing-blob"]}, True),
    "layers by the thousand": (docker({"Layers": ["0.tar"] * 200000}), None, False),
}


def codes_of(report):
    out = {}
    for n in report.nodes:
        for note in n["notes"]:
            if note["damage"]:
                out.setdefault(n["path"], set()).add(note["code"])
    return out


def check(name, members, want, motd):
    tar("bad.tar", *members)
    begun = time.monotonic()
    if want is None:  # too large a report to look at here
        code = call("diff", "-q", "good.tar", "bad.tar").returncode
        if code != 3 or time.monotonic() - begun > SECONDS:
            raise Wrong(f"exit status {code} after {time.monotonic() - begun:.0f} s")
        return
    run, document = diff("good.tar", "bad.tar", "--max-lines", "5")
    took = time.monotonic() - begun
    if run.returncode != 3:
        raise Wrong(f"exit status {run.returncode}: {run.stderr.decode()}")
    validate(document, "report")
    report = Report(document)
    found = codes_of(report)
    for node, codes in want.items():
        of = found.get(node, set()) if node is not None else set().union(*found.values())
        if not set(codes) <= of:
            raise Wrong(f"{node}: wanted {codes}, found {found}")
    if motd and report.lines("layer[1]!etc/motd") != ["-good", "+bad"]:
        raise Wrong("etc/motd is not compared")
    if took > SECONDS:
        raise Wrong(f"took {took:.0f} s")
    if call("inspect", "-q", "bad.tar").returncode != 3:
        raise Wrong("inspect finds nothing")


def main():
    tar("good.tar", *changed(nothing, "good\n"))
    docker_good = docker({})
    wrong = 0
    for name, (members, want, motd) in CASES.items():
        if any(n == "manifest.json" for n, _ in members) and not any(n == "index.json" for n, _ in members):
            good = [(n, d) for n, d in docker_good]
            layers = layers_of("good\n")
            good = [(n, layers[1] if n == "1.tar" else config_of(layers) if n == "c.json" else d) for n, d in good]
            tar("good.tar", *good)
        try:
            check(name, members, want, motd)
        except Wrong as e:
            print(f"{name}: {e}")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
