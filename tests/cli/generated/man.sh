# SPDX-License-Identifier: Apache-2.0
# mandoc finds nothing to warn of in the manual pages.
. "$HS_LIB"
need mandoc
for page in hashoscope.1 hashoscope-eif.1 hashoscope-attest.1; do
	mandoc -Tlint -Wwarning "$HS_SOURCE/docs/$page"
	mandoc -Tutf8 "$HS_SOURCE/docs/$page" >page.txt
	[ -s page.txt ] || echo "$page is empty"
done
