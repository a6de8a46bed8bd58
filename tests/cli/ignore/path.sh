# SPDX-License-Identifier: Apache-2.0
# --ignore-path is a glob over inner paths, and what follows from such a member follows.
. "$HS_SOURCE/tests/cli/compare.sh"

python <<'END'
import twins
twins.oci("base.oci")
twins.oci("motd.oci", motd=b"HELLO\n")
twins.oci("more.oci", extra=("etc/new", b"1"))
twins.oci("both.oci", extra=("etc/new", b"1"), motd=b"HELLO\n")
twins.oci("env.oci", env="A=2", motd=b"HELLO\n")
END

differs --also --ignore-path --also '*!etc/motd' 0 base.oci motd.oci "node('etc/motd')['ignored'] == ['path']" \
	"result['ignored']['path'] == 1" "status('etc/motd') == 'content'"
differs --also --ignore-path --also 'layer?1?' 0 base.oci motd.oci
differs --also --ignore-path --also 'etc/motd' 1 base.oci motd.oci "result['ignored'] == {}"
differs --also --ignore-path --also '*/new' 0 base.oci more.oci "node('etc/new')['ignored'] == ['path']"
differs --also --ignore-path --also '*/new' 1 base.oci both.oci "node('etc/motd')['ignored'] == []" \
	"node('manifest')['ignored'] == []"
differs --also --ignore-path --also '*/new' --also --ignore-path --also '*/motd' 0 base.oci both.oci
differs --also --ignore-path --also '*/motd' 1 base.oci env.oci "node('layer[1]')['ignored']" \
	"node('config')['ignored'] == []" "node('manifest')['ignored'] == []"
finish
