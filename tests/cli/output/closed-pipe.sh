# SPDX-License-Identifier: Apache-2.0
# A reader that went away ends the program quietly, even where SIGPIPE is ignored.
mkdir a b
echo one >a/x
echo two >b/x
"$HS_PYTHON" - <<'END'
import os, signal, subprocess
for ignored in (False, True):
    for words in (["a", "b"], ["-o", "json", "a", "b"], ["ls", "a"], ["cat", "a", "x"], ["-h"]):
        r, w = os.pipe()
        os.close(r)
        if ignored:
            signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        p = subprocess.run([os.environ["HASHOSCOPE"], *words], stdout=w, stderr=subprocess.PIPE,
                           restore_signals=not ignored)
        os.close(w)
        print(*words, p.returncode, p.stderr)
END
