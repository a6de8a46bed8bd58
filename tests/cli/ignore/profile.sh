# SPDX-License-Identifier: Apache-2.0
# The profile compares images and not archives; all that makes another image still counts.
. "$HS_SOURCE/tests/cli/compare.sh"

python <<'END'
import tarfile
import twins

OTHERWISE = dict(time=1700000100, outer_time=1800000000, reverse=True, form=tarfile.GNU_FORMAT, dot="./",
                 tag="app:2", steps=("x",), indent=1, level=1, gzip_time=7, type_bits=0o100000)
for make, end in ((twins.oci, "oci"), (twins.docker, "tar")):
    make("base." + end)
    make("otherwise." + end, **OTHERWISE)
    for name, keywords in {"real": dict(motd=b"HELLO\n"), "mode": dict(mode=0o600), "env": dict(env="A=2"),
                           "owner": dict(uname="builder"), "more": dict(extra=("etc/new", b"1")),
                           "whiteout": dict(extra=("etc/.wh.old", b"")),
                           "opaque": dict(extra=("etc/.wh..wh..opq", b"")), "link": dict(link="bin/app")}.items():
        make(f"{name}.{end}", **OTHERWISE, **keywords)
twins.oci("xattr.oci", xattr={"user.x": "1"})
twins.oci("capability.oci", xattr={"security.capability": "1"})
twins.oci("none.oci", packed=twins.NONE)
with tarfile.open("base.oci") as t:
    t.extractall("layout")
END

for end in oci tar; do
	differs --also --profile --also semantic 0 "base.$end" "otherwise.$end" "summary['entries'] > 5"
	for name in real mode env owner more whiteout opaque link; do
		"$HASHOSCOPE" -q --profile semantic "base.$end" "$name.$end"
		[ $? = 1 ] || { echo "$name.$end" && failed=1; }
	done
	differs --also --profile --also semantic --also --ignore-owner-names 0 "base.$end" "owner.$end"
done
differs --also --profile --also semantic 1 base.oci xattr.oci "field('etc/motd', 'xattr user.x')"
differs --also --profile --also semantic 1 base.oci capability.oci
differs --also --profile --also semantic 0 layout otherwise.oci
differs --also --profile --also semantic 1 base.oci none.oci "field('layer[0]', 'media type')"
differs --also --profile --also semantic --also --ignore-compression 0 base.oci none.oci
differs --also --profile --also exact 1 base.oci otherwise.oci "result['ignored'] == {}"

# What is not asked for changes nothing, but for keys that say so.
"$HASHOSCOPE" base.oci otherwise.oci >plain.txt
"$HASHOSCOPE" --profile exact base.oci otherwise.oci >exact.txt
cmp plain.txt exact.txt || failed=1
grep -q ignored plain.txt && failed=1
finish
