# SPDX-License-Identifier: Apache-2.0
# A small archive of each kind, cut at every byte, a tar, which is mostly zeros, at every 37th, against
# the whole: never the same, never a crash, never silence. Under sanitizers at every 37th byte: unit/
# and fuzz/ have the others.
. "$HS_SOURCE/tests/cli/compare.sh"
need zstd 7z cpio
python <<'PY'
import bz2
import concurrent.futures
import gzip
import lzma
import os
import pathlib
import subprocess
import zipfile
from make import tar

PROGRAM = os.environ["HASHOSCOPE"]
STEP = 37 if b"__asan_init" in pathlib.Path(PROGRAM).read_bytes() or \
    b"__tsan_init" in pathlib.Path(PROGRAM).read_bytes() else 1

def filtered(*command, data):
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout

text = b"a line\nanother line\n"
pathlib.Path("member").write_bytes(text)
tar("t", ("d/f", text), ("g", b""))
whole = {"tar": pathlib.Path("t").read_bytes(), "gz": gzip.compress(text, mtime=0),
         "bz2": bz2.compress(text), "xz": lzma.compress(text),
         "lzma": lzma.compress(text, format=lzma.FORMAT_ALONE),
         "zst": filtered("zstd", "-q", "-c", data=text),
         "cpio": filtered("cpio", "-o", "-H", "newc", "--quiet", data=b"member\n"),
         "ar": b"!<arch>\n" + b"%-16s%-12d%-6d%-6d%-8o%-10d`\n" % (b"f/", 0, 0, 0, 0o644, 20) + text}
with zipfile.ZipFile("z", "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr(zipfile.ZipInfo("f"), text)
whole["zip"] = pathlib.Path("z").read_bytes()
subprocess.run(["7z", "a", "-bd", "-bso0", "s.7z", "member"], check=True, stdout=subprocess.DEVNULL)
whole["7z"] = pathlib.Path("s.7z").read_bytes()

def one(kind, length):
    path = f"cut-{kind}-{length}"
    pathlib.Path(path).write_bytes(whole[kind][:length])
    run = subprocess.run([PROGRAM, f"whole.{kind}", path], capture_output=True, timeout=120)
    os.unlink(path)
    if run.returncode not in (1, 3) or not run.stdout or \
       b"Sanitizer" in run.stderr or b"runtime error" in run.stderr:
        return f"{kind} cut to {length} bytes: exit status {run.returncode}\n" \
               f"{run.stderr.decode(errors='replace')[:1000]}"
    return None

def damaged(kind):
    """Cut in the middle, it has to be called damaged."""
    length = len(whole[kind]) // 2
    pathlib.Path("half").write_bytes(whole[kind][:length])
    run = subprocess.run([PROGRAM, f"whole.{kind}", "half"], capture_output=True)
    return None if run.returncode == 3 else f"{kind} cut in half: exit status {run.returncode}"

with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    jobs = []
    for kind, data in whole.items():
        pathlib.Path(f"whole.{kind}").write_bytes(data)
        step = STEP if len(data) < 2048 else 37
        jobs += [pool.submit(one, kind, n) for n in range(0, len(data), step)]
    wrong = [j.result() for j in jobs if j.result()]
wrong += [w for w in map(damaged, whole) if w]
print("\n".join(wrong[:20]), end="\n" if wrong else "")
raise SystemExit(bool(wrong))
PY
[ -z "$(ls -A "$TMPDIR")" ] || echo 'something is left in the temporary folder'
