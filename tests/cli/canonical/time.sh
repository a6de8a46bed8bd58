# SPDX-License-Identifier: Apache-2.0
# SOURCE_DATE_EPOCH stands for --time where a form needs one, and does not make another form of ggcr's.
. "$HS_LIB"
PYTHONPATH=$HS_SOURCE/tests/cli "$HS_PYTHON" -B "$HS_CASE/make_images.py"
make() {
	"$HASHOSCOPE" canonicalize app.tar "$@" 2>/dev/null
}
make --like ggcr >canonical
make --like ggcr --time 1600000000 >timed
make --like buildkit --time 1600000000 >clamped
SOURCE_DATE_EPOCH=1600000000
export SOURCE_DATE_EPOCH
make --like ggcr | cmp - canonical && echo "Canonical"
make --like ggcr --time 1600000000 | cmp - timed && echo "Time"
make --like buildkit | cmp - clamped && echo "clamped"
make --like buildkit --time 1500000000 | cmp -s - clamped || echo "the option comes first"
cmp -s canonical timed || echo "two forms"
