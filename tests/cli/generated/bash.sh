# SPDX-License-Identifier: Apache-2.0
# The completion in a real bash.
. "$HS_LIB"
need bash
touch file.tar
bash <<'END'
. "$HS_SOURCE/completions/hashoscope.bash"
complete_line() {
	COMP_WORDS=("$@")
	COMP_CWORD=$(($# - 1))
	_hashoscope
	echo "$*: ${COMPREPLY[*]}"
}
complete_line hashoscope insp
complete_line hashoscope --col
complete_line hashoscope ls --nu
complete_line hashoscope ls --col
complete_line hashoscope --color = a
complete_line hashoscope --progress ''
complete_line hashoscope -o j
complete_line hashoscope -o json = fi
complete_line hashoscope diff fi
complete_line hashoscope completion ''
complete_line hashoscope --jobs ''
END
