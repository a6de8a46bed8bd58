# SPDX-License-Identifier: Apache-2.0
# The ramdisk of an image: each entry, each remark; the digests are those of the file.
. "$HS_LIB"
"$HS_PYTHON" "$HS_CASE/image.py" image.tar
"$HASHOSCOPE" eif ramdisk customer image.tar -o ramdisk
"$HS_PYTHON" - <<'EOF'
import hashlib
data = open("ramdisk", "rb").read()
sha384 = hashlib.sha384(data)
print(len(data), hashlib.sha256(data).hexdigest(), sha384.hexdigest(),
      hashlib.sha384(bytes(48) + sha384.digest()).hexdigest())
at = 0
while True:
    field = [int(data[at + 6 + 8 * i:at + 14 + 8 * i], 16) for i in range(13)]
    name = data[at + 110:at + 109 + field[11]]
    start = at + (110 + field[11] + 3) // 4 * 4
    body = data[start:start + field[6]]
    if name == b"TRAILER!!!":
        break
    print(f"{field[1]:06o} {field[2]}:{field[3]} {field[5]} {name.decode()} {body[:40]!r}")
    at = start + (field[6] + 3) // 4 * 4
EOF
