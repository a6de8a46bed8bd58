# SPDX-License-Identifier: Apache-2.0
# What buildah makes with --timestamp is what canonicalize makes of the same build without it.
. "$HS_LIB"
need buildah
mkdir -p context/d root run
echo hello >context/a
echo x >context/d/b
cat >context/Dockerfile <<'END'
FROM scratch
COPY a /a
COPY d /d
ENV X=1 Y="<&>"
LABEL l=v
CMD ["/a"]
END
HOME=$PWD
export HOME
build() {
	buildah --root "$PWD/root" --runroot "$PWD/run" --storage-driver vfs build -q \
		--isolation chroot --format oci "$@" context >/dev/null 2>err
}
save() {
	buildah --root "$PWD/root" --runroot "$PWD/run" --storage-driver vfs push -q "$1" \
		"oci-archive:$1.tar:x" >/dev/null 2>err
}
build -t plain && save plain || skip "buildah cannot build here: $(tail -n 1 err)"
touch -d '2021-01-01' context/a context/d/b
build --timestamp 1700000000 -t dated && save dated || skip "buildah has no --timestamp"
"$HASHOSCOPE" canonicalize plain.tar --like buildah --time 1700000000 -o made.tar 2>/dev/null
"$HASHOSCOPE" cat made.tar config >made
"$HASHOSCOPE" cat dated.tar config | cmp - made && echo "the same image ID"
"$HASHOSCOPE" canonicalize dated.tar --like buildah --time 1700000000 >again 2>/dev/null
sha256sum <made | cut -c1-64 >id
grep -qf id again && echo "nothing to do twice"
