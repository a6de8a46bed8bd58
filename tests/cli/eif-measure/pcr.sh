# SPDX-License-Identifier: Apache-2.0
# Measurements of all kinds, as nitro-cli prints them.
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" - <<'END'
from enclaves import *
usual("u.eif")
eif("one.eif", (KERNEL, b"kern"), (CMDLINE, b"cmd"), (RAMDISK, b"rd1"), version=3)
eif("order.eif", (METADATA, metadata()), (RAMDISK, b"rd1"), (CMDLINE, b"cmd"), (RAMDISK, b"rd2"),
    (KERNEL, b"kern"))
END
printf rd2 >rd2
: >empty
for words in u.eif one.eif "--lenient order.eif" "--input rd2" "--input empty" \
	"--role-arn arn:aws:iam::123456789012:role/Webserver" "--instance-id i-1234567890abcdef0"; do
	echo "$words"
	# shellcheck disable=SC2086
	"$HASHOSCOPE" eif pcr $words
	echo "exit $?"
done
"$HASHOSCOPE" eif pcr --input - <rd2
for jobs in 1 2 3; do
	"$HASHOSCOPE" eif pcr -j $jobs --lenient order.eif
done | sort | uniq -c
