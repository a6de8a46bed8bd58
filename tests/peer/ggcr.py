# SPDX-License-Identifier: Apache-2.0
"""Compares image IDs with go-containerregistry's, on images with odd configurations.

    tests/peer/ggcr.py --hashoscope BUILD/hashoscope --build FOLDER [--count N] [--seed N] [--keep]

The Go program beside this is built once, into FOLDER. Without a Go toolchain, or
where its modules cannot be had, there is nothing to compare with: exit status 77.
"""
import argparse
import gzip
import hashlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tarfile
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SKIPPED = 77
TIME = "1700000000"


def build(folder):
    """The Go program, or None and why there is none."""
    go = shutil.which("go")
    if not go:
        return None, "go is not installed"
    program = os.path.join(folder, "peer-ggcr")
    source = os.path.join(HERE, "ggcr")
    newest = max(os.path.getmtime(os.path.join(source, f)) for f in os.listdir(source))
    if os.path.exists(program) and os.path.getmtime(program) >= newest:
        return program, None
    try:
        done = subprocess.run(
            [go, "build", "-mod=readonly", "-o", program, "."], cwd=source, timeout=100,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except subprocess.TimeoutExpired:
        return None, "go build did not end within 100 seconds"
    if done.returncode:
        lines = done.stdout.decode("utf-8", "replace").strip().splitlines() or ["no message"]
        return None, "go build fails: " + lines[-1]
    return program, None


class Odd:
    """JSON of the kind that two readers read differently. Values are bytes, as spelled."""

    def __init__(self, rng):
        self.rng = rng

    def one(self, *choices):
        return self.rng.choice(choices)

    def chance(self, percent):
        return self.rng.randrange(100) < percent

    def blank(self):
        return self.one(b"", b"", b"", b" ", b"\n\t", b"\r\n")

    def text(self):
        pieces = [b"a", b"bin/sh", b"-c", b"<&>", b"\\u003c", b"\\/", b"\\b\\f\\n\\r\\t", b"\\u0007",
                  b"\\\"", b"\\\\", "é".encode(), "\u2028\u2029".encode(), "😀".encode(),
                  b"\\ud83d\\ude00", b"\\ud83d", b"\\ude00x", b"\\ud800\\u0041", b"\x7f",
                  b"\\u0000", b"\\u2028", b"=", b" ", b"'", b"${X}", "\ufffd".encode()]
        if self.chance(10):
            pieces += [b"\xff", b"\xc3", b"\xe2\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"]
        return b'"' + b"".join(self.rng.choices(pieces, k=self.rng.randrange(4))) + b'"'

    def scalar(self):
        return self.one(b"null", b"true", b"false", b"0", b"-0", b"12", b"1.5", b"1e3", b'""',
                        b'"x"', b"[]", b"{}")

    def list(self, item, most=4):
        items = [item() for _ in range(self.rng.randrange(most))]
        return b"[" + self.blank() + b",".join(items) + self.blank() + b"]"

    def texts(self):
        return self.list(lambda: b"null" if self.chance(3) else self.text())

    def key(self, name):
        if self.chance(5):
            name = "".join(self.rng.choice((c.lower(), c.upper())) for c in name)
        if self.chance(1):
            name = name.replace("s", "\u017f").replace("k", "\u212a")
        return json.dumps(name, ensure_ascii=self.chance(50)).encode()

    def object(self, members):
        members = list(members)
        if members and self.chance(5):
            members.append(self.rng.choice(members))
        if self.chance(10):
            self.rng.shuffle(members)
        return (b"{" + self.blank() +
                b",".join(k + self.blank() + b":" + self.blank() + v for k, v in members) + b"}")

    def map(self, value):
        return self.object((self.text(), value()) for _ in range(self.rng.randrange(5)))

    def bool(self):
        return self.one(b"true", b"false", b"null")

    def number(self):
        return self.one(b"0", b"1", b"-3", b"30000000000", b"9223372036854775807", b"null",
                        b"9223372036854775808" if self.chance(10) else b"7",
                        b"1e2" if self.chance(10) else b"8")

    def time(self):
        if self.chance(3):
            return self.one(b"null", b'""', b'"2020-02-30T00:00:00Z"', b'"2020-01-01 00:00:00Z"', b"7",
                            b'"2020-01-01T00:00:00+24:00"', b'"2020-01-01T24:00:00Z"',
                            b'"2020-01-01T00:00:00\\u005a"', b'"2020-01-01T0:00:00Z"',
                            b'"2020-01-01T00:00:00,5Z"', b'"2020-01-01T00:00:60Z"',
                            b'"2020-01-01T00:00:00.Z"', b'"20200-01-01T00:00:00Z"')
        return self.one(b'"2020-02-29T23:59:59.123456789Z"', b'"0001-01-01T00:00:00Z"',
                        b'"2021-03-04T05:06:07.100+02:30"', b'"9999-12-31T23:59:59-23:59"',
                        b'"0000-01-01T00:00:00Z"', b'"2023-01-01T00:00:00.1234567891Z"')

    def healthcheck(self):
        return self.object(m for m in (
            (self.key("Test"), self.texts()), (self.key("Interval"), self.number()),
            (self.key("Timeout"), self.number()), (self.key("StartPeriod"), self.number()),
            (self.key("StartInterval"), self.number()), (self.key("Retries"), self.number()),
        ) if self.chance(60))

    def config(self):
        kinds = {
            self.bool: "AttachStderr AttachStdin AttachStdout OpenStdin StdinOnce Tty ArgsEscaped "
                       "NetworkDisabled",
            self.texts: "Cmd Entrypoint Env OnBuild Shell",
            self.text: "Domainname Hostname Image User WorkingDir MacAddress StopSignal",
            self.healthcheck: "Healthcheck",
            self.scalar: "Memory",
            lambda: self.map(self.text): "Labels",
            lambda: self.map(lambda: self.one(b"{}", b'{"x":1}', b"null")): "Volumes ExposedPorts",
        }
        members = []
        for make, names in kinds.items():
            for name in names.split():
                if self.chance(30):
                    members.append((self.key(name), self.scalar() if self.chance(1) else make()))
        return self.object(members)

    def history(self, n_layers):
        empties = [False] * n_layers
        for _ in range(self.rng.randrange(4)):
            empties.insert(self.rng.randrange(len(empties) + 1), True)
        if empties and self.chance(10):
            empties[self.rng.randrange(len(empties))] ^= True
        if empties and self.chance(5):
            empties.pop()
        entries = []
        for empty in empties:
            members = [(self.key(k), v()) for k, v in (
                ("author", self.text), ("created", self.time), ("created_by", self.text),
                ("comment", self.text)) if self.chance(60)]
            if empty or self.chance(10):
                members.append((self.key("empty_layer"), b"true" if empty else b"false"))
            entries.append(self.object(members))
        return b"[" + b",".join(entries) + b"]"

    def file(self, diff_ids):
        members = [(self.key("rootfs"), self.object([
            (self.key("type"), b'"layers"'),
            (self.key("diff_ids"), json.dumps(["sha256:" + d for d in diff_ids]).encode())]))]
        for name, make, percent in (
                ("architecture", self.text, 90), ("os", self.text, 90), ("author", self.text, 20),
                ("container", self.text, 20), ("created", self.time, 90),
                ("docker_version", self.text, 20), ("os.version", self.text, 20),
                ("variant", self.text, 20), ("os.features", self.texts, 20),
                ("history", lambda: self.history(len(diff_ids)), 98),
                ("config", self.config, 90), ("container_config", self.config, 20),
                ("moby.buildkit.cache.v0", self.text, 10)):
            if self.chance(percent):
                members.append((self.key(name), self.scalar() if self.chance(1) else make()))
        end = self.one(b"", b"\n", b" x" if self.chance(5) else b"")
        return self.blank() + self.object(members) + end


def layer(rng):
    """A tar with a few entries in one of the usual dialects."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=rng.choice(
            (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT))) as tar:
        for i in range(rng.randrange(4)):
            info = tarfile.TarInfo("f%d%s" % (i, "x" * rng.choice((0, 90, 120)) if
                                              tar.format != tarfile.USTAR_FORMAT else ""))
            info.mtime = rng.randrange(2 ** 31)
            info.mode = rng.choice((0o644, 0o4755, 0o100644))
            info.uid = rng.choice((0, 1000))
            data = bytes(rng.randrange(256) for _ in range(rng.randrange(700)))
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return out.getvalue()


def add(tar, name, data):
    info = tarfile.TarInfo(name)
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))


def write_image(path, rng):
    layers = [layer(rng) for _ in range(rng.randrange(4))]
    diff_ids = [hashlib.sha256(data).hexdigest() for data in layers]
    packed = rng.randrange(2)
    with tarfile.open(path, "w") as tar:
        for i, data in enumerate(layers):
            add(tar, "%d.tar" % i, gzip.compress(data, mtime=0) if packed else data)
        add(tar, "config.json", Odd(rng).file(diff_ids))
        add(tar, "manifest.json", json.dumps([{
            "Config": "config.json", "RepoTags": ["odd:1"],
            "Layers": ["%d.tar" % i for i in range(len(layers))]}]).encode())


def ours(hashoscope, path, more):
    done = subprocess.run([hashoscope, "canonicalize", path, "--like", "ggcr"] + more,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=60)
    told = done.stderr.decode("utf-8", "replace")
    if done.returncode == 0:
        return json.loads(done.stdout)["image_id"], told
    if done.returncode != 2:
        return "exit status %d" % done.returncode, told
    return "ERROR", told


def agree(theirs, mine, told):
    if theirs.startswith("sha256:"):
        return mine == theirs or (mine == "ERROR" and "drops layers" in told)
    return mine == "ERROR"


def compare(args, program, folder):
    rng = random.Random(args.seed)
    paths = [os.path.join(folder, "%d.tar" % i) for i in range(args.count)]
    for path in paths:
        write_image(path, rng)
    lines = subprocess.run([program], input="\n".join(paths).encode() + b"\n", check=True,
                           stdout=subprocess.PIPE, timeout=300).stdout.decode().splitlines()
    good = bad = made = 0
    for line in lines:
        path, *answers = line.split("\t")
        for theirs, more in zip(answers, ([], ["--time", TIME])):
            mine, told = ours(args.hashoscope, path, more)
            made += theirs.startswith("sha256:")
            if agree(theirs, mine, told):
                good += 1
                continue
            bad += 1
            print("%s %s\n  go-containerregistry: %s\n  hashoscope: %s\n  %s" % (
                path, " ".join(more), theirs, mine, told.strip()))
    print("%d images: %d forms agree, %d of them made, %d do not" % (len(lines), good, made, bad))
    return 1 if bad or len(lines) != args.count else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hashoscope", required=True)
    parser.add_argument("--build", required=True)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true")
    args = parser.parse_args()
    program, why = build(args.build)
    if not program:
        print("skipped: " + why)
        return SKIPPED
    folder = tempfile.mkdtemp(prefix="hashoscope-peer-")
    try:
        return compare(args, program, folder)
    finally:
        if args.keep:
            print(folder)
        else:
            shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
