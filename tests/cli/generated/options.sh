# SPDX-License-Identifier: Apache-2.0
# Every option that --help names is in a manual page and in each completion.
. "$HS_LIB"
options_of() {
	"$HASHOSCOPE" "$@" --help | sed -n 's/^ *\(-[a-z0], *\)\{0,1\}\(--[a-z][a-z-]*\).*/\2/p' |
		grep -v '^--help$'
}
check() {
	page=$1
	sort -u all >options
	[ "$(wc -l <options)" -gt 15 ] || echo "--help lists too few options"
	while read -r option; do
		name=${option#--}
		grep -q -e "Fl [\\]-$name\\b" "$HS_SOURCE/docs/$page" || echo "$page: $option"
		grep -q -e "$option\\b" "$HS_SOURCE/completions/hashoscope.bash" || echo "bash: $option"
		grep -q -e "$option\\b" "$HS_SOURCE/completions/_hashoscope" || echo "zsh: $option"
		grep -q -e "-l $name\\b" "$HS_SOURCE/completions/hashoscope.fish" || echo "fish: $option"
	done <options
}
options_of >all
check hashoscope.1
# family NAME N: the options of its commands, of which there are N or more.
family() {
	"$HASHOSCOPE" "$1" --help | sed -n "s/^  \($1 [a-z ]*[a-z]\).*/\1/p" >verbs
	[ "$(wc -l <verbs)" -ge "$2" ] || echo "$1 --help lists too few commands"
	: >all
	while read -r verb; do
		# shellcheck disable=SC2086
		options_of $verb >>all
	done <verbs
	check "hashoscope-$1.1"
}
family eif 9
family attest 9
