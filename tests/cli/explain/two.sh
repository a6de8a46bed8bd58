# SPDX-License-Identifier: Apache-2.0
# Two enclave images: each way in which they may differ, in one sentence and the list behind it.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from measured import *
enclave("base", customer(APP))
enclave("content", customer({**APP, "app": (PROGRAM, b"other\n", 1600000000)}))
enclave("mode", customer({**APP, "app": (FILE, b"run\n", 1600000000)}))
enclave("mtime", customer({**APP, "app": (PROGRAM, b"run\n", 1700000000)}))
many = {f"usr/{i}": (FILE, b"%d" % i, 1600000000) for i in range(40)}
enclave("old", customer({**APP, **many}))
enclave("new", customer({**APP, **{k: (m, d, t + 1) for k, (m, d, t) in many.items()}}))
enclave("added", customer({**APP, "usr/": (DIRECTORY, b"", 1), **many}))
enclave("order", customer(APP, order=lambda e: [e[0], e[2], e[1]] + e[3:]))
enclave("numbers", customer(APP, first=1))
enclave("leaps", customer(APP, step=2))
enclave("padding", customer(APP, fill=4096))
enclave("kernel", customer(APP), kernel=b"other")
enclave("cmdline", customer(APP), cmdline=b"reboot=k panic=31 quiet")
enclave("init", customer(APP), first=bootstrap(b"other"))
enclave("everything", customer({**APP, "app": (FILE, b"other\n", 1)}), kernel=b"other",
        cmdline=b"quiet", metadata=JSON.replace(b"1970", b"2026"), cpus=4)
enclave("metadata", customer(APP), metadata=JSON.replace(b"1970", b"2026"))
enclave("boundary", customer(APP), kernel=b"kernelreboot=k ", cmdline=b"panic=30")
enclave("flags", customer(APP), flags=0x240)
END
for pair in "base base" "base content" "base mode" "base mtime" "old new" "base added" \
	"added base" "base order" "base numbers" "base leaps" "base padding" "base kernel" \
	"base cmdline" "base init" "base everything" "base metadata" "base boundary" "base flags"; do
	echo "== $pair"
	# shellcheck disable=SC2086
	status "$HASHOSCOPE" explain $pair
	# shellcheck disable=SC2086
	"$HASHOSCOPE" explain --jobs 1 -o json $pair >one
	# shellcheck disable=SC2086
	"$HASHOSCOPE" explain --jobs 8 -o json $pair >eight
	cmp one eight
	"$HS_PYTHON" "$HS_SOURCE/tests/report/validate.py" one
	# shellcheck disable=SC2086
	"$HASHOSCOPE" -o json=report $pair
	"$HS_PYTHON" "$HS_SOURCE/tests/report/validate.py" report
done
