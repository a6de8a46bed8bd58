# SPDX-License-Identifier: Apache-2.0
# An input that becomes shorter while it is mapped: a sentence and status 2, no crash.
"$HS_PYTHON" - <<'END'
import os, subprocess, time
with open("big.bin", "wb") as f:
    f.write(b"x" * 1000000)
p = subprocess.Popen([os.environ["HASHOSCOPE"], "-o", "json=out.json", "./big.bin", "-"],
                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
while "big.bin" not in open(f"/proc/{p.pid}/maps").read():
    time.sleep(0.01)
os.truncate("big.bin", 0)
out, err = p.communicate(b"x" * 1000000)
print(p.returncode, out, err, sorted(os.listdir(".")), os.listdir(os.environ["TMPDIR"]))
END
