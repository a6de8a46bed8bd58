# SPDX-License-Identifier: Apache-2.0
# An event a line, each of them JSON.
mkdir a b
echo one >a/x
echo two >b/x
"$HASHOSCOPE" -q --progress json a b 2>events
"$HS_PYTHON" - <<'END'
import json
events = [json.loads(line) for line in open("events")]
# A slow machine has time for more than one event a stage.
print(list(dict.fromkeys((e["event"], e["stage"]) for e in events)))
print(sorted(events[-1]))
END
