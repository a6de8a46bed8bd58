#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random stacks of layers, unpacked by umoci and listed by us: the same files?"""
import hashlib
import json
import os
import random
import subprocess
import sys

sys.dont_write_bytecode = True
import images  # noqa: E402

NAMES = ["a", "b", "c", "d.x"]


def random_path(rng, depth=3):
    return "/".join(rng.choice(NAMES) for _ in range(rng.randint(1, depth)))


# What random layers seldom hold: links on the way, parents without an entry, every order.
FIXED = [
    "usr/,usr/lib/,lib>usr/lib;lib/x=1",
    "usr/,usr/lib/,lib>/usr/lib;lib/x=1,lib/y/",
    "usr/,usr/lib/,usr/lib/x=1,lib>usr/lib;lib/.wh.x",
    "usr/,usr/lib/,usr/lib/x=1,lib>usr/lib;lib/.wh..wh..opq,usr/lib/y=2",
    "usr/,usr/lib/,lib>usr/lib;lib/,lib/x=1",
    "usr/,usr/lib/,lib>usr/lib;usr=file",
    "a/,b/,b/c/,b/c/l>../../../../a;b/c/l/x=1",
    "l>nowhere;l/x=1",
    "usr/,usr/x=1,l>usr;h<l/x",
    "x/y/z=1;x/y/w=2",
    "x/y/z=1;x/y=2;x/y/,x/y/v=3",
    "d/,d/x=1;.wh.d,d/,d/y=2",
    "d/,d/x=1;d/,d/y=2,.wh.d",
    "d/,d/x=1;d/,d/.wh..wh..opq,d/y=2",
    "d/,d/x=1;d/,d/y=2,d/.wh..wh..opq",
    "d/,d/x=1,d/s/,d/s/t=1;d/s/,d/s/u=2,d/.wh..wh..opq",
    "a=1,b<a;a=2",
    "a=1;b<a,a=2",
    "a=1;a=2,b<a",
    "a=1,b<a,c<b;.wh.a",
    "s>t,h<s;.wh.s",
    "./,a=1;./,.wh..wh..opq,b=1",
    "./a=1;/a=2;./b//c=3",
    "a=1;.wh.a/",
    "a=1,a=2",
    "a.b=1,a/,a/x=2,a-=3;a.b/,a.b/y=4",
]


class Model:
    """What is there so far, as far as it takes to write layers that umoci does not refuse."""

    def __init__(self):
        self.kind = {"": "d"}

    def parent(self, path):
        return path.rpartition("/")[0]

    def remove(self, path):
        for key in [k for k in self.kind if k == path or k.startswith(path + "/")]:
            del self.kind[key]

    def set(self, path, kind):
        if not (kind == "d" and self.kind.get(path) == "d"):
            self.remove(path)
        self.kind[path] = kind


def random_layer(rng, model):
    """Words in a random order; parents have entries, since umoci gives others its own mode."""
    words, seen = [], set()
    below = dict(model.kind)

    def make_parents(path):
        up = model.parent(path)
        if not up:
            return
        make_parents(up)
        if model.kind.get(up) != "d" or up not in seen and rng.random() < 0.5:
            if up in seen:
                return
            words.append(up + "/")
            model.set(up, "d")
            seen.add(up)

    for _ in range(rng.randint(1, 12)):
        path = random_path(rng)
        what = rng.random()
        if path in seen:
            continue
        ups = [path.rsplit("/", i)[0] for i in range(1, path.count("/") + 1)]
        if any(up in seen and model.kind.get(up) != "d" for up in ups):
            continue
        if what < 0.2 and path in below:
            up, _, name = path.rpartition("/")
            if model.kind.get(up) == "d" and path in model.kind:
                words.append((up + "/" if up else "") + ".wh." + name)
                if not any(s == path or s.startswith(path + "/") for s in seen):
                    model.remove(path)
            continue
        if what < 0.3 and model.kind.get(path) == "d":
            mine = {k: v for k, v in model.kind.items() if k in seen}
            if any(k.startswith(path + "/") for k in seen):
                continue
            words.append(path + "/.wh..wh..opq")
            model.remove(path)
            model.kind[path] = "d"
            model.kind.update(mine)
            continue
        make_parents(path)
        if any(model.kind.get(up) != "d" for up in ups):
            continue
        if any(s.startswith(path + "/") for s in seen):
            continue
        seen.add(path)
        files = [k for k, v in model.kind.items() if v == "f" and k != path and
                 not k.startswith(path + "/")]
        if what < 0.5:
            words.append(path + "/")
            model.set(path, "d")
        elif what < 0.6:
            words.append(path + ">" + rng.choice(["a", "../b", "/c", "nowhere"]))
            model.set(path, "l")
        elif what < 0.75 and files:
            words.append(path + "<" + rng.choice(files))
            model.set(path, "f")
        else:
            words.append(f"{path}=text {rng.randint(0, 9)}")
            model.set(path, "f")
    return words


def real_tree(root):
    """path: (type, mode, what is in it, the first path of the same file)"""
    out, inodes = {}, {}
    paths = [""]
    for folder, names, others in os.walk(root):
        paths += [os.path.relpath(os.path.join(folder, n), root) for n in names + others]
    for path in sorted(paths, key=os.fsencode):
        full = os.path.join(root, path)
        st = os.lstat(full)
        first = path
        if not os.path.isdir(full) or os.path.islink(full):
            first = inodes.setdefault((st.st_dev, st.st_ino), path)
        if os.path.islink(full):
            out[path] = ("symlink", None, os.readlink(full), first)
        elif os.path.isdir(full):
            out[path] = ("directory", st.st_mode & 0o7777, None, first)
        else:
            with open(full, "rb") as f:
                data = hashlib.sha256(f.read()).hexdigest()
            out[path] = ("file", st.st_mode & 0o7777, data, first)
    del out[""]
    return out


def our_tree(program, image):
    """The same as we list it."""
    done = subprocess.run([program, "inspect", "--rootfs", "-o", "json", image],
                          stdout=subprocess.PIPE, check=False)
    out = {}
    for node in json.loads(done.stdout)["nodes"]:
        if not node["path"] or not node["path"].startswith("rootfs!") or node["path"] == "rootfs!.":
            continue
        path = node["path"][len("rootfs!"):]
        facts = {f["name"]: f["value"] for f in node["facts"]}
        kind = node["type"]
        mode = None if kind == "symlink" else int(facts["mode"], 8)
        what = facts.get("link target") if kind == "symlink" else node["sha256"]
        out[path] = (kind, mode, what if kind != "directory" else None,
                     facts.get("hard link to", path))
    return out


def main():
    program, rounds = sys.argv[1], int(sys.argv[2])
    compared, refused = 0, []
    for seed in range(-len(FIXED), rounds):
        rng = random.Random(seed)
        model = Model()
        words = [random_layer(rng, model) for _ in range(rng.randint(1, 5))]
        if seed < 0:
            words = [x.split(",") for x in FIXED[seed].split(";")]
        name = f"image{seed}"
        images.write_layout(name, [images.layer(w) for w in words])
        done = subprocess.run(["umoci", "unpack", "--rootless", "--image", name + ":latest",
                               "bundle" + name], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            refused.append(f"seed {seed}: {words}: {done.stdout.decode()[-300:]}")
            continue
        want = real_tree(f"bundle{name}/rootfs")
        got = our_tree(program, name)
        compared += 1
        for path in sorted(set(want) | set(got)):
            if want.get(path) != got.get(path):
                print(f"seed {seed}: {path}: umoci {want.get(path)}, we {got.get(path)}\n  {words}")
        subprocess.run(["rm", "-rf", name, "bundle" + name], check=True)
    if len(refused) > rounds // 10:
        print(f"{compared} compared, umoci refuses:", *refused, sep="\n")


if __name__ == "__main__":
    main()
