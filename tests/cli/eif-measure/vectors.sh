# SPDX-License-Identifier: Apache-2.0
# Files with answers of AWS's own code: what it prints we print, what it refuses we refuse.
. "$HS_LIB"
need_shared vectors/eif
cat >compare.py <<'END'
import json, os, pathlib, re, subprocess, sys

folder, program = pathlib.Path(sys.argv[1]), os.environ["HASHOSCOPE"]


def run(*words):
    return subprocess.run([program, "eif", *words], capture_output=True, text=True)


def answers(text):
    """The walk of the header, the measurements, the certificate, and what was checked."""
    decoder, values, at = json.JSONDecoder(), [], 0
    while (at := text.find("{", at)) >= 0:
        value, at = decoder.raw_decode(text, at)
        if isinstance(value, dict):
            values.append(value)
    walk = re.search(r"ver (\d+) crc (true|false) n (\d+)", text)
    check = re.search(r"check Some\((true|false)\)", text)
    return walk, values, check and check[1] == "true"


for path in sorted(folder.glob("*.eif")):
    expected = path.with_suffix(".expected.txt")
    got = run("describe", "--lenient", "-o", "nitro", path)
    if not expected.exists():
        if got.returncode != 3 or got.stdout:
            print(path.name, "should be refused:", got)
        print(path.name, got.stderr.replace(str(path), path.name).strip())
        continue
    walk, values, check = answers(expected.read_text())
    d = json.loads(got.stdout)
    want = dict(values[0])
    mine = d["Measurements"]
    wrong = [k for k in want if k != "HashAlgorithm" and want[k] != mine.get(k)]
    wrong += [k for k in mine if k not in want]
    if int(walk[1]) != d["EifVersion"] or (walk[2] == "true") != d["CheckCRC"]:
        wrong.append("header")
    if len(values) > 1 and "IssuerName" in values[1] and values[1] != d["SigningCertificate"]:
        wrong.append("certificate")
    if check is not None and check != d["SignatureCheck"]:
        wrong.append("check")
    pcr = run("pcr", "--lenient", path)
    if json.loads(pcr.stdout)["Measurements"] != mine:
        wrong.append("pcr")
    print(path.name, wrong or "as AWS's code has it")
END
"$HS_PYTHON" compare.py "${shared:?}"
