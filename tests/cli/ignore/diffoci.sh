# SPDX-License-Identifier: Apache-2.0
# --profile semantic says what diffoci --semantic says, but where that is wrong.
. "$HS_SOURCE/tests/cli/compare.sh"
need diffoci

python <<'END'
import tarfile
import twins


def make(name, **keywords):
    twins.oci(name + ".oci", tag="example.org/" + name + ":1", **keywords)


make("base")
make("time", time=1700000100)
make("order", reverse=True)
make("dialect", form=tarfile.GNU_FORMAT)
make("dot", dot="./")
make("bits", type_bits=0o100000)
make("level", level=1, gzip_time=7)
make("written", indent=1)
make("steps", steps=("x",))
make("none", packed=twins.NONE)
make("owner", uname="builder")
make("mode", mode=0o600)
make("content", motd=b"HELLO\n")
make("whiteout", extra=("etc/.wh.old", b""))
make("opaque", extra=("etc/.wh..wh..opq", b""))
make("env", env="A=2")
make("xattr", xattr={"user.x": "1"})
make("link", link="bin/app")
END

export DIFFOCI_BACKEND=local DIFFOCI_LOCAL_CACHE="$PWD/cache"
for name in *.oci; do
	diffoci load --input "$name" >load.log 2>&1 || { cat load.log && exit 1; }
done
for name in time order dialect dot bits level written steps none owner mode content whiteout opaque env xattr; do
	diffoci diff --semantic --pull never --platform linux/amd64 example.org/base:1 "example.org/$name:1" >theirs.txt 2>&1
	theirs=$?
	"$HASHOSCOPE" -q --profile semantic base.oci $name.oci
	ours=$?
	[ $ours = $theirs ] || { echo "$name: exit status $ours, diffoci's $theirs" && cat theirs.txt && failed=1; }
done
# It takes the first slash off the target of a link: these two are not the same shell.
"$HASHOSCOPE" -q --profile semantic base.oci link.oci
[ $? = 1 ] || { echo "link: passes for the same" && failed=1; }
finish
