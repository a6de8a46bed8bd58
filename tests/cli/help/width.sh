# SPDX-License-Identifier: Apache-2.0
# Help fits 80 columns, is on standard output and holds no escape; -h fits a small screen.
. "$HS_LIB"
export FORCE_COLOR=1
for verb in '' diff inspect ls cat canonicalize pack explain schema completion help eif \
	'eif describe' 'eif pcr' 'eif ramdisk bootstrap' 'eif ramdisk customer' 'eif build' \
	'eif assemble' 'eif sign' 'eif verify' 'eif extract'; do
	# shellcheck disable=SC2086
	"$HASHOSCOPE" $verb --help >help.txt || echo "$verb --help: exit $?"
	[ -s help.txt ] || echo "$verb --help prints nothing"
	awk -v verb="$verb" 'length($0) > 80 { print verb, "--help:", $0 }' help.txt
	LC_ALL=C grep -n '[^ -~]' help.txt
done
"$HASHOSCOPE" -h >short.txt
[ "$(wc -l <short.txt)" -le 24 ] || echo "-h is too long"
head -3 short.txt | grep -c 'hashoscope .*'
"$HASHOSCOPE" --help >all.txt
"$HASHOSCOPE" help >again.txt
cmp all.txt again.txt
"$HASHOSCOPE" ls --help >all.txt
"$HASHOSCOPE" help ls >again.txt
cmp all.txt again.txt
