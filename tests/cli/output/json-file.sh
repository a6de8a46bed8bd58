# SPDX-License-Identifier: Apache-2.0
# -o json=FILE writes the file and nothing else; two outputs come from one run.
. "$HS_LIB"
mkdir a b
echo one >a/x
echo two >b/x
status "$HASHOSCOPE" -o json=out.json a b
"$HS_PYTHON" -c 'import json; print(json.load(open("out.json"))["format"]["name"])'
"$HASHOSCOPE" -o text=out.txt -o json a b >stdout.json
cmp out.json stdout.json
head -c 9 out.txt
echo
status "$HASHOSCOPE" -q -o json=quiet.json -o text a b
cmp out.json quiet.json
"$HASHOSCOPE" --json a b >short.json
cmp out.json short.json
ls -A
