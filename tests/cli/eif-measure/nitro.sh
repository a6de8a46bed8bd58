# SPDX-License-Identifier: Apache-2.0
# -o nitro: what nitro-cli 1.5.0 prints of the same files, checked against it when this was written.
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from enclaves import *
usual("odd.eif", meta=metadata(
    '{"b":[1.50,1e20,-0,18446744073709551616,0.1e1,[],{}],"a":"é\\u007f\\u0001\\/","":null}',
    '{"z":1,"BuildTime":"mine","a":{"x":[true]}}', '"W \\"q\\""'))
usual("null.eif", meta=b"null")
usual("crc.eif", crc=0)
usual("tail.eif", after=b"0123456789a")
END
for file in odd null crc tail; do
	"$HASHOSCOPE" eif describe -o nitro --lenient $file.eif
	echo "exit $?"
done
# What is wrong with them for a strict reader is told besides.
"$HASHOSCOPE" eif describe -o nitro crc.eif >out
echo "exit $?"
"$HASHOSCOPE" eif describe -o nitro tail.eif >out
echo "exit $?"
