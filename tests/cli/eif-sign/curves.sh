# SPDX-License-Identifier: Apache-2.0
# Signatures on each curve, with keys in each form, drawn and derived, made by the program or by
# another: openssl accepts them over a Sig_structure that is made here.
. "$HS_LIB"
. "$HS_SOURCE/tests/cli/signing.sh"
image u.eif
for curve in prime256v1 secp384r1 secp521r1; do
	echo "$curve"
	signer "$curve" "$curve"
	openssl pkcs8 -topk8 -nocrypt -in "$curve.key" -out pkcs8.key
	openssl ecparam -name "$curve" -out parameters.key
	cat "$curve.key" >>parameters.key
	for key in "$curve.key" pkcs8.key parameters.key; do
		"$HASHOSCOPE" eif sign u.eif --certificate "$curve.pem" --private-key "$key" \
			-o s.eif >measurements
		"$HS_PYTHON" -m signing check s.eif "$curve.pem"
	done
	for n in 1 2; do
		"$HASHOSCOPE" eif sign u.eif --certificate "$curve.pem" --private-key "$curve.key" \
			--deterministic -o "$n.eif" >measurements
	done
	cmp 1.eif 2.eif && "$HS_PYTHON" -m signing check 1.eif "$curve.pem"
	"$HASHOSCOPE" eif sign u.eif --certificate "$curve.pem" \
		--signer "openssl pkeyutl -sign -inkey $curve.key" -o p.eif >measurements
	"$HS_PYTHON" -m signing check p.eif "$curve.pem"
	"$HS_PYTHON" -m signing same u.eif p.eif
	"$HASHOSCOPE" eif verify p.eif --certificate "$curve.pem" | sed -n 1p
done
