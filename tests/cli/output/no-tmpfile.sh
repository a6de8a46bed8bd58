# SPDX-License-Identifier: Apache-2.0
# Where the file system has no files without a name, the other name goes away on every way out.
. "$HS_LIB"
need cc
cat >shim.c <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
static int real_open(const char *name, const char *path, int flags, int mode)
{
	int (*next)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, name);

	if ((flags & O_TMPFILE) == O_TMPFILE) {
		errno = EOPNOTSUPP;
		return -1;
	}
	return next(path, flags, mode);
}
#define FORWARD(name) \
	int name(const char *path, int flags, ...) \
	{ \
		va_list ap; \
		va_start(ap, flags); \
		const int mode = va_arg(ap, int); \
		va_end(ap); \
		return real_open(#name, path, flags, mode); \
	}
FORWARD(open)
FORWARD(open64)
END
cc -shared -fPIC -w -o .tmp/shim.so shim.c -ldl || skip "cc makes no shared object"
rm shim.c
hs() {
	ASAN_OPTIONS=verify_asan_link_order=0 LD_PRELOAD=$PWD/.tmp/shim.so "$HASHOSCOPE" "$@"
}
mkdir a b
echo one >a/x
echo two >b/x
status hs -o json=out.json a b
grep -c hashoscope-report out.json
status hs -o json=other.json a missing.x
"$HS_PYTHON" - <<'END'
import os, signal, subprocess
env = dict(os.environ, LD_PRELOAD=os.getcwd() + "/.tmp/shim.so",
           ASAN_OPTIONS="verify_asan_link_order=0")
p = subprocess.Popen([os.environ["HASHOSCOPE"], "-o", "json=third.json", "a", "-"], env=env,
                     stdin=subprocess.PIPE)
p.stdin.write(b"x" * 1000000)
p.stdin.flush()
print([name[:11] for name in sorted(os.listdir(".")) if name.startswith(".hash")])
p.send_signal(signal.SIGTERM)
print(p.wait())
END
ls -A
