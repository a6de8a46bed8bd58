# SPDX-License-Identifier: Apache-2.0
"""Sizes of functions and files, as CONTRIBUTING.md limits them; functions are found by ctags."""
import json
import pathlib
import shutil
import subprocess
import sys

FILE_LINES = 500
FUNCTION_LINES = 60
PARAMETERS = 5
COLUMNS = 100
NESTING = 4


def functions(files):
    out = subprocess.run(
        ["ctags", "--output-format=json", "--languages=C", "--langmap=C:.c.h",
         "--kinds-C=f", "--fields=+neS", "-f", "-", *map(str, files)],
        check=True, capture_output=True, text=True).stdout
    for line in out.splitlines():
        tag = json.loads(line)
        if tag.get("_type") == "tag" and "end" in tag:
            yield tag


def parameters(signature):
    inner = signature.strip()[1:-1].strip()
    if inner in ("", "void"):
        return 0
    depth, n = 0, 1
    for c in inner:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(c, 0)
        n += c == "," and depth == 0
    return n


def indentation(line):
    return len(line) - len(line.lstrip("\t"))


def main():
    if not shutil.which("ctags"):
        print("skipped: no ctags")
        return 77
    files = sorted(p for d in ("src", "tests") for p in pathlib.Path(d).rglob("*.[ch]"))
    text = {str(p): p.read_text(encoding="utf-8").splitlines() for p in files}
    wrong = []
    for name, lines in text.items():
        if len(lines) > FILE_LINES:
            wrong.append(f"{name}: {len(lines)} lines (at most {FILE_LINES})")
        for i, line in enumerate(lines, 1):
            if len(line.expandtabs(8)) > COLUMNS:
                wrong.append(f"{name}:{i}: {len(line.expandtabs(8))} columns (at most {COLUMNS})")
    n = 0
    for tag in functions(files):
        n += 1
        where = f"{tag['path']}:{tag['line']}: {tag['name']}"
        lines = tag["end"] - tag["line"] + 1
        if lines > FUNCTION_LINES:
            wrong.append(f"{where}: {lines} lines (at most {FUNCTION_LINES})")
        given = parameters(tag.get("signature", "()"))
        if given > PARAMETERS:
            wrong.append(f"{where}: {given} parameters (at most {PARAMETERS})")
        body = text[tag["path"]][tag["line"]:tag["end"]]
        deepest = max((indentation(s) for s in body if s.strip()), default=0)
        if deepest > NESTING + 1:
            wrong.append(f"{where}: nested {deepest - 1} deep (at most {NESTING})")
    if n == 0:
        wrong.append("ctags found no function: is it universal-ctags?")
    print("\n".join(wrong) or f"{n} functions in {len(files)} files are within the limits")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
