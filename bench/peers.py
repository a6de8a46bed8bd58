# SPDX-License-Identifier: Apache-2.0
"""The programs that are measured beside ours, each as it wants its operands."""
import os
import shutil
import subprocess

import measure


def diffoscope(w, options):
    command = ["diffoscope", "--text", "/dev/null", *(w.peer or (w.a, w.b))]
    return {"diffoscope": [measure.run(command, options.scratch, options.cap)]}


def environment(options):
    return {**os.environ, "DIFFOCI_BACKEND": "local",
            "DIFFOCI_LOCAL_CACHE": str(options.scratch / "diffoci")}


def name_of(archive):
    return "library/bench:" + archive.split(".oci")[0]


def diffoci(w, options):
    """diffoci compares what it holds: the archives are loaded first, which is measured too."""
    if not w.a.endswith(".oci.tar"):
        return {}
    os.environ.update(environment(options))
    load = " && ".join(f"diffoci load --input {x}" for x in (w.a, w.b))
    diff = f"diffoci diff --platform linux/amd64 {name_of(w.a)} {name_of(w.b)}"
    runs = {"diffoci diff": [], "diffoci load, diff": []}
    for _ in range(options.rounds):
        shutil.rmtree(options.scratch / "diffoci", ignore_errors=True)
        runs["diffoci load, diff"].append(checked(f"{load} && {diff}", options))
        runs["diffoci diff"].append(checked(diff, options))
    shutil.rmtree(options.scratch / "diffoci", ignore_errors=True)
    return runs


def checked(command, options):
    run = measure.run(command, options.scratch, options.cap)
    if run.status != 1 and not run.timed_out:
        raise SystemExit(f"{command} ended with status {run.status}")
    return run


def versions(version_of, options):
    if options.with_diffoscope:
        yield "diffoscope", version_of("diffoscope", "--version")
    if options.with_diffoci:
        found = shutil.which("diffoci")
        text = subprocess.run(["go", "version", "-m", found], capture_output=True, text=True,
                              check=False).stdout if found and shutil.which("go") else ""
        rows = [line.split() for line in text.splitlines()]
        yield "diffoci", next((r[2] for r in rows if len(r) > 2 and "/diffoci" in r[1]), "?")
