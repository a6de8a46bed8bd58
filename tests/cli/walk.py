# SPDX-License-Identifier: Apache-2.0
"""Runs a walkthrough: each block of commands of a section of a page, in one shell, and checks that
the block of output that follows it tells what the commands print.

    walk.py PAGE.md HEADING

A line of the output block must be found in what was printed, below the line before it; "..." stands
for anything within a line, a line "..." for any lines. Commands may end with any status: what they
print is what counts. Prints the number of blocks, or what was not found.
"""
import pathlib
import re
import subprocess
import sys


def blocks_of(page, heading):
    """(kind, text) of the fenced blocks below the heading, up to the next of its rank."""
    section = re.search(rf"^({re.escape(heading)})\n(.*?)(?=^## |\Z)", page, re.S | re.M)
    if not section:
        sys.exit(f"there is no section \"{heading}\"")
    return re.findall(r"^```(sh|text)\n(.*?)^```$", section.group(2), re.S | re.M)


def pattern_of(line):
    return re.compile("^" + ".*".join(re.escape(part) for part in line.split("...")) + "$")


def missing(printed, wanted):
    """The first line of `wanted` that `printed` lacks, or None."""
    lines = iter(printed.splitlines())
    for line in wanted.splitlines():
        if line.strip() == "...":
            continue
        pattern = pattern_of(line.rstrip())
        if not any(pattern.match(got.rstrip()) for got in lines):
            return line
    return None


def main():
    page, heading = sys.argv[1:]
    mark = "---- end of block ----"
    blocks = blocks_of(pathlib.Path(page).read_text(encoding="utf-8"), heading)
    commands = [text for kind, text in blocks if kind == "sh"]
    script = "".join(f"{text}\necho '{mark}'\n" for text in commands)
    run = subprocess.run(["bash", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         text=True, errors="replace", check=False)
    printed = run.stdout.split(mark + "\n")
    at = -1
    for kind, text in blocks:
        if kind == "sh":
            at += 1
        elif line := missing(printed[at], text):
            print(f"block {at + 1} does not print: {line}\nit prints:\n{printed[at]}")
            return 1
    print(f"{len(commands)} blocks of commands")
    return 0


if __name__ == "__main__":
    sys.exit(main())
