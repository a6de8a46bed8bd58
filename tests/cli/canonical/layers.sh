# SPDX-License-Identifier: Apache-2.0
# The diffIDs that Go's archive/tar gives odd layers, and its refusals.
. "$HS_LIB"
need_shared vectors/oci/layers.tsv
folder=${shared:?}
folder=${folder%/*}
tab=$(printf '\t')
check() { # layer, what is wanted, options
	layer=$1 want=$2
	shift 2
	"$HASHOSCOPE" canonicalize "$folder/$layer" "$@" >out 2>err
	status=$?
	case $want in
	ERROR:*)
		[ $status = 2 ] && [ ! -s out ] && grep -q 'go refuses' err && return
		;;
	"("*) # Go writes what no reader can undo
		[ $status = 2 ] && [ ! -s out ] && return
		;;
	*)
		[ $status = 0 ] && [ "$(cat out)" = "{\"diff_id\": \"sha256:$want\"}" ] && return
		;;
	esac
	echo "$layer $*: $want, but exit $status"
	cat out err
}
tail -n +2 "$shared" >rows
[ -s rows ] || echo "no rows"
while IFS="$tab" read -r layer _ canonical timed clamped; do
	check "$layer" "$canonical" --like ggcr
	check "$layer" "$timed" --like ggcr --time 1700000000
	check "$layer" "$clamped" --like buildkit --time 1000000000
done <rows
