# SPDX-License-Identifier: Apache-2.0
# Any differences under any switches: the same where all of them are named, on either side, else not.
. "$HS_SOURCE/tests/cli/compare.sh"

python <<'END'
import os
import random
import subprocess
import sys
import tarfile
import twins

IGNORABLE = {"timestamps": dict(time=1700000100), "history": dict(steps=("x",)), "order": dict(reverse=True),
             "tar-format": dict(dot="./", type_bits=0o100000), "image-name": dict(tag="app:2"),
             "owner-names": dict(uname="bob"), "compression": dict(level=1)}
REAL = [dict(motd=b"X"), dict(mode=0o600), dict(env="B=1"), dict(env="B=2 A=1"), dict(extra=("etc/new", b"")),
        dict(link="app"), dict(xattr={"user.a": "1"})]
wrong = 0
for seed in range(60):
    dice = random.Random(seed)
    make = dice.choice((twins.oci, twins.docker))
    differing = [name for name in IGNORABLE if dice.random() < .4]
    real = [dice.choice(REAL)] if dice.random() < .3 else []
    switches = {name for name in IGNORABLE if dice.random() < (.85 if name in differing else .3)}
    keywords = dict(pair for name in differing for pair in IGNORABLE[name].items())
    make("a.tar", env="A=1 B=2")
    make("b.tar", **{"env": "A=1 B=2", **keywords, **(real[0] if real else {})})
    if make is twins.docker:
        differing = [name for name in differing if name != "compression"]
    want = 1 if real or not switches.issuperset(differing) else 0
    for pair in (("a.tar", "b.tar"), ("b.tar", "a.tar")):
        run = subprocess.run([os.environ["HASHOSCOPE"], "-q", *("--ignore-" + s for s in sorted(switches)), *pair])
        if run.returncode != want:
            print(f"{make.__name__}, {differing} and {real} differ, {sorted(switches)}: exit status {run.returncode}")
            wrong = 1
sys.exit(wrong)
END
