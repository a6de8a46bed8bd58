# SPDX-License-Identifier: Apache-2.0
"""Each comparator has its row, each source file its unit test, each file its licence."""
import pathlib
import re
import subprocess
import sys

COMPARATOR = re.compile(r"const struct hs_comparator hs_comparator_(\w+)\s*=")
LICENSED = {".c", ".h", ".py", ".sh", ".cmake"}
TAG = "SPDX-License-Identifier: " + "Apache-2.0"


def check_rows(wrong):
    rows = re.findall(r"^HS_ROW\((\w+)\)", pathlib.Path("src/comparators/rows.def").read_text(), re.M)
    defined = {}
    for path in sorted(pathlib.Path("src/comparators").rglob("*.c")):
        names = COMPARATOR.findall(path.read_text(encoding="utf-8"))
        defined.update({name: path for name in names})
        if path.stem in rows and path.stem not in names:
            wrong.append(f"{path}: has a row, but defines no hs_comparator_{path.stem}")
        # A file without a row of its own holds what several rows share.
    for name in rows:
        if name not in defined:
            wrong.append(f"rows.def: HS_ROW({name}) has no file in src/comparators")
        if rows.count(name) > 1:
            wrong.append(f"rows.def: HS_ROW({name}) stands there twice")
    for name, path in defined.items():
        if name not in rows:
            wrong.append(f"{path}: hs_comparator_{name} has no row in rows.def")
    return len(rows)


def check_unit_tests(wrong):
    n = 0
    for path in sorted(pathlib.Path("src").rglob("*.c")):
        inner = path.relative_to("src")
        if len(inner.parts) == 1 or inner.parts[0] == "cli":
            continue  # main.c and cli/ are the program: tests/cli runs it
        n += 1
        # codec_zstd.c is a part of codec.c, and may be tested with it.
        whole = path.stem.partition("_")[0]
        names = {path.stem, whole} if path.with_name(whole + ".c").is_file() else {path.stem}
        if not any(pathlib.Path(f"tests/unit/test_{name}.c").is_file() for name in names):
            wrong.append(f"{path}: no tests/unit/test_{path.stem}.c")
    return n


def tracked():
    out = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True)
    if out.returncode == 0 and out.stdout:
        return [pathlib.Path(name) for name in out.stdout.split("\0") if name]
    return [p for p in pathlib.Path(".").rglob("*") if p.is_file() and "build" not in p.parts]


def check_licences(wrong):
    for path in tracked():
        script = path.parts[0] in ("scripts", ".ci") and path.suffix == ""
        if not path.is_file() or not (script or path.suffix in LICENSED or
                                      path.name == "CMakeLists.txt"):
            continue
        head = path.read_text(encoding="utf-8", errors="replace").splitlines()[:3]
        if not any(TAG in line for line in head):
            wrong.append(f"{path}: no {TAG} in its first lines")


def main():
    wrong = []
    rows = check_rows(wrong)
    files = check_unit_tests(wrong)
    check_licences(wrong)
    print("\n".join(wrong) or f"{rows} comparators have rows, {files} source files have tests")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
