#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Two release builds in folders of different names and depths, from copies of the sources at
# different places and with different clocks, make the same program: compared by that program.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

build() {
	source=$dir/$1/source
	mkdir -p "$source"
	cp -R CMakeLists.txt cmake src "$source"
	[ ! -d completions ] || cp -R completions "$source"
	[ ! -d docs ] || cp -R docs "$source"
	[ "$1" = short ] || find "$source" -exec touch -d '2001-02-03 04:05:06' {} +
	if ! { cmake -S "$source" -B "$dir/$1/build" -G Ninja -DCMAKE_BUILD_TYPE=Release \
		-DCMAKE_C_COMPILER="${HS_CC:-cc}" -DBUILD_TESTING=OFF &&
		cmake --build "$dir/$1/build"; } >"$dir/log" 2>&1; then
		cat "$dir/log"
		exit 1
	fi
}

build short
TZ=Asia/Tokyo LC_ALL=C.UTF-8 build 'a/longer name of a folder'
a=$dir/short/build/hashoscope
b=$dir/a/'longer name of a folder'/build/hashoscope
cmp "$a" "$b"
"$a" "$a" "$b"
echo 'both builds are the same'
