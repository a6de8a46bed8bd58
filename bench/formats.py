# SPDX-License-Identifier: Apache-2.0
"""How much of what diffoscope shows of each format stands in our text report: runs both on every
pair of files in a folder, diffoscope's own test data as a rule, and counts words. With --update
writes bench/FORMATS.md. scripts/bench-formats builds and starts it."""
import argparse
import collections
import csv
import dataclasses
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent

# Lines of a dump tell bytes: what stands there is no word.
DUMPS = [
    re.compile(r"^[0-9a-f]{6,16}:? ( ?[0-9a-f]{2,4})+ "),      # xxd, hexdump
    re.compile(r"^\s*0x[0-9a-f]{4,16} ([0-9a-f]{2,8} ){1,4}"),  # readelf --hex-dump
]
WORD = re.compile(r"[^\W_]+(?:_+[^\W_]+)*")
MODE = re.compile(r"(?<![\w-])[-dlcbps?]([r-][w-][xsS-])([r-][w-][xsS-])([r-][w-][xtT-])(?![\w])")
TIME = re.compile(r"(?<=\d)T(?=\d\d:)|(?<=:\d\d)Z\b|(?<=\d)Z\b")  # of RFC 3339
# Nodes in which a program's own word for a format stands, libmagic's or diffoscope's.
FILE_TYPES = ("filetype from file(1)", "filetype from diffoscope")
MONTHS = {name: f"{i + 1:02}" for i, name in enumerate(
    "jan feb mar apr may jun jul aug sep oct nov dec".split())}
LEAST = 2   # letters of a word
SHOWN = 40  # missing words that --missing tells of one pair


@dataclasses.dataclass
class Pair:
    format: str
    a: pathlib.Path
    b: pathlib.Path
    name: str


@dataclasses.dataclass
class Score:
    pair: Pair
    words: set
    missing: set
    there: bool       # diffoscope shows more of it than a dump
    here: bool        # so do we
    peer_s: float
    ours_s: float
    trouble: str = ""

    @property
    def recall(self):
        return 1 - len(self.missing) / len(self.words) if self.words else 1.0


def octal(mode):
    """rwxr-sr-x as ls and tar print it is 2755 in our reports."""
    bits = special = 0
    for i, group in enumerate(mode.groups()):
        bits = bits << 3 | (group[0] == "r") << 2 | (group[1] == "w") << 1 | (group[2] in "xst")
        special |= (group[2] in "sStT") << (2 - i)
    return f" {special or ''}{bits:03o} "


def canonical(word):
    """0x00001F, 1f and 1F are one number, Jun and 06 one month."""
    word = word.lower()
    word = MONTHS.get(word, word)
    word = word[2:] if word.startswith("0x") and len(word) > 2 else word
    return word.lstrip("0") or "0"


def spelled(text):
    return TIME.sub(" ", MODE.sub(octal, text))


def words_of(text):
    out = set()
    for word in WORD.findall(spelled(text)):
        out.add(canonical(word))
        out.update(canonical(part) for part in word.split("_") if part)
    return out


def plain_words(text):
    return {canonical(word) for word in WORD.findall(spelled(text)) if len(word) >= LEAST}


def is_dump(lines):
    return bool(lines) and all(any(d.match(line) for d in DUMPS) for line in lines)


def nodes_of(node):
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(node.get("details") or ())


def words_of_node(node):
    """What stands only on added or only on removed lines; None where these are a dump."""
    lines = {"-": [], "+": [], " ": []}
    for line in (node.get("unified_diff") or "").splitlines():
        if line[:1] in lines:
            lines[line[0]].append(line[1:])
    changed = [line for line in lines["-"] + lines["+"] if not line.startswith("[ ")]
    if not changed or is_dump(changed):
        return None
    removed, added = (plain_words("\n".join(line for line in lines[sign]
                                            if not line.startswith("[ "))) for sign in "-+")
    return (removed ^ added) - plain_words("\n".join(lines[" "]))


def read_diffoscope(document):
    words, there = set(), False
    for node in nodes_of(document):
        if node.get("source1") in FILE_TYPES:
            continue
        found = words_of_node(node)
        there = there or found is not None
        words |= found or set()
    return {word for word in words if len(word) >= LEAST}, there


def digest_of(*paths):
    out = hashlib.sha256()
    for path in paths:
        out.update(str(path.name).encode() + b"\0" + path.read_bytes() + b"\0")
    return out.hexdigest()[:24]


def run_diffoscope(pair, options):
    """Its document and how long it took; kept in the scratch folder, since it is slow."""
    kept = options.scratch / f"{options.version}-{digest_of(pair.a, pair.b)}.json"
    if not kept.exists():
        command = ["diffoscope", "--no-progress", "--timeout", str(int(options.cap)), "--json", "-",
                   str(pair.a), str(pair.b)]
        began = time.perf_counter()
        try:
            done = subprocess.run(command, capture_output=True, timeout=options.cap + 10,
                                  check=False)
            text, trouble = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            text, trouble = "", "timeout"
        seconds = time.perf_counter() - began
        try:
            document = json.loads(text or "{}")
        except ValueError:
            document = {}
        kept.write_text(json.dumps({"seconds": seconds, "document": document,
                                    "trouble": "" if document else trouble[-400:]}))
    return json.loads(kept.read_text())


def is_told(node):
    """Whether a node of our report says more than that bytes differ."""
    if node["status"] in ("only-a", "only-b", "metadata", "moved"):
        return True
    if any(field["name"] != "size" for field in node["fields"]):
        return True
    return any(diff["view"] != "hex" for diff in node["diffs"])


def run_ours(pair, options):
    report = options.scratch / "ours.json"
    command = [str(options.program), "--color", "never", "-v", "-o", "text", "-o", f"json={report}", "--",
               str(pair.a), str(pair.b)]
    report.unlink(missing_ok=True)
    began = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, timeout=options.cap, check=False,
                              env={"COLUMNS": "400", "LC_ALL": "C.UTF-8", "TZ": "UTC"})
    except subprocess.TimeoutExpired:
        return "", False, time.perf_counter() - began, "timeout"
    seconds = time.perf_counter() - began
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode not in (0, 1, 3) or not report.exists():
        return text, False, seconds, f"status {done.returncode}"
    nodes = json.loads(report.read_text(encoding="utf-8"))["nodes"]
    return text, any(is_told(node) for node in nodes), seconds, ""


def score(pair, options):
    peer = run_diffoscope(pair, options)
    words, there = read_diffoscope(peer["document"])
    text, here, seconds, trouble = run_ours(pair, options)
    have = words_of(text)
    return Score(pair, words, words - have, there, here, peer["seconds"], seconds,
                 trouble or peer["trouble"] and f"diffoscope: {peer['trouble'].strip()[-120:]}")


# Pairs

TWINS = [("1", "2"), ("3", "4"), ("a", "b")]


def twins_of(name):
    """Names that differ from this one in one place: test2.gz of test1.gz, quine_b of quine_a."""
    for a, b in TWINS:
        alone = rf"(?<![a-z]){a}(?![a-z.])|(?<=[_/]){a}(?=\.)|^{a}(?=\.)" if a == "a" else a
        for found in re.finditer(alone, name):
            yield name[:found.start()] + b + name[found.end():]


def format_of(name):
    stem, dot, suffix = name.partition(".")
    return suffix if dot else re.sub(r"[\d_]+$", "", stem)


def pairs_of_folder(folder):
    names = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    present = set(names)
    for name in names:
        if "expected" in name:
            continue
        for twin in twins_of(name):
            if twin in present:
                yield Pair(format_of(pathlib.PurePath(name).name), folder / name, folder / twin,
                           f"{name} {twin}")


def pairs_of_list(path, folder):
    """Of a table with tabs whose head names format, file1 and file2."""
    with open(path, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            a, b = folder / row["file1"], folder / row["file2"]
            if a.is_file() and b.is_file():
                yield Pair(row["format"], a, b, f"{row['file1']} {row['file2']}")


def all_pairs(options):
    pairs = list(pairs_of_list(options.list, options.data) if options.list
                 else pairs_of_folder(options.data))
    if options.only:
        pairs = [p for p in pairs if any(word in (p.format, *p.name.split()) for word in options.only)]
    if not pairs:
        sys.exit(f"{options.data}: no pairs of files; apt-get source diffoscope has them in tests/data")
    return pairs


# What is printed

def mean(numbers):
    numbers = list(numbers)
    return sum(numbers) / len(numbers) if numbers else 1.0


def row_of(name, scores):
    told = [s for s in scores if s.words]
    hexed = [s.pair.name.split()[0] for s in scores if s.there and not s.here]
    return [name, str(len(scores)), str(sum(len(s.words) for s in scores)),
            f"{mean(s.recall for s in told):.2f}" if told else "",
            f"{sum(s.peer_s for s in scores):.2f} s", f"{sum(s.ours_s for s in scores):.3f} s",
            ", ".join(hexed)]


def table(scores):
    head = ["format", "pairs", "words", "recall", "diffoscope", "hashoscope", "hex only in ours"]
    of = collections.defaultdict(list)
    for s in scores:
        of[s.pair.format].append(s)
    rows = [row_of(name, of[name]) for name in sorted(of)]
    total = row_of("all", scores)
    total[-1] = str(sum(s.there and not s.here for s in scores))
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows + [total]])


def write_missing(path, scores):
    with open(path, "w", encoding="utf-8") as out:
        for s in sorted(scores, key=lambda s: s.pair.format):
            if not s.missing and s.here >= s.there and not s.trouble:
                continue
            words = sorted(s.missing)
            more = f" ... {len(words) - SHOWN} more" if len(words) > SHOWN else ""
            print(f"{s.pair.format}: {s.pair.name}: recall {s.recall:.2f} of {len(s.words)} words"
                  f"{', HEX in ours' if s.there and not s.here else ''}"
                  f"{', ' + s.trouble if s.trouble else ''}\n    {' '.join(words[:SHOWN])}{more}",
                  file=out)


def write_board(path, scores, options):
    program = subprocess.run([str(options.program), "--version"], capture_output=True, text=True,
                             check=False).stdout.split("\n")[0]
    path.write_text("\n".join([
        "# Formats beside diffoscope", "",
        "Written by `scripts/bench-formats --update`, which says how.",
        f"The pairs are those of diffoscope's test data; {program} beside diffoscope "
        f"{options.version} with the helpers that are installed.",
        "Words are those that stand only on added or only on removed lines of its report, dumps of "
        "bytes aside; recall is the share of them that our text report holds, the mean over pairs.",
        "The last column names pairs of which diffoscope shows more than bytes and we do not.", "",
        table(scores), ""]), encoding="utf-8")


def version_of_diffoscope():
    try:
        out = subprocess.run(["diffoscope", "--version"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        sys.exit("diffoscope is not installed: scripts/deps --bench")
    return out.stdout.split()[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=pathlib.Path, help="the folder with the pairs: tests/data of "
                        "diffoscope's source")
    parser.add_argument("--list", type=pathlib.Path, help="a table of pairs, with tabs, in place of "
                        "those that the names tell: format, file1, file2")
    parser.add_argument("--program", type=pathlib.Path, default=HERE.parent / "build/release/hashoscope")
    parser.add_argument("--scratch", type=pathlib.Path, default=HERE.parent / "build/formats",
                        help="keeps what diffoscope said")
    parser.add_argument("--cap", type=float, default=60, help="seconds that a pair gets of each")
    parser.add_argument("--only", action="append", help="a format or a file; repeatable")
    parser.add_argument("--missing", type=pathlib.Path, help="a file for the words that are missing")
    parser.add_argument("--update", action="store_true", help="write bench/FORMATS.md")
    options = parser.parse_args()
    options.program, options.data = options.program.resolve(), options.data.resolve()
    options.scratch.mkdir(parents=True, exist_ok=True)
    options.version = version_of_diffoscope()
    scores = []
    for pair in all_pairs(options):
        scores.append(score(pair, options))
        s = scores[-1]
        print(f"{s.recall:.2f} {s.pair.format}: {s.pair.name} {s.peer_s:.1f} s, {s.ours_s:.3f} s"
              f"{'' if s.here or not s.there else ', hex'}{', ' + s.trouble if s.trouble else ''}",
              file=sys.stderr, flush=True)
    print(table(scores))
    if options.missing:
        write_missing(options.missing, scores)
    if options.update:
        write_board(HERE / "FORMATS.md", scores, options)


if __name__ == "__main__":
    main()
