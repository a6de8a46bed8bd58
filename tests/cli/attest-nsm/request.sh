# SPDX-License-Identifier: Apache-2.0
# A document is what was asked for, byte for byte what the module gave, and written whole or not at all.
. "$HS_LIB"
need openssl
export PYTHONPATH="$HS_SOURCE/tests/cli"
"$HS_PYTHON" -m nsm pki pki || exit 1
echo '{"PCR0": "'"$(printf '%096d' 7)"'"}' >pki/pcrs.json
printf key >key
head -c 1025 /dev/zero >long
head -c 4096 /dev/zero >longest
head -c 4097 /dev/zero >longer
cat >show.py <<'END'
import pathlib, sys, nsm
(_, _, payload, signature), rest = nsm.decode(pathlib.Path(sys.argv[1]).read_bytes())
assert not rest and len(signature) == 96
fields, rest = nsm.decode(bytes([0xa9]) + payload[1:-1])
assert not rest
print({k: fields[k] if fields[k] is None else fields[k][:8].hex() + f" {len(fields[k])}"
       for k in ("user_data", "nonce", "public_key")}, fields["pcrs"][0].hex()[-4:])
END
cat >steps <<'END'
. "$HS_LIB"
ask() {
	status "$HASHOSCOPE" attest request --nsm-device module "$@" 2>&1
}
ask -o empty && "$HS_PYTHON" show.py empty
ask --nonce 00FFaa --user-data '' --public-key key -o all && "$HS_PYTHON" show.py all
"$HASHOSCOPE" attest request --nonce @key -o - --nsm-device module >standard
"$HS_PYTHON" show.py standard
ask --user-data @long -o noted && "$HS_PYTHON" show.py noted
ask --user-data @longest -o none
ask --user-data @longer -o none
ask --nonce 0 -o none
ask --public-key missing -o none
ask -o missing/none
ask -o empty none
ls
END
"$HS_PYTHON" -m nsm run module pki sh steps
