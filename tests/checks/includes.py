# SPDX-License-Identifier: Apache-2.0
"""Who may include whom (docs/design.md, Rooms), and that each header stands alone."""
import os
import pathlib
import re
import subprocess
import sys

MAY = {
    "core": {"core"},
    "enclave": {"enclave", "core", "golang"},
    "attest": {"attest", "core", "enclave"},
    "binary": {"binary", "core"},
    "comparators": {"attest", "binary", "comparators", "core", "enclave"},
    "golang": {"golang", "core"},
    "image": {"image", "core"},
    "canon": {"canon", "core", "golang", "image"},
    "pack": {"pack", "core", "golang", "image"},
    "engine": {"engine", "attest", "binary", "core", "comparators", "enclave", "golang", "image",
               "canon"},
    "sinks": {"sinks", "core"},
    "ui": {"ui", "core"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)
# What a library must not ask of the process around it.
AMBIENT = re.compile(r"\b(?:secure_)?getenv\s*\(|\bsetenv\s*\(|\bsetlocale\s*\(|\bchdir\s*\(|"
                     r"\bumask\s*\(|\benviron\b")
COMMENT = re.compile(r"/\*.*?\*/", re.S)


def folder(path):
    parts = pathlib.PurePath(path).parts
    return parts[0] if len(parts) > 1 else ""


def check_rules(path, includes, wrong):
    mine = folder(path.relative_to("src"))
    own = str(path.relative_to("src").with_suffix(".h"))
    for name in includes:
        if not (pathlib.Path("src") / name).is_file():
            if not name.endswith(".def"):
                wrong.append(f"{path}: includes {name}, which is not in src")
        elif mine in MAY and folder(name) not in MAY[mine]:
            wrong.append(f"{path}: {mine} may not include {name}")
    if path.suffix == ".c" and (pathlib.Path("src") / own).is_file() and includes[:1] != [own]:
        wrong.append(f"{path}: its first include is not {own}")


def check_circles(graph, wrong):
    done, trail = set(), []

    def visit(name):
        if name in trail:
            wrong.append("circle: " + " -> ".join(trail[trail.index(name):] + [name]))
        elif name not in done:
            trail.append(name)
            for other in graph.get(name, ()):
                visit(other)
            trail.pop()
            done.add(name)

    for name in sorted(graph):
        visit(name)


def check_alone(header, wrong):
    cc = os.environ.get("HS_CC", "cc")
    flags = ["-std=c17", "-D_GNU_SOURCE", "-Isrc", "-fsyntax-only", "-Wall", "-Wextra", "-Werror"]
    # Twice: its guard has to work.
    text = f'#include "{header}"\n#include "{header}"\n'
    run = subprocess.run([cc, *flags, "-x", "c", "-"], input=text, capture_output=True, text=True)
    if run.returncode:
        wrong.append(f"{header} does not compile alone:\n{run.stderr}")


def main():
    wrong, graph = [], {}
    files = sorted(pathlib.Path("src").rglob("*.[ch]"))
    for path in files:
        text = path.read_text(encoding="utf-8")
        includes = INCLUDE.findall(text)
        check_rules(path, includes, wrong)
        if path.suffix == ".h":
            graph[str(path.relative_to("src"))] = includes
            check_alone(path.relative_to("src"), wrong)
        in_library = folder(path.relative_to("src")) not in ("", "cli")
        if in_library:
            for found in AMBIENT.findall(COMMENT.sub("", text)):
                wrong.append(f"{path}: {found.strip('( ')} belongs to src/cli")
    check_circles(graph, wrong)
    print("\n".join(wrong) or f"{len(files)} files keep the rules")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
