# SPDX-License-Identifier: Apache-2.0
"""Checks JSON reports against the schemas of docs/ and against what a schema cannot say.

usage: validate.py [--schema SCHEMA.json] REPORT.json...
       validate.py --run PROGRAM
"-" is standard input. Which schema it is, the report says itself; --schema overrides that.
--run checks all that the program, a unit test, leaves in the folder that $HS_REPORTS names.
Exit status: 0 valid, 1 not, 77 no jsonschema for this Python.
"""
import argparse
import base64
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print("skipped: no jsonschema for this Python")
    sys.exit(77)

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"
ESCAPE = re.compile(rb"\\(?:([nrt\\])|x([0-9a-f]{2}))")
SHORT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"\\": b"\\"}
# What a terminal may not be sent: controls, C1, bidirectional and zero-width characters.
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def unique(pairs):
    out = dict(pairs)
    if len(out) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return out


def raw(shown):
    """The bytes that a shown text stands for."""
    return ESCAPE.sub(lambda m: SHORT[m[1]] if m[1] else bytes([int(m[2], 16)]), shown.encode())


def node_errors(nodes):
    seen, children = {}, {}
    for i, node in enumerate(nodes):
        where = f"nodes[{i}]"
        if node["id"] in seen:
            yield f"{where}: the id {node['id']} stands twice"
        if node["parent"] is None and i:
            yield f"{where}: only the first node has no parent"
        if node["parent"] is not None and node["parent"] not in seen:
            yield f"{where}: its parent {node['parent']} does not stand before it"
        seen[node["id"]] = node
        children[node["parent"]] = children.get(node["parent"], 0) + 1
        if node["path_bytes_b64"] is not None:
            if base64.b64decode(node["path_bytes_b64"]) != raw(node["path"]):
                yield f"{where}: path and path_bytes_b64 are not the same"
    for name, node in seen.items():
        if node["children"] != children.get(name, 0):
            yield f"{name}: says {node['children']} children, has {children.get(name, 0)}"


def count_errors(report):
    damage = [(n["id"], note) for n in report["nodes"] for note in n["notes"] if note["damage"]]
    told = [(d["node"], d["code"], d["message"], d["side"]) for d in report["diagnostics"]]
    if told != [(i, n["code"], n["text"], n["side"]) for i, n in damage]:
        yield "diagnostics are not the damage of the nodes, in their order"
    if report["result"]["incomplete_reasons"] != sorted({n["code"] for _, n in damage}):
        yield "incomplete_reasons are not the codes of the damage"
    if report["summary"]["unreadable"] != len({i for i, _ in damage}):
        yield "summary.unreadable is not the number of damaged nodes"
    if report["format"]["name"] != "hashoscope-report":
        return
    s = report["summary"]
    if s["entries"] != sum(s.values()) - s["entries"] - s["unreadable"]:
        yield "summary.entries is not the sum of its parts"
    if s["identical"] < sum(n["identical"] for n in report["nodes"]):
        yield "summary.identical is less than the nodes say"


def measure_errors(report, nodes):
    result, pcrs = report["result"]["measurements"], report["measurements"]
    if (result is None) != (not pcrs):
        yield "measurements are told in one place and not in the other"
    if result is None:
        return
    for p in pcrs:
        if p["a"] and p["b"] and p["same"] != (p["a"] == p["b"]):
            yield f"{p['id']}: same is not whether a and b are"
    if result["same"] and any(not p["same"] for p in pcrs if p["id"] != "PCR8"):
        yield "the measurements are the same and a PCR is not"
    differ = {p["id"] for p in pcrs if not p["same"]}
    for c in result["causes"]:
        if not set(c["reaches"]) <= differ:
            yield f"a cause reaches what does not differ: {c['sentence']}"
    for part in [s for p in pcrs for s in p["sections"]] + result["causes"] + result["not_measured"]:
        if nodes is not None and part["node"] is not None and part["node"] not in nodes:
            yield f"there is no node {part['node']}"


def eif_errors(report):
    result, header = report["result"], report["header"]
    if result["complete"] != (result["exit_code"] == 0):
        yield "complete is not what the exit status says"
    codes = {p["code"] for p in report["problems"]}
    if (header["crc32"] != header["crc32_of_file"]) != ("eif-crc" in codes):
        yield "a wrong CRC is a problem, and a right one is none"
    for i, s in enumerate(report["sections"]):
        if s["present"] > s["size"] or s["offset"] + 12 + s["present"] > report["input"]["size"]:
            yield f"sections[{i}] has more bytes than there are"
    for p in report["problems"]:
        if p["section"] is not None and p["section"] >= len(report["sections"]):
            yield f"a problem of a section that there is not: {p['text']}"


def errors_of(text, schema):
    if found := UNSAFE.search(text):
        yield f"U+{ord(found.group()):04X} stands raw at {found.start()}"
    report = json.loads(text, object_pairs_hook=unique)
    if schema is None:
        schema = json.loads((DOCS / report["$schema"]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    wrong = list(jsonschema.Draft202012Validator(schema).iter_errors(report))
    for e in wrong[:20]:
        yield f"{e.json_path}: {e.message[:200]}"
    if not wrong and report["format"]["name"] == "hashoscope-explanation":
        yield from measure_errors(report, None)
    elif not wrong and report["format"]["name"] == "hashoscope-eif":
        yield from eif_errors(report)
    elif not wrong and report["format"]["name"] == "hashoscope-attestation":
        if report["explanation"]:
            yield from errors_of(json.dumps(report["explanation"]), None)
    elif not wrong:
        if report["format"]["name"] == "hashoscope-report":
            yield from measure_errors(report, {n["id"]: n for n in report["nodes"]})
        yield from node_errors(report["nodes"])
        yield from count_errors(report)


def check(name, data, schema):
    try:
        wrong = list(errors_of(data.decode("utf-8"), schema))
    except (ValueError, KeyError, TypeError, OSError) as e:
        wrong = [f"{type(e).__name__}: {e}"]
    for line in wrong:
        print(f"{name}: {line}")
    return bool(wrong)


def run(program):
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run([program], env={**os.environ, "HS_REPORTS": folder},
                              stdout=subprocess.DEVNULL, check=False)
        reports = sorted(pathlib.Path(folder).glob("*.json"))
        rc = any([check(r.name, r.read_bytes(), None) for r in reports])
    print(f"{len(reports)} reports")
    return 1 if rc or made.returncode or not reports else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--schema", type=pathlib.Path)
    parser.add_argument("--run", metavar="PROGRAM")
    parser.add_argument("report", nargs="*")
    args = parser.parse_args()
    if args.run:
        return run(args.run)
    if not args.report:
        parser.error("no report")
    schema = json.loads(args.schema.read_text(encoding="utf-8")) if args.schema else None
    rc = False
    for name in args.report:
        data = sys.stdin.buffer.read() if name == "-" else pathlib.Path(name).read_bytes()
        rc |= check(name, data, schema)
    return int(rc)


if __name__ == "__main__":
    sys.exit(main())
