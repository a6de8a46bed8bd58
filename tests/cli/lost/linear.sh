# SPDX-License-Identifier: Apache-2.0
# Eight times the members cost about eight times as much, not sixty-four times: no clock is read, but
# the processor time that both take.
. "$HS_SOURCE/tests/cli/compare.sh"
python <<'PY'
import os
import resource
import subprocess
from make import tar

def make(n):
    for side in "ab":
        tar(f"{side}{n}.tar", *((f"d{i // 100}/f{i}", b"%d %s\n" % (i, side.encode() if i % 7 == 0 else b"-"))
                                for i in range(n)))

def cost(n):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    status = subprocess.run([os.environ["HASHOSCOPE"], "-o", "json=/dev/null", f"a{n}.tar", f"b{n}.tar"],
                            stdout=subprocess.DEVNULL).returncode
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if status != 1:
        raise SystemExit(f"{n} members: exit status {status}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

few, many = 2500, 20000
make(few)
make(many)
ratio = min(cost(many) for _ in range(2)) / max(min(cost(few) for _ in range(3)), 0.01)
if ratio > 4 * many / few:
    raise SystemExit(f"{many // few} times the members cost {ratio:.0f} times as much")
PY
finish
