# SPDX-License-Identifier: Apache-2.0
# Files of AWS's builder and of nobody: taken apart, and the same again.
. "$HS_LIB"
need_shared vectors/eif
# shellcheck disable=SC2154 # need_shared sets it
for file in "$shared"/*.eif; do
	name=$(basename "$file" .eif)
	status "$HASHOSCOPE" eif extract "$file" "$name" 2>&1 | sed "s|$shared/||"
	[ -d "$name" ] || status "$HASHOSCOPE" eif extract --lenient "$file" "$name" 2>/dev/null
	"$HASHOSCOPE" eif assemble --from "$name" -o "$name.eif" >"$name.json"
	cmp "$file" "$name.eif" && echo "$name: the same"
	answer=$shared/$name.expected.txt
	[ ! -e "$answer" ] || for pcr in PCR0 PCR1 PCR2 PCR8; do
		[ "$(grep -w $pcr "$answer" | tr -d ' ,')" = "$(grep -w $pcr "$name.json" | tr -d ' ,')" ] ||
			echo "$name: $pcr is another"
	done
done
# What AWS's builder made of these is u.eif.
cat "$shared/kern" >kernel
"$HASHOSCOPE" eif assemble --kernel kernel --cmdline 'reboot=k panic=30' \
	--ramdisk "$shared/out-boot-initrd.img" --ramdisk "$shared/out-full-initrd.img" \
	--name img --version 1.0 --build-tool t --build-tool-version 0 --img-os Linux \
	--img-kernel 4.14.256 --docker-info '{"b":1,"a":[1.5,"é\u007f\u0001/"]}' -o u.eif >/dev/null
cmp u.eif "$shared/u.eif" && echo "made: the same"
