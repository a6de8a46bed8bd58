# SPDX-License-Identifier: Apache-2.0
# AWS's program itself, where there is one: it prints what we print and refuses what we refuse.
. "$HS_LIB"
need nitro-cli openssl
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from enclaves import *
usual("plain.eif")
usual("odd.eif", meta=metadata(
    '{"b":[1.50,1e20,-0,18446744073709551616,0.1e1,[],{}],"a":"é\\u007f\\u0001\\/","":null}',
    '{"z":1,"BuildTime":"mine","a":{"x":[true]}}', '"W \\"q\\""'))
usual("null.eif", meta=b"null")
usual("crc.eif", crc=0)
usual("tail.eif", after=b"0123456789a")
usual("version.eif", version=9, flags=0x240)
usual("again.eif", (METADATA, metadata(name='"other"')))
eif("none.eif")
eif("order.eif", (METADATA, metadata()), (RAMDISK, b"rd1"), (CMDLINE, b"cmd"), (RAMDISK, b"rd2"),
    (KERNEL, b"kern"), (KERNEL, b"kern"))
usual("custom.eif", meta=metadata("null", "[]"))
usual("key.eif", meta=b'{"ImageName":"x"}')
usual("twice.eif", meta=metadata().replace(b"{", b'{"ImageName":"x",', 1))
usual("deep.eif", meta=metadata("[" * 127 + "]" * 127))
usual("number.eif", meta=metadata("1e999"))
usual("more.eif", after=b"0123456789ab")
usual("type.eif", (6, b""))
usual("cbor.eif", (SIGNATURE, b"\x80"))
END
nitro-cli describe-eif --eif-path plain.eif >out 2>err ||
	skip "nitro-cli does not run here: $(head -n 1 err)"
openssl ecparam -name secp384r1 -genkey -noout -out key
openssl req -new -x509 -key key -out cert -days 9 -utf8 -sha512 \
	-subj "/C=US/O=Exämple, \"Inc\"/CN=one/CN=two/1.2.3.4=$(printf 'e\314\201')" 2>err || cat err
cp plain.eif signed.eif
nitro-cli sign-eif --eif-path signed.eif --signing-certificate cert --private-key key >out 2>err ||
	cat err
"$HASHOSCOPE" eif pcr signed.eif | cmp - out
cp signed.eif changed.eif
printf X | dd of=changed.eif bs=1 seek=560 conv=notrunc 2>err || cat err
cp signed.eif forged.eif
printf XX | dd of=forged.eif bs=1 seek=$(($(wc -c <forged.eif) - 2)) conv=notrunc 2>err || cat err
for file in *.eif; do
	nitro-cli describe-eif --eif-path "$file" >theirs 2>err
	theirs=$?
	"$HASHOSCOPE" eif describe --lenient -o nitro "$file" >ours 2>err
	ours=$?
	cmp theirs ours
	case $theirs,$ours in
	0,0) echo "$file: described" ;;
	*,3) echo "$file: refused" ;;
	*) echo "$file: nitro-cli ends with $theirs, we with $ours" ;;
	esac
done
nitro-cli pcr --signing-certificate cert >theirs
"$HASHOSCOPE" eif pcr --certificate cert | cmp - theirs
nitro-cli pcr --input plain.eif >theirs
"$HASHOSCOPE" eif pcr --input plain.eif | cmp - theirs
