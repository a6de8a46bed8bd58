// SPDX-License-Identifier: Apache-2.0

// What go-containerregistry makes of docker-archives: for each that standard
// input names, a line with its name, the image ID after mutate.Canonical and
// after mutate.Time(1700000000), or "ERROR ..." and "PANIC ..." in its place.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

func oneLine(what string, err interface{}) string {
	return what + " " + strings.Join(strings.Fields(fmt.Sprint(err)), " ")
}

func imageID(path string, change func(v1.Image) (v1.Image, error)) (id string) {
	defer func() {
		if r := recover(); r != nil {
			id = oneLine("PANIC", r)
		}
	}()
	img, err := tarball.ImageFromPath(path, nil)
	if err == nil {
		img, err = change(img)
	}
	if err != nil {
		return oneLine("ERROR", err)
	}
	hash, err := img.ConfigName()
	if err != nil {
		return oneLine("ERROR", err)
	}
	return hash.String()
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		path := in.Text()
		canonical := imageID(path, mutate.Canonical)
		timed := imageID(path, func(img v1.Image) (v1.Image, error) {
			return mutate.Time(img, time.Unix(1700000000, 0).UTC())
		})
		fmt.Printf("%s\t%s\t%s\n", path, canonical, timed)
	}
}
