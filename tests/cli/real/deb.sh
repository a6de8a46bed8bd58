# SPDX-License-Identifier: Apache-2.0
# Two versions of a Debian package, from the archive.
. "$HS_SOURCE/tests/cli/compare.sh"
need apt-get apt-cache dpkg-deb

# The first of these small packages of which two versions are offered.
for name in tzdata ca-certificates libssl3 openssl libxml2 libexpat1 gzip sudo wget curl; do
	versions=$(apt-cache madison "$name" 2>/dev/null | awk -F'|' '/Packages/ { gsub(/ /, "", $2); print $2 }' |
		sort -u | head -n 2)
	[ "$(echo "$versions" | wc -w)" -eq 2 ] && break
	versions=
done
[ -n "$versions" ] || skip 'no package of which two versions are offered'
set --
for version in $versions; do
	mkdir "$version"
	(cd "$version" && timeout 120 apt-get -q -o Acquire::Retries=0 -o APT::Sandbox::User=root \
		download "$name=$version" >/dev/null 2>&1) || skip "cannot download $name $version"
	set -- "$@" "$version"/*.deb
done
differs 1 "$1" "$2" 'result["complete"]' 'node("control")["status"] == "content"' \
	'any(line.startswith("-Version: ") for line in lines("control"))'
"$HASHOSCOPE" -q "$1" "$1" || echo "$1 is not the same as itself"
# Every file of the package is found.
dpkg-deb --fsys-tarfile "$1" | tar -tf - | sed 's,^\./,,; s,/$,,' | sort >want
"$HASHOSCOPE" ls "$1" | sed 's/.*!//' | sort >got
comm -23 want got | grep -v '^$' | head -n 5
finish
