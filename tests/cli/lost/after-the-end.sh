# SPDX-License-Identifier: Apache-2.0
# Bytes behind the end of an archive, or of a compressed stream, are compared.
. "$HS_SOURCE/tests/cli/compare.sh"
python <<'PY'
import gzip
import zipfile
from make import tar

for side, after, other in (("a", b"left over 1\n", b"1\n"), ("b", b"left over 2\n", b"2\n"),
                           ("none", b"", b"2\n")):
    tar(side + ".tar", ("f", b"f\n"), ("other", other), after=after)
    with open(side + ".gz", "wb") as f:
        f.write(gzip.compress(b"text\n" + other, mtime=0) + after)
    with zipfile.ZipFile(side + ".zip", "w") as z:
        z.writestr(zipfile.ZipInfo("f"), other)
    with open(side + ".zip", "ab") as f:
        f.write(after)
PY
for kind in tar gz zip; do
	differs 1 "a.$kind" "b.$kind" '"left over 1" in text and "left over 2" in text'
	differs 1 "a.$kind" "none.$kind" '"left over 1" in text'
done
finish
