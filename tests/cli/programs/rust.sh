# SPDX-License-Identifier: Apache-2.0
# Two builds of a program in Rust of which one function changed.
. "$HS_LIB"
need rustc
mkdir a b
cat >a/p.rs <<'EOF'
#[inline(never)]
fn compute(n: u64) -> u64 {
    let mut s = 0;
    for i in 0..n {
        s = (s ^ i).wrapping_mul(31);
    }
    s
}

fn main() {
    println!("hello {}", compute(std::env::args().count() as u64));
}
EOF
sed 's/wrapping_mul(31)/wrapping_mul(37)/' a/p.rs >b/p.rs
for side in a b; do
	(cd $side && rustc -O -C codegen-units=1 --remap-path-prefix "$PWD=." p.rs -o p) >log 2>&1 ||
		skip "rustc does not build: $(head -n 1 log)"
done
"$HASHOSCOPE" a/p b/p | sed -n 's/^\([~+-]\) \(\.text: .*\)  text, .*/\1 \2/p'
