# SPDX-License-Identifier: Apache-2.0
# Fractions of a second, to the nanosecond, differ beside another change.
. "$HS_SOURCE/tests/cli/compare.sh"
python <<'PY'
from make import info, tar

for side, nano, other in (("a", "123456781", b"1\n"), ("b", "123456782", b"2\n")):
    tar(side + ".tar", (info("f", pax_headers={"mtime": "1700000000." + nano}), b"f\n"),
        ("other", other))
PY
differs 1 a.tar b.tar 'status("f") == "metadata"' \
	'field("f", "mtime") == ("2023-11-14T22:13:20.123456781Z", "2023-11-14T22:13:20.123456782Z")' \
	'lines("other") == ["-1", "+2"]'
mkdir a b
for side in a b; do
	echo same >$side/f
	echo $side >$side/other
	touch -d '2023-11-14 22:13:20' $side $side/other
done
touch -d '2023-11-14 22:13:20.000000001' a/f
touch -d '2023-11-14 22:13:20.000000002' b/f
differs 1 a b 'status("f") == "metadata"' 'field("f", "mtime")[0].endswith(".000000001Z")' \
	'field("f", "mtime")[1].endswith(".000000002Z")'

# Across formats they are compared as far as both go, and what goes further is said once.
mkdir fine
echo x >fine/x
touch -d '2023-11-14 22:13:20.000000001' fine/x fine
tar -cf whole.tar -C fine .
differs 1 fine whole.tar 'summary["metadata"] == 0' \
	'noted("directory records more digits than tar: mtime")'
finish
