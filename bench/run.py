# SPDX-License-Identifier: Apache-2.0
"""Measures hashoscope beside the floor, the least that any such comparison has to do, and beside
diffoscope and diffoci; writes bench/RESULTS.md. scripts/bench builds and starts it."""
import argparse
import dataclasses
import math
import os
import pathlib
import re
import statistics
import subprocess
import sys

import measure
import peers
import workloads

HERE = pathlib.Path(__file__).resolve().parent


@dataclasses.dataclass
class Workload:
    name: str
    about: str
    a: str
    b: str
    floor: str      # a pipeline of the shell
    status: int     # what hashoscope must exit with
    goal: str
    limit: float    # of the ratio to the floor, or seconds where `absolute`; 0: of memory
    absolute: bool = False
    peer: tuple = ()  # what diffoscope gets instead of a and b
    command: tuple = ()  # of another verb than diff, which has no peers


def both(command):
    """The command for a and for b at once; {} is the side."""
    return f"{command.format('a')} & {command.format('b')} & wait"


def all_workloads(options):
    hashing = "sha256sum {}"
    size = options.size
    out = [
        Workload("identical", f"two copies of a tar of {size} MB", "a.tar", "a-copy.tar",
                 "sha256sum a.tar & sha256sum a-copy.tar & wait", 0, "1.2 x the floor", 1.2),
        Workload("gzip layers", f"two OCI images, one layer of {size} MB each, gzip, 5 files "
                 "changed", "a.gzip.oci.tar", "b.gzip.oci.tar",
                 both("igzip -dc {}.tar.gzip | sha256sum"), 1, "1.3 x the floor", 1.3,
                 peer=("a.tar.gzip", "b.tar.gzip")),
        Workload("zstd layers", "the same, zstd", "a.zstd.oci.tar", "b.zstd.oci.tar",
                 both("zstd -q -dc {}.tar.zstd | sha256sum"), 1, "1.3 x the floor", 1.3,
                 peer=("a.tar.zstd", "b.tar.zstd")),
        Workload("times only", "the first of the gzip images, and its files with other times: what "
                 "would make them equal is worked out and hashed", "a.gzip.oci.tar",
                 "t.gzip.oci.tar",
                 "igzip -dc a.tar.gzip | sha256sum & igzip -dc t.tar.gzip | sha256sum & wait", 1,
                 "none", math.inf, peer=("a.tar.gzip", "t.tar.gzip")),
        Workload("plain tars", f"the two layers as tars of {size} MB", "a.tar", "b.tar",
                 both(hashing.format("{}.tar")), 1, "1.2 x the floor", 1.2),
        Workload("small files", f"two tars of {options.files} files of 64 to 2047 bytes, 5 changed",
                 "a-small.tar", "b-small.tar", both(hashing.format("{}-small.tar")), 1,
                 "256 MiB anonymous", 0),
        Workload("tiny", "two text files of 12 bytes", "a-tiny.txt", "b-tiny.txt",
                 both(hashing.format("{}-tiny.txt")), 1, "20 ms", 0.020, True),
    ]
    out += enclave_workloads(size)
    out.append(documents_workload(options.program))
    if options.huge:
        out.append(Workload("huge", "two tars of 10 GB and 100,000 files, all holes, 5 changed",
                            "a-huge.tar", "b-huge.tar", both(hashing.format("{}-huge.tar")), 1,
                            "256 MiB anonymous", 0))
    return [w for w in out if not options.only or w.name in options.only]


def enclave_workloads(size):
    hashed = "openssl dgst -sha384 app.eif"
    return [
        Workload("eif build", f"an enclave image of an image with one layer of {size} MB, gzip",
                 "app.oci.tar", "", "igzip -dc a.tar.gzip | openssl dgst -sha384", 0,
                 "2 x the floor", 2,
                 command=("eif", "build", "app.oci.tar", "--blobs", "blobs", "-o", "built.eif")),
        Workload("eif pcr", "the measurements of that enclave image", "app.eif", "",
                 f"{hashed} & {hashed} & wait", 0, "1.2 x the floor", 1.2,
                 command=("eif", "pcr", "app.eif")),
    ]


def documents_workload(program):
    command = ("attest", "verify", *["document"] * 1000, "--root", "pki/root.pem", "--at",
               "timestamp", "--no-measurements", "-o", "ndjson")
    return Workload("documents", "1000 attestation documents in one call; the floor is the same "
                    "with --jobs 1", "", "", f"{program} {' '.join(command)} --jobs 1", 0,
                    "10 ms a document", 10, True, command=command)


def make(options):
    scratch = options.scratch
    scratch.mkdir(parents=True, exist_ok=True)
    workloads.made(scratch, f"three-layers-{options.size}", workloads.make_layers,
                   options.size * 1000 * 1000)
    workloads.made(scratch, f"small-{options.files}", workloads.make_small_files, options.files)
    workloads.made(scratch, "tiny", workloads.make_tiny)
    workloads.made(scratch, f"enclave-{options.size}", workloads.make_enclave, options.program)
    workloads.made(scratch, "document", workloads.make_document)
    if options.huge:
        workloads.made(scratch, "huge", workloads.make_huge, 10 * 1000 ** 3, 100000)


def once(command, w, options):
    run = measure.run(command, options.scratch)
    ours = not isinstance(command, str)
    if run.status != (w.status if ours else 0):
        sys.exit(f"{w.name}: {command} ended with status {run.status}")
    return run


def compare(w, options):
    """Runs of ours and of the floor, in turn; one of each before, to warm the page cache."""
    ours = [str(options.program), *(w.command or ("diff", w.a, w.b))]
    once(w.floor, w, options)
    once(ours, w, options)
    # sha256sum may not use the processor's SHA instructions, as openssl does: the harder floor.
    harder = w.floor.replace("sha256sum", "openssl dgst -sha256")
    runs = {"hashoscope": [], "floor": []}
    if harder != w.floor:
        runs["harder floor"] = []
    for _ in range(options.rounds):
        runs["hashoscope"].append(once(ours, w, options))
        runs["floor"].append(once(w.floor, w, options))
        if harder != w.floor:
            runs["harder floor"].append(once(harder, w, options))
    if w.command:
        return runs
    if options.with_diffoscope:
        runs.update(peers.diffoscope(w, options))
    if options.with_diffoci:
        runs.update(peers.diffoci(w, options))
    return runs


def seconds(s):
    return f"{s * 1000:.1f} ms" if s < 0.1 else f"{s:.2f} s" if s < 100 else f"{s:.0f} s"


def median(runs):
    return statistics.median(r.wall_s for r in runs)


def rows_of(w, runs):
    floor = median(runs["floor"])
    for tool, of_tool in runs.items():
        wall = median(of_tool)
        over = of_tool[0].timed_out
        spread = f"{seconds(min(r.wall_s for r in of_tool))} to " \
                 f"{seconds(max(r.wall_s for r in of_tool))}"
        yield [w.name if tool == "hashoscope" else "", tool, ("> " if over else "") + seconds(wall),
               spread if len(of_tool) > 1 else "one run",
               "" if tool == "floor" else f"{wall / floor:.2f}",
               "" if "floor" in tool else f"{max(r.rss_mib for r in of_tool):.0f}",
               "" if "floor" in tool else f"{max(r.anon_mib for r in of_tool):.0f}",
               verdict(w, wall, floor, of_tool) if tool == "hashoscope" else times(tool, wall, runs)]


def times(tool, wall, runs):
    return f"{wall / median(runs['hashoscope']):.1f} x slower" if tool.startswith("diffo") else ""


def verdict(w, wall, floor, runs):
    if w.limit == math.inf:
        return ""
    if w.limit == 0:
        reached = max(r.anon_mib for r in runs) < 256
    elif w.absolute:
        reached = wall <= w.limit
    else:
        reached = wall / floor <= w.limit
    return f"{w.goal}: {'reached' if reached else 'missed'}"


def version_of(*command):
    """The first version number that the command prints, names with digits left out."""
    try:
        out = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "absent"
    found = re.search(r"(?<![\w(.])v?(\d+(?:\.\d+)*)(?![\w-])", out.stdout + out.stderr)
    return found.group(1) if found else "?"


def machine(options):
    cpuinfo = pathlib.Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    memory = pathlib.Path("/proc/meminfo").read_text(encoding="ascii")
    model = re.search(r"^model name\s*:\s*(.*)", cpuinfo, re.M)
    kernel = ".".join(os.uname().release.split(".")[:2])
    yield "processor", f"{model.group(1) if model else os.uname().machine}, {os.cpu_count()} cores"
    yield "SHA instructions", "yes" if re.search(r"\bsha_ni\b", cpuinfo) else "no"
    kib = int(re.search(r"MemTotal:\s*(\d+)", memory).group(1))
    yield "memory", f"{kib / 2 ** 20:.0f} GiB"
    yield "kernel", f"{os.uname().sysname} {kernel}"
    yield "hashoscope", version_of(str(options.program), "--version")
    yield "OpenSSL", version_of("openssl", "version")
    yield "igzip", version_of("igzip", "--version")
    yield "zstd", version_of("zstd", "--version")
    yield "sha256sum", version_of("sha256sum", "--version")
    yield from peers.versions(version_of, options)


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def write_results(options, results):
    out = ["# Measured", "",
           "Written by `scripts/bench`, which says how; the goals are those of `bench/run.py`.",
           "The floor is the least that a comparison has to do: decompress and hash both inputs, "
           "side by side, by igzip or zstd and sha256sum; the harder floor hashes with openssl, "
           "which uses the processor's SHA instructions.",
           *(["diffoscope gets the bare layers: of the images it reports names of blobs, and does not "
              "open the layers."] if options.with_diffoscope else []),
           *(["diffoci compares images that it has loaded before; both are measured."]
             if options.with_diffoci else []),
           f"Medians of {options.rounds} runs in turn, on warm caches; memory is the most of any "
           "run, in MiB.", ""]
    out += table(["machine", ""], [list(pair) for pair in machine(options)]) + [""]
    out += table(["workload", "what it is"], [[w.name, w.about] for w, _ in results]) + [""]
    rows = [row for w, runs in results for row in rows_of(w, runs)]
    out += table(["workload", "program", "median", "spread", "ratio to the floor", "peak RSS",
                  "peak anonymous", "goal"], rows)
    text = "\n".join(out) + "\n"
    options.output.write_text(text, encoding="utf-8")
    print(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=pathlib.Path, default=HERE.parent / "build/release/hashoscope")
    parser.add_argument("--scratch", type=pathlib.Path, default=HERE.parent / "build/bench")
    parser.add_argument("--output", type=pathlib.Path, default=HERE / "RESULTS.md")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--size", type=int, default=500, help="MB of a layer")
    parser.add_argument("--files", type=int, default=100000, help="of the small files")
    parser.add_argument("--huge", action="store_true", help="also 10 GB of holes")
    parser.add_argument("--with-diffoscope", action="store_true", help="minutes a workload")
    parser.add_argument("--with-diffoci", action="store_true", help="as found on PATH")
    parser.add_argument("--cap", type=float, default=600, help="seconds that diffoscope gets")
    parser.add_argument("--only", action="append", help="a workload by name; repeatable")
    options = parser.parse_args()
    options.program = options.program.resolve()
    options.scratch = options.scratch.resolve()
    make(options)
    results = []
    for w in all_workloads(options):
        print(f"{w.name} ...", flush=True)
        results.append((w, compare(w, options)))
    write_results(options, results)


if __name__ == "__main__":
    main()
