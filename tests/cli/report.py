# SPDX-License-Identifier: Apache-2.0
"""Compares two operands with the program and says what is not as it should be; silent when all is.

    report.py [--also OPTION]... STATUS A B [EXPRESSION...]

STATUS is the exit status that is wanted. An EXPRESSION is Python over the JSON report, by the names
that class Report has: `status("d/f") == "content"`. On the way it is checked that the report fits its
schema, that one thread and many print the same bytes, that A A is the same, and that B A mirrors A B.
"""
import json
import os
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    jsonschema = None

PROGRAM = os.environ["HASHOSCOPE"]
MIRROR = {"only-a": "only-b", "only-b": "only-a"}


class Wrong(Exception):
    pass


class Report:
    def __init__(self, document):
        self.document = document
        self.nodes = document["nodes"]
        self.root = self.nodes[0]
        self.result, self.summary = document["result"], document["summary"]
        self.inputs = document["inputs"]

    def all(self, end):
        """The nodes of that inner path, or whose path ends so behind a `!` or `/`."""
        return [n for n in self.nodes if n["path"] == end or n["path"].endswith(("!" + end, "/" + end))]

    def node(self, end):
        found = self.all(end)
        if len(found) != 1:
            raise Wrong(f"{len(found)} nodes are called {end}")
        return found[0]

    def status(self, end):
        return self.node(end)["status"]

    def fields(self, end):
        return {f["name"]: (f["a"], f["b"]) for f in self.node(end)["fields"]}

    def field(self, end, name):
        return self.fields(end).get(name)

    def notes(self, end=None):
        of = self.nodes if end is None else [self.node(end)]
        return [note["text"] for n in of for note in n["notes"]]

    def codes(self, end=None):
        of = self.nodes if end is None else [self.node(end)]
        return {note["code"] for n in of for note in n["notes"]}

    def noted(self, words):
        return any(words in text for text in self.notes())

    def lines(self, end):
        return [op + rest[0] for d in self.node(end)["diffs"] for h in d["hunks"]
                for op, *rest in h["lines"] if op != " "]

    def lines_of(self, n):
        return [op + rest[0] for d in n["diffs"] for h in d["hunks"] for op, *rest in h["lines"]]

    def rungs(self):
        """"RUNG CAUSE" of each pair of images."""
        return [f"{i['rung']} {i['cause']}" for i in self.result["ladder"]["images"]]

    def of_files(self, *statuses):
        """Paths of regular files with one of the statuses."""
        return [n["path"] for n in self.nodes if n["status"] in statuses and n["path"]
                and n["type"] in ("file", "hardlink", None) and n["children"] == 0]


def call(*arguments):
    run = subprocess.run([PROGRAM, *arguments], capture_output=True, stdin=subprocess.DEVNULL)
    if run.returncode < 0 or b"Sanitizer" in run.stderr or b"runtime error" in run.stderr:
        raise Wrong(f"{arguments}: died with {run.returncode}\n{run.stderr.decode(errors='replace')}")
    return run


def validate(document, what):
    if jsonschema:
        schema = json.loads(call("schema", what).stdout)
        jsonschema.Draft202012Validator(schema).validate(document)


def diff(a, b, *also):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "report.json")
        run = call("diff", *also, "-o", "json=" + path, "-o", "text", a, b)
        document = None
        if os.path.exists(path):
            with open(path, encoding="utf-8") as f:
                document = json.load(f)
        return run, document


def shape(report, mirrored=False):
    word = (lambda s: MIRROR.get(s, s)) if mirrored else (lambda s: s)
    return sorted(word(n["status"]) for n in report.nodes)


def check_properties(a, b, run, report, also):
    one = call("diff", "--jobs", "1", *also, a, b)
    if (one.stdout, one.returncode) != (run.stdout, run.returncode):
        raise Wrong("--jobs 1 prints something else")
    for x in (a, b):
        same = call("diff", "-q", *also, x, x)
        if same.returncode != 0 or same.stdout:
            raise Wrong(f"{x} {x}: exit status {same.returncode}")
    back, document = diff(b, a, *also)
    if back.returncode != run.returncode:
        raise Wrong(f"B A: exit status {back.returncode}, A B: {run.returncode}")
    if shape(report) != shape(Report(document), mirrored=True):
        raise Wrong("B A does not mirror A B")


def check(want, a, b, expressions, also):
    run, document = diff(a, b, *also)
    if run.returncode != want:
        raise Wrong(f"exit status {run.returncode}, wanted {want}\n"
                    f"{(run.stderr + run.stdout[:3000]).decode(errors='replace')}")
    if want == 2:
        return
    validate(document, "report")
    report = Report(document)
    if report.result["exit_code"] != want:
        raise Wrong("the report says another exit code")
    # Tabs of a text's own lines stay; of a name, they are escaped.
    if not run.stdout.decode("utf-8").replace("\n", "").replace("\t", "").isprintable():
        raise Wrong("the text report holds something that is not printable")
    names = {name: getattr(report, name) for name in dir(report) if not name.startswith("_")}
    for expression in expressions:
        try:
            held = eval(expression, {**names, "text": run.stdout.decode()})  # of the test, not of an input
        except Wrong as e:
            held, expression = False, f"{expression}: {e}"
        if not held:
            nodes = "\n".join(f"  {n['status']:9} {n['path'][:100]} {[f['name'] for f in n['fields']]} "
                              f"{[t['text'] for t in n['notes']]}" for n in report.nodes[:25])
            raise Wrong(f"does not hold: {expression}\n{nodes}")
    check_properties(a, b, run, report, also)


def main(arguments):
    also = []
    while arguments[0] == "--also":
        also.append(arguments[1])
        arguments = arguments[2:]
    status, a, b, *expressions = arguments
    try:
        check(int(status), a, b, expressions, also)
    except Wrong as e:
        print(f"{a} {b}: {e}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
