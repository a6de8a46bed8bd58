# SPDX-License-Identifier: Apache-2.0
# The walkthrough of docs/attestation.md: what its commands print is what it says. The security module
# and nitro-cli are stood in for, and the root is the stand-in's.
. "$HS_LIB"
need bash openssl
export PYTHONPATH="$HS_SOURCE/tests/cli"
"$HS_PYTHON" -m nsm pki pki || exit 1
mkdir bin walk
cat >bin/hashoscope <<END
#!/bin/sh
case "\$1 \$2" in
"attest request" | "attest nsm") set -- "\$@" --nsm-device "$PWD/module" ;;
"attest verify") set -- "\$@" --root "$PWD/pki/root.pem" ;;
esac
exec "$HASHOSCOPE" "\$@"
END
# run-enclave --eif-path FILE: what is measured when it is started.
cat >bin/nitro-cli <<END
#!/bin/sh
exec "$HASHOSCOPE" eif pcr "\$3" >"$PWD/pki/pcrs.json"
END
chmod 755 bin/*
PATH=$PWD/bin:$PATH
export PATH
cd walk || exit 1
"$HS_PYTHON" -m nsm run ../module ../pki "$HS_PYTHON" "$HS_SOURCE/tests/cli/walk.py" \
	"$HS_SOURCE/docs/attestation.md" '## From a rebuilt image to a verified document'
