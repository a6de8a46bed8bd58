# SPDX-License-Identifier: Apache-2.0
# Whatever makes no sense is refused in one sentence, before anything is opened.
. "$HS_LIB"
mkdir a b
hs() {
	echo "$ hashoscope $*"
	status "$HASHOSCOPE" "$@" 2>&1
}
hs
hs a
hs ./a
hs a b c
hs nosuchword b
hs insepct a
hs diff a
hs cat a
hs --bogus a b
hs --ouptut=json a b
hs --exclud x a b
hs -Z a b
hs -o a b
hs -o sarif a b
hs -o json -o text a b
hs --jobs=many a b
hs --max-size 1X a b
hs --quiet=yes a b
hs ls --context 2 a
hs completion tcsh
hs schema nothing
hs help nothing
hs - -
hs eif
hs eif ramdisk
hs eif biuld a
hs eif ramdisk custmer
hs help eif nope
hs help --man diff
hs eif build
hs eif build --version
hs eif build -o
hs eif describe a -o yaml
