# SPDX-License-Identifier: Apache-2.0
# Each switch ignores its own difference and no other's, and never a real one beside it.
. "$HS_SOURCE/tests/cli/compare.sh"

python <<'END'
import tarfile
import twins

PAIRS = {
    "timestamps": dict(time=1700000100, outer_time=1800000000),
    "history": dict(steps=("ENV A=1",)),
    "order": dict(reverse=True),
    "tar-format": dict(form=tarfile.GNU_FORMAT, dot="./", type_bits=0o100000),
    "image-name": dict(tag="app:2"),
    "owner-names": dict(uname="builder"),
}
# No layer is compressed, so that nothing but the pair itself differs.
for make, end in ((twins.oci, "oci"), (twins.docker, "tar")):
    make("base." + end, packed=twins.NONE)
    for name, keywords in PAIRS.items():
        make(f"{name}.{end}", packed=twins.NONE, **keywords)
        make(f"{name}+real.{end}", packed=twins.NONE, motd=b"HELLO\n", **keywords)
        make(f"{name}+mode.{end}", packed=twins.NONE, mode=0o600, **keywords)
        make(f"{name}+more.{end}", packed=twins.NONE, extra=("etc/new", b"1"), **keywords)
        make(f"{name}+env.{end}", packed=twins.NONE, env="A=2", **keywords)
twins.oci("packed.oci")
twins.oci("compression.oci", level=1, gzip_time=7)
twins.oci("compression+real.oci", level=1, motd=b"HELLO\n")
END

# exits STATUS OPTION A B
exits() {
	"$HASHOSCOPE" -q "$2" "$3" "$4"
	got=$?
	[ $got = "$1" ] || { echo "$2 $3 $4: exit status $got, wanted $1" && failed=1; }
}

all="timestamps history order tar-format image-name owner-names"
for name in $all; do
	for end in oci tar; do
		for switch in $all; do
			want=1
			[ "$name" = "$switch" ] && want=0
			exits $want "--ignore-$switch" "base.$end" "$name.$end"
		done
		for real in mode more env; do
			exits 1 "--ignore-$name" "base.$end" "$name+$real.$end"
		done
	done
	differs --also "--ignore-$name" 0 base.oci "$name.oci" "result['ignored']['$name'] > 0" \
		"set(result['ignored']) <= {'$name', 'derived'}" "root['ignored']" \
		"text.startswith('SAME apart from what is ignored: ')" "summary['ignored'] > 0"
	differs --also "--ignore-$name" 1 base.tar "$name+real.tar" "status('etc/motd') == 'content'" \
		"node('etc/motd')['ignored'] == []" "root['ignored'] == []"
done

for switch in $all; do
	exits 1 "--ignore-$switch" packed.oci compression.oci
done
differs --also --ignore-compression 0 packed.oci compression.oci "'compression' in node('layer[0]')['ignored']"
differs --also --ignore-compression 0 base.oci packed.oci
differs --also --ignore-compression 1 packed.oci compression+real.oci "status('etc/motd') == 'content'"
finish
