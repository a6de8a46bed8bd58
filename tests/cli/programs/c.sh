# SPDX-License-Identifier: Apache-2.0
# Two builds of a program in C of which one function changed: with symbols, with debug information,
# and without either.
. "$HS_LIB"
need cc strip
mkdir a b
cat >a/p.c <<'EOF'
#include <stdio.h>

static int table[] = { 3, 1, 4, 1, 5 };
static int counter;

__attribute__((noinline)) int
add(int x, int y)
{
	counter++;
	return x + y + table[x % 5];
}

__attribute__((noinline)) double
scale(double v)
{
	return v * 2.5 + 1.25;
}

int
main(int argc, char **argv)
{
	printf("%s %d %f\n", argv[0], add(argc, 2), scale(argc));
	return 0;
}
EOF
sed 's/v \* 2.5 + 1.25/v > 3 ? v * 2.5 + 1.25 : v * v * v - 8/' a/p.c >b/p.c

# changed A B: the functions that the report names.
changed() {
	"$HASHOSCOPE" "$1" "$2" | sed -n 's/^\([~+-]\) \(\.text: .*\)  text, .*/\1 \2/p'
}

for side in a b; do
	(cd $side && cc -O1 p.c -o p && cc -O1 -g p.c -o g && cp p s && strip s && cc -O1 -c p.c)
done
echo "symbols:" && changed a/p b/p
echo "debug information:" && changed a/g b/g
"$HASHOSCOPE" a/g b/g | sed -n 's/^ *\([-+]\)compile_unit.*comp_dir .*\/\([ab]\)".*/\1 comp_dir \2/p'
echo "object:" && changed a/p.o b/p.o
# What it is called without a name hangs on the compiler; that it is one does not.
echo "stripped:" && changed a/s b/s | sed 's/code [0-9a-f]*/code/' | sort -u
