# SPDX-License-Identifier: Apache-2.0
# Two versions each of a library, of a program and of a package of Python, from the archive: all of
# both is read, and the report is one that people read.
. "$HS_LIB"
need apt-get apt-cache
found=
for name in libssl3 openssl python3-urllib3 python3-cryptography; do
	versions=$(apt-cache madison "$name" 2>/dev/null |
		awk -F'|' '/Packages/ { gsub(/ /, "", $2); print $2 }' | sort -u | tail -n 2)
	[ "$(echo "$versions" | wc -w)" -eq 2 ] || continue
	set --
	for version in $versions; do
		mkdir -p "$name/$version"
		(cd "$name/$version" && timeout 120 apt-get -q -o Acquire::Retries=0 \
			-o APT::Sandbox::User=root download "$name=$version" >/dev/null 2>&1) || break
		set -- "$@" "$name/$version"/*.deb
	done
	[ $# -eq 2 ] || continue
	found=$name
	"$HASHOSCOPE" "$1" "$2" >"$name.txt" 2>"$name.err"
	[ $? -eq 1 ] || echo "$name: $(cat "$name.err")"
	[ "$(wc -c <"$name.txt")" -lt 2000000 ] || echo "$name: a report of $(wc -c <"$name.txt") bytes"
	grep -q '^ *Version: .* -> ' "$name.txt" || echo "$name: no version is named"
done
[ -n "$found" ] || skip 'no package of which two versions are offered'
