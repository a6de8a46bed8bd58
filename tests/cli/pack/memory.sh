# SPDX-License-Identifier: Apache-2.0
# 100,000 files and one that is larger than what memory there is: contents are not held in it.
. "$HS_LIB"
# shellcheck disable=SC3045 # dash and bash have it
(ulimit -d 262144 && "$HASHOSCOPE" --version) >version 2>&1 || skip 'the program alone takes more than 256 MiB'
PYTHONPATH=$HS_SOURCE/tests/cli PYTHONDONTWRITEBYTECODE=1 "$HS_PYTHON" - <<'PY' || exit 1
from make import info

block = bytearray(info("x" * 99, 5).tobuf())

def header(name):
    block[0:100] = name.encode().ljust(100, b"\0")
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)

with open("in.tar", "wb") as f:
    for i in range(100000):
        f.write(header(f"folder-{i % 1000:04}/a-file-with-a-longer-name-{i:06}"))
        f.write(b"hello".ljust(512, b"\0"))
    large = info("large", 280 << 20)
    f.write(large.tobuf())
    f.seek((280 << 20) + 1023, 1)
    f.write(b"\0")
PY
# shellcheck disable=SC3045
(ulimit -d 262144 && "$HASHOSCOPE" pack in.tar -o /dev/null) >digests && grep -c sha256 digests
