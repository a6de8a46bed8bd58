# SPDX-License-Identifier: Apache-2.0
# Image archives of many producers: opened to the last member of the last layer, as Python's tarfile
# counts them, digests checked, and each the same as itself.
. "$HS_SOURCE/tests/cli/compare.sh"
need zstd
need_shared vectors/oci/images
export shared
python <<'PY'
import gzip
import io
import json
import os
import pathlib
import subprocess
import tarfile

PROGRAM = os.environ["HASHOSCOPE"]

def unpacked(data):
    if data[:2] == b"\x1f\x8b":
        return gzip.decompress(data)
    if data[:4] == b"\x28\xb5\x2f\xfd":
        return subprocess.run(["zstd", "-dcq"], input=data, stdout=subprocess.PIPE, check=True).stdout
    return data

def members(data):
    """Names of the members of a tar, or None."""
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as t:
            return [m.name.strip("/").removeprefix("./") for m in t]
    except tarfile.TarError:
        return None

def expected(path):
    """Names of all members of all layers of the archive."""
    names = []
    with tarfile.open(path) as t:
        for m in t:
            inner = members(unpacked(t.extractfile(m).read())) if m.isfile() and m.size else None
            names += inner or []
    return names

def check(path):
    same = subprocess.run([PROGRAM, str(path), str(path)], capture_output=True)
    if same.returncode:
        return f"X X: exit status {same.returncode}"
    run = subprocess.run([PROGRAM, "inspect", "-o", "json", str(path)], capture_output=True)
    if run.returncode:
        return f"inspect: exit status {run.returncode} {run.stderr.decode()}"
    nodes = json.loads(run.stdout)["nodes"]
    wrong = [note["text"] for n in nodes for note in n["notes"] if note["damage"]]
    if wrong:
        return f"inspect: {wrong}"
    inner = [n["path"].rpartition("!")[2] for n in nodes if "!" in n["path"]]
    missing = set(expected(path)) - set(inner) - {"", "."}
    return f"not opened: {sorted(missing)[:5]}" if missing else None

paths = sorted(pathlib.Path(os.environ["shared"]).glob("*.tar"))
if not paths:
    print("no archive there")
for path in paths:
    problem = check(path)
    if problem:
        print(f"{path.name}: {problem}")
PY
finish
