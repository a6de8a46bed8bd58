# SPDX-License-Identifier: Apache-2.0
# The completion in a real bash.
. "$HS_LIB"
need bash
touch file.tar
mkdir folder
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
echo '# Commands of several words.'
complete_line hashoscope ei
complete_line hashoscope eif ''
complete_line hashoscope eif ra
complete_line hashoscope eif ramdisk ''
complete_line hashoscope eif ramdisk bootstrap ''
complete_line hashoscope eif ramdisk customer fi
complete_line hashoscope eif --jobs 2 build f
complete_line hashoscope eif build --blo
complete_line hashoscope eif pcr --blo
complete_line hashoscope eif --
complete_line hashoscope attest ''
complete_line hashoscope attest nsm ''
complete_line hashoscope attest request --n
complete_line hashoscope attest policy --format ''
complete_line hashoscope help e
complete_line hashoscope help eif ramdisk c
echo '# Options that mean another thing for another command.'
complete_line hashoscope diff -o ''
complete_line hashoscope eif build -o f
complete_line hashoscope eif describe -o ''
complete_line hashoscope ls --version f
complete_line hashoscope eif build --version f
complete_line hashoscope eif build --blobs f
complete_line hashoscope eif sign --certificate f
END
