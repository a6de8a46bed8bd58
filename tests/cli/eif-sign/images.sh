# SPDX-License-Identifier: Apache-2.0
# What can be signed: images without a fault; with --lenient what AWS's reader takes.
. "$HS_LIB"
. "$HS_SOURCE/tests/cli/signing.sh"
image u.eif
image two.eif 2
image three.eif 3
signer one prime256v1
"$HS_PYTHON" - <<'END'
import pathlib
data = pathlib.Path("u.eif").read_bytes()
for name, change in (("crc", (0x10, 7)), ("version", (5, 9)), ("magic", (0, 0)), ("count", (0x1b, 0)),
                     ("type", (549, 6)), ("reserved", (0x19, 1))):
    at, byte = change
    pathlib.Path(name + ".eif").write_bytes(data[:at] + bytes([byte]) + data[at + 1:])
pathlib.Path("cut.eif").write_bytes(data[:-1])
pathlib.Path("tail.eif").write_bytes(data + b"tail")
pathlib.Path("header.eif").write_bytes(data[:547])
END
for file in two three crc version magic count type reserved cut tail header; do
	for more in '' --lenient; do
		echo "$ $file.eif $more"
		"$HASHOSCOPE" eif sign $file.eif $more --certificate one.pem --private-key one.key \
			-o out.eif 3>&1 >measurements 2>&3
		echo "exit $?"
		[ ! -e out.eif ] || "$HASHOSCOPE" eif verify out.eif | grep -v '^[a-zP]' |
			sed 's/end, at offset [0-9]*/end, at offset N/'
		rm -f out.eif
	done
done
