# SPDX-License-Identifier: Apache-2.0
# What a security module says, and what it refuses: the real messages, through a socket.
. "$HS_LIB"
need openssl
export PYTHONPATH="$HS_SOURCE/tests/cli"
"$HS_PYTHON" -m nsm pki pki || exit 1
cat >steps <<'END'
. "$HS_LIB"
nsm() {
	status "$HASHOSCOPE" attest nsm "$@" --nsm-device module 2>&1
}
nsm describe
nsm pcr 0
nsm pcr 16
nsm extend 16 00ff
nsm pcr 16
printf '\000\377' >data
nsm extend 17 @data
nsm extend 3 00
nsm lock 16
nsm lock 16
nsm extend 16 00
nsm pcr 16
nsm lock 0-17
nsm extend 17 00
nsm describe | tail -n 2
nsm lock 0-32
nsm lock 1-17
nsm pcr 32
nsm extend 18 xyz
nsm extend 18 123
nsm extend 18 @missing
nsm extend 18 "$(head -c 8200 /dev/zero | tr '\0' 0)" | cut -c 1-120
"$HASHOSCOPE" attest nsm random --nsm-device module | od -An -tx1 | tail -n 2
"$HASHOSCOPE" attest nsm random 300 --nsm-device module | wc -c | tr -d ' '
nsm random 0
nsm random many
END
"$HS_PYTHON" -m nsm run module pki sh steps
