# SPDX-License-Identifier: Apache-2.0
"""Words that must not stand in the repository: unbounded string functions, unfinished work, names
of the machine on which somebody worked, binary files without need."""
import os
import pathlib
import re
import subprocess
import sys

SELF = "tests/checks/words.py"
# In C, comments and strings left out.
CALLS = re.compile(r"\b(?:strcpy|stpcpy|strcat|sprintf|vsprintf|alloca|gets|strtok|atoi|atol|"
                   r"tmpnam|mktemp|system|popen)\s*\(")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
C_TEXT = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
FOLDERS = re.compile(r"(?<![\w./-])/(?:home|Users|work|srv)/\w")
BINARY_MAX = 4096
# mktemp as a command of the shell is the safe one; only C is asked for calls.


def tracked():
    out = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True)
    if out.returncode or not out.stdout:
        print("skipped: not a git checkout")
        sys.exit(77)
    return [name for name in out.stdout.split("\0") if name and pathlib.Path(name).is_file()]


def of_this_machine():
    places = {os.getcwd(), os.environ.get("HS_BUILD", "")}
    return [p for p in places if p.count("/") >= 2]


def lines_with(pattern, text):
    for m in pattern.finditer(text):
        yield text.count("\n", 0, m.start()) + 1, m.group(0).strip("( ")


def check(name, wrong):
    data = pathlib.Path(name).read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    if text is None or "\0" in text:
        if len(data) > BINARY_MAX:
            wrong.append(f"{name}: {len(data)} bytes of binary (at most {BINARY_MAX})")
        return
    if name in (SELF, "LICENSE"):
        return
    for line, word in lines_with(UNFINISHED, text):
        wrong.append(f"{name}:{line}: {word}")
    for line, word in lines_with(FOLDERS, text):
        wrong.append(f"{name}:{line}: {word}... is a folder of one machine")
    for place in of_this_machine():
        if place in text:
            wrong.append(f"{name}: names {place}, a folder of this machine")
    if name.endswith((".c", ".h")):
        bare = C_TEXT.sub(lambda m: "\n" * m.group(0).count("\n"), text)
        for line, word in lines_with(CALLS, bare):
            wrong.append(f"{name}:{line}: {word}()")


def main():
    wrong = []
    names = tracked()
    for name in names:
        check(name, wrong)
    print("\n".join(wrong) or f"{len(names)} files are clean")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
