#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the cases of tests/cli; tests/cli/README.md says what a case is."""

import argparse
import difflib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SKIP = 77
TIMEOUT_S = 600
STREAMS = ("stdout", "stderr")


def read(path):
    try:
        with open(path, "rb") as f:
            return f.read()
    except FileNotFoundError:
        return None


def find_cases(wanted):
    """Paths of cases, without ".sh"; all of them, or those that `wanted` names."""
    found = []
    for folder, _, files in sorted(os.walk(HERE)):
        area = os.path.relpath(folder, HERE)
        found += [os.path.join(area, f[:-3]) for f in sorted(files)
                  if f.endswith(".sh") and area != "."]
    if not wanted:
        return found
    chosen = []
    for name in wanted:
        name = name[:-3] if name.endswith(".sh") else name.rstrip("/")
        hits = [c for c in found if c == name or c.startswith(name + "/")]
        if not hits:
            sys.exit(f"run.py: no area or case is called {name}")
        chosen += hits
    return chosen


def environment(args, scratch, case):
    env = {
        "PATH": os.environ["PATH"], "HOME": scratch, "TMPDIR": os.path.join(scratch, ".tmp"),
        "TZ": "UTC", "LC_ALL": "C", "COLUMNS": "80", "TERM": "dumb",
        "HASHOSCOPE": args.hashoscope, "HS_SHARED": args.shared,
        "HS_SOURCE": os.path.dirname(os.path.dirname(HERE)),
        "HS_PYTHON": args.python, "HS_LIB": os.path.join(HERE, "lib.sh"),
        "HS_CASE": os.path.join(HERE, os.path.dirname(case)),
        # Not in the scratch folder, or each run would compile Go's library anew.
        "GOCACHE": os.environ.get("GOCACHE") or os.path.expanduser("~/.cache/go-build"),
    }
    for name in os.environ:
        if name.endswith("SAN_OPTIONS"):
            env[name] = os.environ[name]
    return env


def run(args, case):
    """Runs one case in a folder of its own; gives status, stdout, stderr."""
    scratch = os.path.realpath(tempfile.mkdtemp(prefix="hs-cli-"))
    os.mkdir(os.path.join(scratch, ".tmp"))
    try:
        with subprocess.Popen(
                ["sh", os.path.join(HERE, case + ".sh")], cwd=scratch, umask=0o022,
                env=environment(args, scratch, case), stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as p:
            try:
                out, err = p.communicate(timeout=TIMEOUT_S)
            except subprocess.TimeoutExpired:
                os.killpg(p.pid, signal.SIGKILL)
                out, err = p.communicate()
                err += f"run.py: still running after {TIMEOUT_S} s\n".encode()
            return p.returncode, out, err
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def glob_pattern(text):
    """A .glob sidecar: * stands for anything within a line, a line *** for any lines."""
    out = b""
    for line in text.splitlines(keepends=True):
        if line.rstrip(b"\n") == b"***":
            out += rb"(?:[^\n]*\n)*"
        else:
            out += b".*".join(re.escape(part) for part in line.split(b"*"))
    return out


def show_diff(want, got, name):
    lines = [text.decode("utf-8", "backslashreplace").splitlines() for text in (want, got)]
    return "\n".join(difflib.unified_diff(*lines, "expected " + name, "actual " + name,
                                          lineterm="", n=2))


def check(case, result):
    """What is wrong, as a list of texts."""
    status, *texts = result
    base = os.path.join(HERE, case)
    want = int(read(base + ".exit") or b"0")
    wrong = [] if status == want else [f"exit status {status}, expected {want}"]
    for name, got in zip(STREAMS, texts):
        pattern = read(f"{base}.{name}.glob")
        if pattern is not None:
            if not re.fullmatch(glob_pattern(pattern), got):
                wrong.append(show_diff(pattern, got, name))
            continue
        exact = read(f"{base}.{name}") or b""
        if exact != got:
            wrong.append(show_diff(exact, got, name) or f"{name} differs in its bytes")
    return wrong


def update(case, result):
    """Rewrites the sidecars, but not those with globs, which a person wrote."""
    status, *texts = result
    base = os.path.join(HERE, case)
    wanted = {"exit": b"%d\n" % status if status else b""}
    for name, got in zip(STREAMS, texts):
        if not os.path.exists(f"{base}.{name}.glob"):
            wanted[name] = got
    for name, text in wanted.items():
        path = f"{base}.{name}"
        if text:
            with open(path, "wb") as f:
                f.write(text)
        elif os.path.exists(path):
            os.unlink(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="AREA[/CASE]")
    parser.add_argument("--hashoscope", required=True, help="the program to test")
    parser.add_argument("--shared", default=os.environ.get("HS_SHARED", ""))
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--update", action="store_true", help="rewrite what is expected")
    args = parser.parse_args()
    args.hashoscope = os.path.abspath(args.hashoscope)
    if not os.access(args.hashoscope, os.X_OK):
        sys.exit(f"run.py: no program is at {args.hashoscope}")
    if not args.shared:
        args.shared = os.path.join(os.path.dirname(os.path.dirname(HERE)), "..", "shared")
    args.shared = os.path.realpath(args.shared) if os.path.isdir(args.shared) else ""

    passed = failed = skipped = 0
    for case in find_cases(args.cases):
        result = run(args, case)
        if result[0] == SKIP:
            skipped += 1
            why = (result[1] + result[2]).decode("utf-8", "backslashreplace").strip()
            print(f"skip {case}: {why}")
            continue
        if args.update:
            update(case, result)
        wrong = check(case, result)
        failed += bool(wrong)
        passed += not wrong
        if wrong:
            print(f"FAIL {case}", *wrong, sep="\n", flush=True)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    if failed or passed + skipped == 0:
        return 1
    return 0 if passed else SKIP


if __name__ == "__main__":
    sys.exit(main())
