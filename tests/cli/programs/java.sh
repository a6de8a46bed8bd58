# SPDX-License-Identifier: Apache-2.0
# Two builds of a program in Java of which one method changed.
. "$HS_LIB"
need javac
mkdir a b
cat >a/P.java <<'EOF'
class P {
	static int compute(int n) {
		int s = 0;
		for (int i = 0; i < n; i++)
			s += i * 3;
		return s;
	}

	public static void main(String[] args) {
		System.out.println("hello " + compute(args.length));
	}
}
EOF
sed 's/i \* 3/i * 5/' a/P.java >b/P.java
for side in a b; do
	(cd $side && javac P.java) >log 2>&1 || skip "javac does not build: $(head -n 1 log)"
done
"$HASHOSCOPE" a/P.class b/P.class | sed -n 's/^\([~+-] [^ ]*\)  .*/\1/p'
