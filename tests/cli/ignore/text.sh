# SPDX-License-Identifier: Apache-2.0
# How the report for people tells what is ignored.
. "$HS_LIB"

export PYTHONPATH="$HS_SOURCE/tests/cli" PYTHONDONTWRITEBYTECODE=1
"$HS_PYTHON" - <<'END' || exit 1
import twins
twins.docker("a.tar")
twins.docker("later.tar", time=1700000100)
twins.docker("other.tar", time=1700000100, uname="builder", motd=b"HELLO\n")
END

shown() {
	echo "\$ hashoscope $*"
	"$HASHOSCOPE" "$@" >out
	code=$?
	sed 's/[0-9a-f]\{64\}/DIGEST/g' out
	echo "exit $code"
}
shown --ignore-timestamps a.tar later.tar
shown --ignore-timestamps -v a.tar later.tar
shown --ignore-timestamps a.tar other.tar
shown --ignore-timestamps --ignore-owner-names a.tar other.tar
shown --ignore-timestamps --ignore-owner-names --color always a.tar other.tar
