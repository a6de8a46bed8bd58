# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# What cases about signatures share: `. "$HS_SOURCE/tests/cli/signing.sh"` behind `. "$HS_LIB"`.
need openssl
export PYTHONPATH="$HS_SOURCE/tests/cli"

# image FILE [VERSION]: a small unsigned enclave image.
image() {
	"$HS_PYTHON" -m signing image "$@"
}

# certify NAME: makes NAME.pem, signed by NAME.key, valid from $from until $until.
from=20200101000000Z until=20990101000000Z
certify() {
	: >index
	echo 01 >serial
	cat >ca.cnf <<-END
		[ca]
		default_ca = one
		[one]
		database = index
		serial = serial
		new_certs_dir = .
		policy = any
		default_md = ${md-sha256}
		unique_subject = no
		[any]
		commonName = supplied
	END
	openssl req -new -key "$1.key" -subj "/CN=$1" -config /dev/null -out request 2>log ||
		openssl req -new -key "$1.key" -subj "/CN=$1" -out request 2>log || skip "openssl req"
	openssl ca -batch -selfsign -notext -config ca.cnf -keyfile "$1.key" -in request \
		-startdate "$from" -enddate "$until" -out "$1.pem" 2>log || skip "openssl ca"
}

# signer NAME CURVE: makes NAME.key and NAME.pem.
signer() {
	openssl ecparam -name "$2" -genkey -noout -out "$1.key"
	certify "$1"
}
