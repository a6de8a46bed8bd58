# SPDX-License-Identifier: Apache-2.0
# Every option of --help is in the manual page and in each completion.
"$HASHOSCOPE" --help | sed -n 's/^ *\(-[a-z0], *\)\{0,1\}\(--[a-z][a-z-]*\).*/\2/p' |
	grep -v '^--help$' | sort -u >options
[ "$(wc -l <options)" -gt 15 ] || echo "--help lists too few options"
while read -r option; do
	name=${option#--}
	grep -q -e "Fl [\\]-$name\\b" "$HS_SOURCE/docs/hashoscope.1" || echo "man: $option"
	grep -q -e "$option\\b" "$HS_SOURCE/completions/hashoscope.bash" || echo "bash: $option"
	grep -q -e "$option\\b" "$HS_SOURCE/completions/_hashoscope" || echo "zsh: $option"
	grep -q -e "-l $name\\b" "$HS_SOURCE/completions/hashoscope.fish" || echo "fish: $option"
done <options
