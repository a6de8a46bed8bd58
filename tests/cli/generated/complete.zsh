# SPDX-License-Identifier: Apache-2.0
# complete.zsh WORDS...: what hashoscope WORDS completes to, a line for each argument.
zmodload zsh/zpty || exit 77
zpty shell zsh -f
zpty -w shell '
PS1= PS2=
autoload -U compinit
fpath=($PWD/functions $fpath)
compinit -u -D
zstyle ":completion:*" list-grouped false
setopt no_list_beep
compadd() {
	local -a found
	if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
		builtin compadd "$@"
		return
	fi
	builtin compadd -O found "$@"
	print -r -- "<$found>"
	builtin compadd "$@"
}
whole() { print START; compstate[insert]= compstate[list]=; _main_complete; compstate[insert]= compstate[list]=; print END; }
zle -C whole complete-word whole
bindkey "^I" whole
stty -echo
print READY'
zpty -r shell text '*READY*READY*'
typeset -aU found
for line; do
	zpty -w -n shell "hashoscope $line"$'\t'
	zpty -r shell text '*END*'
	text=${text#*START}
	found=()
	while [[ $text == *'<'*'>'* ]]; do
		text=${text#*'<'}
		found+=(${(s: :)${text%%'>'*}})
		text=${text#*'>'}
	done
	print -r -- "hashoscope $line: ${(o)found}"
	zpty -w -n shell $'\x15'
done
