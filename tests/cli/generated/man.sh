# SPDX-License-Identifier: Apache-2.0
# mandoc finds nothing to warn of in the manual page.
. "$HS_LIB"
need mandoc
mandoc -Tlint -Wwarning "$HS_SOURCE/docs/hashoscope.1"
mandoc -Tutf8 "$HS_SOURCE/docs/hashoscope.1" >page.txt
[ -s page.txt ]
