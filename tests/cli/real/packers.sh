# SPDX-License-Identifier: Apache-2.0
# One tree packed by GNU tar, bsdtar, Python's tarfile, cpio, zip and 7z: the contents are the same for
# each two of them, and the report says what the packers left different.
. "$HS_SOURCE/tests/cli/compare.sh"
need tar bsdtar cpio zip 7z
mkdir -p tree/etc tree/usr/bin tree/empty
echo 'port = 80' >tree/etc/conf
printf '\177ELF and so on' >tree/usr/bin/app
chmod 755 tree/usr/bin/app
: >tree/usr/nothing
echo accented >"tree/etc/na$(printf '\303\257')ve"
ln -s app tree/usr/bin/alias
find tree -exec touch -h -d '2023-11-14 22:13:20' {} +
cd tree || exit 1
tar -cf ../gnu.tar --sort=name .
tar -cf ../posix.tar --format=posix --sort=name .
LC_ALL=C.UTF-8 bsdtar -cf ../bsd.tar .
python <<'PY'
import tarfile
with tarfile.open("../python.tar", "w") as t:
    t.add(".")
PY
find . | sort | cpio -o -H newc --quiet >../newc.cpio
find . | sort | cpio -o -H odc --quiet >../odc.cpio
zip -qry ../info.zip .
7z a -bd -bso0 -snl ../seven.7z . >/dev/null
cd ..
set -- gnu.tar posix.tar bsd.tar python.tar newc.cpio odc.cpio info.zip seven.7z tree
while [ $# -gt 1 ]; do
	a=$1
	shift
	for b; do
		differs 1 "$a" "$b" 'of_files("content", "only-a", "only-b", "moved") == []' \
			'any(n["fields"] or n["notes"] for n in nodes)'
	done
done
differs 1 gnu.tar posix.tar 'any("format" in f or "dialect" in f or "ustar" in str(v)
	for n in nodes for f, v in [(x["name"], x) for x in n["fields"]])'
finish
