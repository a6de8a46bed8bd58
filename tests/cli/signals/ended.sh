# SPDX-License-Identifier: Apache-2.0
# A signal ends the program as signals do, and nothing is left: no file, no line, no message.
mkdir a
"$HS_PYTHON" - <<'END'
import os, signal, subprocess
def leftovers():
    return sorted(os.listdir(".")), os.listdir(os.environ["TMPDIR"])
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    for words in ([], ["-o", "json=out.json"]):
        p = subprocess.Popen([os.environ["HASHOSCOPE"], *words, "a", "-"], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        # More than a pipe holds: once it is written, the program is reading.
        p.stdin.write(b"x" * 1000000)
        p.stdin.flush()
        p.send_signal(number)
        out, err = p.communicate()
        print(number.name, p.returncode, out, err, *leftovers())
END
