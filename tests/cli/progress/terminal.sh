# SPDX-License-Identifier: Apache-2.0
# On a terminal there is a bar once a run takes longer, and nothing is left of it.
"$HS_PYTHON" - <<'END'
import os, pty, subprocess, time, tty
def run(term, pause):
    master, slave = pty.openpty()
    tty.setraw(slave)
    env = dict(os.environ, TERM=term)
    open("x.txt", "w").write("one\n")
    p = subprocess.Popen([os.environ["HASHOSCOPE"], "-q", "-", "x.txt"], stdin=subprocess.PIPE,
                         stderr=slave, env=env)
    os.close(slave)
    seen = b""
    if pause:
        while b"reading" not in seen:
            seen += os.read(master, 4096)
    p.stdin.write(b"one\n")
    p.stdin.close()
    status = p.wait()
    try:
        while True:
            more = os.read(master, 4096)
            if not more:
                break
            seen += more
    except OSError:
        pass
    return status, seen
status, seen = run("xterm", True)
print(status, seen.startswith(b"\rreading"), seen.endswith(b"\r\033[K"), b"\n" in seen)
print(run("dumb", False))
END
