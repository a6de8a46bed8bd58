# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# What cases share: `. "$HS_LIB"`.

# skip MESSAGE: ends the case; the message is printed beside its name.
skip() {
	echo "$*"
	exit 77
}

# need TOOL...: skips where one is not installed.
need() {
	for tool in "$@"; do
		command -v "$tool" >/dev/null 2>&1 || skip "$tool is not installed"
	done
}

# need_shared PATH: skips where the shared folder does not have it; sets $shared to its path.
need_shared() {
	[ -n "$HS_SHARED" ] || skip "no shared folder (HS_SHARED)"
	shared=$HS_SHARED/$1
	[ -e "$shared" ] || skip "the shared folder has no $1"
}

# status COMMAND...: runs it and prints "exit N" behind its output.
status() {
	"$@"
	echo "exit $?"
}
