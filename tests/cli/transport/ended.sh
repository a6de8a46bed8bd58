# SPDX-License-Identifier: Apache-2.0
# A signal, or the end of the time, while skopeo runs: it is ended too and nothing is left.
. "$HS_LIB"
. "$HS_SOURCE/tests/cli/skopeo.sh"
fake_skopeo <<'END'
for to; do :; done
mkdir -p "${to#dir:}" "${to#dir:}/../tmp/a/b/c"
ln -s / "${to#dir:}/root"
for i in 1 2 3 4 5 6 7 8 9; do
	echo "a blob with a name as long as a digest has" \
		> "${to#dir:}/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde$i"
	echo x > "${to#dir:}/../tmp/a/b/c/$i"
done
echo $$ > pid.new
mv pid.new pid
exec sleep 60
END
"$HS_PYTHON" - <<'END'
import os, signal, subprocess, time
def run(*words):
    if os.path.exists("pid"):
        os.unlink("pid")
    p = subprocess.Popen([os.environ["HASHOSCOPE"], *words, "docker://app", "-"],
                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not os.path.exists("pid"):
        time.sleep(0.01)
    return p, int(open("pid").read())
def lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    p, child = run("-o", "json=out.json")
    p.send_signal(number)
    out, err = p.communicate()
    print(number.name, p.returncode, out, err, lives(child), os.listdir(os.environ["TMPDIR"]),
          os.path.exists("out.json"))
p, child = run("--timeout", "0.3")
out, err = p.communicate()
print("time", p.returncode, out, err, lives(child), os.listdir(os.environ["TMPDIR"]))
END
