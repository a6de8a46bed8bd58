# SPDX-License-Identifier: Apache-2.0
# One tree packed by each tar that is installed: the report names the program that packed it, or those
# that write the same headers.
. "$HS_LIB"
need tar
failed=0
name=$(printf 'n%.0s' 1 2 3 4 5 6 7 8 9 10 11 12)
mkdir -p tree/sub tree/b
echo hello >tree/f
echo x >tree/sub/x
echo z >"tree/b/$name$name$name$name$name$name$name$name$name"
ln -s f tree/ln

# wrote FILE NAMES: what "written by" must be.
wrote() {
	got=$("$HASHOSCOPE" inspect "$1" | sed -n 's/^  written by: //p')
	[ "$got" = "$2" ] || {
		echo "$1 is written by $got, not by $2"
		failed=1
	}
}
has() {
	command -v "$1" >/dev/null 2>&1 || {
		echo "not installed: $1" >&2
		false
	}
}

if tar --version 2>/dev/null | grep -q 'GNU tar'; then
	for format in gnu oldgnu pax; do
		tar --format=$format -cf gnu-$format.tar tree
		[ $format = oldgnu ] || wrote gnu-$format.tar 'GNU tar'
	done
	tar --format=ustar --exclude="tree/b/n*" -cf gnu-ustar.tar tree
	wrote gnu-ustar.tar 'GNU tar or Python tarfile'
	tar --format=v7 --exclude="tree/b/n*" -cf gnu-v7.tar tree
	wrote gnu-v7.tar 'GNU tar'
fi
if has bsdtar; then
	for format in pax paxr gnutar; do
		bsdtar --format=$format -cf bsd-$format.tar tree
		wrote bsd-$format.tar libarchive
	done
	bsdtar --format=ustar --exclude="tree/b/n*" -cf bsd-ustar.tar tree
	wrote bsd-ustar.tar libarchive
	bsdtar --format=v7 --exclude="tree/b/n*" -cf bsd-v7.tar tree
	wrote bsd-v7.tar libarchive
fi
"$HS_PYTHON" - <<'PY'
import tarfile
for name, form in ("gnu", tarfile.GNU_FORMAT), ("pax", tarfile.PAX_FORMAT):
    with tarfile.open("python-%s.tar" % name, "w", format=form) as t:
        t.add("tree")
PY
wrote python-gnu.tar 'Python tarfile'
wrote python-pax.tar 'Python tarfile'
if has busybox && busybox tar --help 2>&1 | grep -q -- -c; then
	busybox tar -cf busybox.tar tree
	wrote busybox.tar 'busybox tar'
fi
if has cpio; then
	find tree ! -name 'n*' | cpio -o -H ustar --quiet >cpio.tar
	wrote cpio.tar 'GNU cpio'
fi
if has git; then
	cp -R tree repository
	git -c init.defaultBranch=main init -q repository
	git -C repository add -A
	git -C repository -c user.name=x -c user.email=x@example.org commit -q -m x
	git -C repository archive --prefix=p/ HEAD >git.tar
	wrote git.tar 'git archive'
fi
if has perl && perl -MArchive::Tar -e 1 2>/dev/null; then
	perl -MArchive::Tar -e 'my $t = Archive::Tar->new; $t->add_files("tree/f", "tree/sub/x");
		$t->write("perl.tar")'
	wrote perl.tar 'Perl Archive::Tar'
fi
if has 7z; then
	7z a -ttar -bd -bso0 7z.tar tree >/dev/null
	wrote 7z.tar 7-Zip
fi
if has go; then
	cat >main.go <<'GO'
package main

import (
	"archive/tar"
	"os"
	"strings"
)

func main() {
	w := tar.NewWriter(os.Stdout)
	for _, h := range []tar.Header{
		{Name: "a", Mode: 0644, Uname: "root"},
		{Name: strings.Repeat("n", 120), Mode: 0644, Uname: "root"},
	} {
		if w.WriteHeader(&h) != nil {
			os.Exit(1)
		}
	}
	w.Close()
}
GO
	if GOFLAGS=-mod=mod timeout 120 go run main.go >go.tar 2>/dev/null; then
		wrote go.tar 'Go archive/tar'
	else
		echo 'go cannot build here' >&2
	fi
fi
exit $failed
