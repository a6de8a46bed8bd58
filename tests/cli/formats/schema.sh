# SPDX-License-Identifier: Apache-2.0
# The list against its schema; every row says how it is recognised.
"$HASHOSCOPE" --list-formats -o json >formats.json
"$HASHOSCOPE" schema formats >schema.json
"$HS_PYTHON" - <<'EOF' || exit
import json
import sys
try:
    import jsonschema
except ImportError:
    print("no jsonschema for this Python")
    sys.exit(77)
document = json.load(open("formats.json"))
schema = json.load(open("schema.json"))
jsonschema.Draft202012Validator.check_schema(schema)
jsonschema.Draft202012Validator(schema).validate(document)
names = [f["name"] for f in document["formats"]]
print(len(names) == len(set(names)), all(f["known_by"] for f in document["formats"]))
known = {library["name"] for library in document["libraries"]}
print({name for f in document["formats"] for name in f["libraries"]} - known)
EOF
