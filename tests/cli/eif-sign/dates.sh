# SPDX-License-Identifier: Apache-2.0
# A certificate that does not hold today signs, and is warned of.
. "$HS_LIB"
. "$HS_SOURCE/tests/cli/signing.sh"
image u.eif
from=20010101000000Z until=20020101000000Z
signer old prime256v1
from=20980101000000Z
until=20990101000000Z
signer young prime256v1
for name in old young; do
	"$HASHOSCOPE" eif sign u.eif --certificate $name.pem --private-key $name.key \
		-o $name.eif 3>&1 >measurements 2>&3
	for at in now none 2001-06-01T00:00:00Z 2001-01-01T00:00:00Z 2000-12-31T23:59:59Z \
		2002-01-01T00:00:00Z 2002-01-01T01:00:01+01:00 2098-06-01T12:00:00.5Z; do
		echo "$name at $at"
		status "$HASHOSCOPE" eif verify $name.eif --at $at | grep '^[-e]'
	done
done
status "$HASHOSCOPE" eif verify old.eif --at yesterday
cat old.pem young.pem >both.pem
"$HASHOSCOPE" eif sign u.eif --certificate both.pem --private-key old.key -o both.eif \
	3>&1 >measurements 2>&3
status "$HASHOSCOPE" eif verify both.eif --at 2001-06-01T00:00:00Z --certificate old.pem |
	grep '^[-+e]'
