# SPDX-License-Identifier: Apache-2.0
# No module, what is none, and modules that answer nonsense.
. "$HS_LIB"
export PYTHONPATH="$HS_SOURCE/tests/cli"
[ ! -e /dev/nsm ] || skip "this is an enclave"
status "$HASHOSCOPE" attest nsm describe 2>&1
status "$HASHOSCOPE" attest request -o document 2>&1
status "$HASHOSCOPE" attest nsm describe --nsm-device none 2>&1
: >file
status "$HASHOSCOPE" attest nsm describe --nsm-device file 2>&1
status "$HASHOSCOPE" attest nsm describe --nsm-device . 2>&1
status "$HASHOSCOPE" attest nsm describe --nsm-device /dev/null 2>&1
status "$HASHOSCOPE" attest request --nsm-device /dev/null 2>&1
mkdir pki
cat >steps <<'END'
. "$HS_LIB"
# as ANSWER WORD...: the answer in printf's escapes.
as() {
	printf "$1" >pki/answer
	shift
	status "$HASHOSCOPE" attest "$@" --nsm-device module 2>&1
}
as '' nsm describe
as '\240' nsm describe
as '\165NotAVariantOfTheOnes!' nsm pcr 0
as '\241\145Error\154InvalidIndex!' nsm pcr 0
as '\241\145Error\001' nsm pcr 0
as '\241\145Error\154Invalid\033[1mA' nsm pcr 0
as '\241\151GetRandom\241\146random\101A' nsm pcr 0
as '\241\151GetRandom\241\146random\100' nsm random
as '\241\151GetRandom\241\146random\102A' nsm random
as '\241\153DescribePCR\242\144lock\365\144data\102AB' nsm pcr 0
as '\241\153DescribePCR\241\144lock\365' nsm pcr 0
as '\241\153DescribePCR\242\144lock\365\144lock\365' nsm pcr 0
as '\241\153DescribePCR\242\144lock\000\144data\101A' nsm pcr 0
as '\241\153Attestation\241\150document\100' request -o document
as '\147LockPCRs' nsm lock 16
as '\147LockPCR!' nsm lock 16
as '\241\147LockPCR\240' nsm lock 16
head -c 12289 /dev/zero >pki/answer
status "$HASHOSCOPE" attest nsm describe --nsm-device module 2>&1
ls
END
"$HS_PYTHON" -m nsm run module pki sh steps
