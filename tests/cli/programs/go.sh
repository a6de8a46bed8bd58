# SPDX-License-Identifier: Apache-2.0
# Two builds of a program in Go of which one function changed.
. "$HS_LIB"
need go
export GOCACHE="$PWD/cache" GO111MODULE=off GOFLAGS="" HOME="$PWD"
mkdir a b
cat >a/p.go <<'EOF'
package main

import (
	"fmt"
	"os"
	"strings"
)

//go:noinline
func compute(n int) int {
	s := 0
	for i := 0; i < n; i++ {
		s += i * 3
	}
	return s
}

func main() {
	fmt.Println(strings.ToUpper("hello"), compute(len(os.Args)))
}
EOF
sed 's/i \* 3/i * 5/' a/p.go >b/p.go
for side in a b; do
	(cd $side && go build -trimpath -o p p.go) >log 2>&1 || skip "go does not build: $(head -n 1 log)"
done
"$HASHOSCOPE" a/p b/p | sed -n 's/^\([~+-] [^ ]*\) \([^ ]*\)  .*/\1 \2/p'
