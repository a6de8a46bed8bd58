# SPDX-License-Identifier: Apache-2.0
# The completion in a real zsh, at a terminal of its own.
. "$HS_LIB"
need zsh
zsh -n "$HS_SOURCE/completions/_hashoscope"
touch file.tar
mkdir folder functions
ln -s "$HS_SOURCE/completions/_hashoscope" functions/
zsh -f "$HS_CASE/complete.zsh" 'insp' 'ls --nu' 'ls --col' '--color a' 'completion ' 'diff fi' \
	'ei' 'eif ' 'eif ramdisk ' 'eif ramdisk bootstrap f' 'eif --jobs 2 build f' \
	'eif build --blo' 'eif pcr --blo' 'help e' 'help eif ramdisk c' 'diff -o ' \
	'eif build -o f' 'eif describe -o ' 'eif build --version f' 'eif build --blobs f' \
	'eif sign --certificate f'
