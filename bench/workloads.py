# SPDX-License-Identifier: Apache-2.0
"""The inputs that are measured. Made once into a scratch folder, from what this machine has in
/usr (text and programs, as an image has), in sorted order and with fixed metadata."""
import hashlib
import io
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tarfile

MIB = 1 << 20
WHEN = 1700000000
SOURCES = ("/usr/share", "/usr/lib", "/usr/bin")
LARGEST = 32 * MIB  # of one file: no single library should be half of the input


def info_of(name, size, mtime=WHEN):
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, mtime, 0o644
    info.uname = info.gname = "root"
    return info


def files_of_this_machine(total):
    """(name, path or bytes) pairs of `total` bytes in all; what /usr lacks is made up."""
    have = 0
    for source in SOURCES:
        for folder, inner, names in os.walk(source):
            inner.sort()
            for name in sorted(names):
                path = os.path.join(folder, name)
                if os.path.islink(path) or not os.path.isfile(path):
                    continue
                size = os.path.getsize(path)
                if size > LARGEST or not os.access(path, os.R_OK):
                    continue
                if have + size > total:
                    return
                have += size
                yield path[1:], path
    rng = random.Random(1)
    while have < total:
        words = b" ".join(b"%x" % rng.getrandbits(24) for _ in range(30000))
        data = words + rng.randbytes(len(words) // 2)
        have += len(data)
        yield f"made/{have}", data


def write_tar(path, members, changed=(), when=WHEN):
    """Members whose number is in `changed` get another first byte and a later time."""
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as t:
        for i, (name, source) in enumerate(members):
            data = source if isinstance(source, bytes) else pathlib.Path(source).read_bytes()
            if i in changed:
                data = bytes([data[0] ^ 1 if data else 1]) + data[1:]
            t.addfile(info_of(name, len(data), when + (i in changed)), io.BytesIO(data))


def five_of(n):
    return {n * k // 6 for k in range(1, 6)}


def blob_of(data):
    return {"digest": "sha256:" + hashlib.sha256(data).hexdigest(), "size": len(data)}


def file_digest(path, unpack=None):
    digest = hashlib.sha256()
    if unpack:
        run = subprocess.Popen([*unpack, str(path)], stdout=subprocess.PIPE)
        stream = run.stdout
    else:
        run, stream = None, open(path, "rb")
    with stream:
        while block := stream.read(MIB):
            digest.update(block)
    if run and run.wait():
        raise RuntimeError(f"{path}: cannot be unpacked")
    return digest.hexdigest()


def image_name(path):
    """What the image in the archive is called: diffoci takes no other operand."""
    return "docker.io/library/bench:" + pathlib.Path(path).name.split(".oci")[0]


def write_image(path, layer, kind, unpack, settings=None):
    """An OCI archive with one layer, which lies at `layer`."""
    vendor = "application/vnd.oci.image."
    config = json.dumps({"architecture": "amd64", "os": "linux", "config": settings or {}, "rootfs": {
        "type": "layers", "diff_ids": ["sha256:" + file_digest(layer, unpack)]}}).encode()
    name = file_digest(layer)
    manifest = json.dumps({
        "schemaVersion": 2, "config": {"mediaType": vendor + "config.v1+json", **blob_of(config)},
        "layers": [{"mediaType": vendor + "layer.v1.tar+" + kind, "digest": "sha256:" + name,
                    "size": os.path.getsize(layer)}]}).encode()
    index = json.dumps({"schemaVersion": 2, "manifests": [
        {"mediaType": vendor + "manifest.v1+json", **blob_of(manifest),
         "platform": {"architecture": "amd64", "os": "linux"},
         "annotations": {"io.containerd.image.name": image_name(path)}}]}).encode()
    small = [("oci-layout", b'{"imageLayoutVersion":"1.0.0"}'), ("index.json", index)]
    small += [("blobs/sha256/" + hashlib.sha256(d).hexdigest(), d) for d in (config, manifest)]
    with tarfile.open(path, "w") as t:
        for inner, data in small:
            t.addfile(info_of(inner, len(data)), io.BytesIO(data))
        with open(layer, "rb") as f:
            t.addfile(info_of("blobs/sha256/" + name, os.path.getsize(layer)), f)


def make_layers(scratch, total):
    members = list(files_of_this_machine(total))
    write_tar(scratch / "a.tar", members)
    write_tar(scratch / "b.tar", members, five_of(len(members)))
    write_tar(scratch / "t.tar", members, when=WHEN + 1)
    shutil.copyfile(scratch / "a.tar", scratch / "a-copy.tar")
    for kind, pack, unpack in (("gzip", ["gzip", "-6", "-n", "-k", "-c"], ["igzip", "-dc"]),
                               ("zstd", ["zstd", "-3", "-q", "-c"], ["zstd", "-q", "-dc"])):
        running = []
        for side in "abt":
            with open(scratch / f"{side}.tar.{kind}", "wb") as out:
                running.append(subprocess.Popen([*pack, str(scratch / f"{side}.tar")], stdout=out))
        if any(p.wait() for p in running):
            raise RuntimeError(f"{pack[0]} failed")
        for side in "abt":
            write_image(scratch / f"{side}.{kind}.oci.tar", scratch / f"{side}.tar.{kind}", kind,
                        unpack)
    return len(members)


def make_enclave(scratch, program):
    """An image of the first layer, stand-ins for nitro-cli's blobs, and what both come to."""
    write_image(scratch / "app.oci.tar", scratch / "a.tar.gzip", "gzip", ["igzip", "-dc"],
                {"Cmd": ["/app"]})
    blobs = scratch / "blobs"
    blobs.mkdir(exist_ok=True)
    rng = random.Random(3)
    for name, size in (("bzImage", 8 * MIB), ("init", 742968), ("nsm.ko", 20504)):
        (blobs / name).write_bytes(rng.randbytes(size))
    (blobs / "bzImage.config").write_text("#\n#\n# Linux/x86_64 4.14.256 Kernel Configuration\n")
    (blobs / "cmdline").write_text("reboot=k panic=30\n")
    subprocess.run([str(program), "eif", "build", "app.oci.tar", "--blobs", "blobs", "-o",
                    "app.eif"], cwd=scratch, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def make_document(scratch):
    """A document, signed by the security module of the tests."""
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "cli"))
    import nsm
    pki = scratch / "pki"
    shutil.rmtree(pki, ignore_errors=True)
    nsm.make_pki(pki)
    (pki / "pcrs.json").write_text(json.dumps({f"PCR{i}": "07" * 48 for i in range(3)}))
    answer = nsm.Module(pki).attest(dict.fromkeys(("public_key", "user_data", "nonce")))
    (scratch / "document").write_bytes(answer["Attestation"]["document"])


def make_small_files(scratch, n):
    rng = random.Random(2)
    members = [(f"d{i // 1000:03d}/f{i:06d}", rng.randbytes(rng.randrange(64, 2048)))
               for i in range(n)]
    write_tar(scratch / "a-small.tar", members)
    write_tar(scratch / "b-small.tar", members, five_of(n))


def make_tiny(scratch):
    (scratch / "a-tiny.txt").write_text("hello\nworld\n")
    (scratch / "b-tiny.txt").write_text("hello\nthere\n")


def make_huge(scratch, total, n):
    """Tars of holes: headers are written, contents skipped over."""
    size = total // n // 512 * 512
    for side, changed in (("a", ()), ("b", five_of(n))):
        with open(scratch / f"{side}-huge.tar", "wb") as f:
            for i in range(n):
                info = info_of(f"d{i // 1000:03d}/f{i:06d}", size)
                f.write(info.tobuf(tarfile.USTAR_FORMAT))
                if i in changed:
                    f.write(b"changed")
                    f.seek(size - 7, os.SEEK_CUR)
                else:
                    f.seek(size, os.SEEK_CUR)
            f.write(bytes(1024))


def made(scratch, name, make, *arguments):
    """Makes a workload unless it was made by an earlier run."""
    stamp = scratch / f".made-{name}"
    if not stamp.exists():
        print(f"making {name} ...", flush=True)
        make(scratch, *arguments)
        stamp.touch()
