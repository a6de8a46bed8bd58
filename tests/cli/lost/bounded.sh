# SPDX-License-Identifier: Apache-2.0
# A report has a size that a person can read, and says what it left out; nothing else is cut.
. "$HS_SOURCE/tests/cli/compare.sh"
python <<'PY'
import random

for side, seed in (("a", 1), ("b", 2)):
    rng = random.Random(seed)
    with open(side + ".bin", "wb") as f:
        f.write(rng.randbytes(1 << 20))
    with open(side + ".txt", "w") as f:
        f.writelines(f"{rng.random()}\n" for _ in range(50000))
PY
for kind in bin txt; do
	differs 1 "a.$kind" "b.$kind" 'root["diffs"][0]["truncated"]' \
		'root["diffs"][0]["lines_left_out"] > 1000' 'len(text) < 200000'
done
finish
