# SPDX-License-Identifier: Apache-2.0
"""One command, run and watched: wall time, peak resident and peak anonymous memory."""
import dataclasses
import os
import signal
import subprocess
import threading
import time

POLL_S = 0.004


@dataclasses.dataclass
class Run:
    wall_s: float
    cpu_s: float
    status: int
    rss_mib: float   # of the process itself, mapped files included; not of its children
    anon_mib: float
    timed_out: bool = False


def memory_kib(pid):
    """Peak resident and present anonymous memory of a process; None once it is gone. The rusage of
    a child is of no use: it counts what its parent had when it forked."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as f:
            of = dict(line.split(":", 1) for line in f)
        return int(of["VmHWM"].split()[0]), int(of["RssAnon"].split()[0])
    except (OSError, KeyError):
        return None


class Watch(threading.Thread):
    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.rss, self.anon, self.over = pid, 0, 0, threading.Event()

    def run(self):
        while not self.over.is_set():
            now = memory_kib(self.pid)
            if now is None:
                return
            self.rss, self.anon = max(self.rss, now[0]), max(self.anon, now[1])
            time.sleep(POLL_S)


def run(command, cwd, cap_s=None):
    """Runs an argument list, or a string by the shell (a pipeline), with no output kept."""
    shell = isinstance(command, str)
    began = time.perf_counter()
    process = subprocess.Popen(command, shell=shell, executable="/bin/bash" if shell else None,
                               cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True)
    watch = Watch(process.pid)
    watch.start()
    killer = threading.Timer(cap_s, os.killpg, (process.pid, signal.SIGKILL)) if cap_s else None
    if killer:
        killer.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)  # it was waited for here
    watch.over.set()
    watch.join()
    timed_out = bool(killer) and process.returncode == -signal.SIGKILL
    if killer:
        killer.cancel()
    return Run(wall, usage.ru_utime + usage.ru_stime, process.returncode, watch.rss / 1024,
               watch.anon / 1024, timed_out)
