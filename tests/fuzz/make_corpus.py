# SPDX-License-Identifier: Apache-2.0
"""Makes the seed files of the fuzz targets: small files of each kind, the same bytes each time.

    make_corpus.py FOLDER    writes FOLDER/<what>/<name> for each target fuzz_<what>.c
"""
import base64
import bz2
import gzip
import hashlib
import io
import json
import lzma
import os
import pathlib
import shutil
import sqlite3
import struct
import sys
import tarfile
import zipfile
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from kernels import Kernel  # noqa: E402

CONTENT = {"a.txt": b"one\ntwo\n", "d/b.bin": bytes(range(64)), "d/empty": b""}
WHEN = 1700000000


def entry(name, size=0, kind=tarfile.REGTYPE, **more):
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.type = size, WHEN, kind
    info.uid, info.gid, info.uname, info.gname = 1000, 1000, "user", "group"
    for key, value in more.items():
        setattr(info, key, value)
    return info


def tar(members, fmt=tarfile.USTAR_FORMAT):
    """A tar without the padding to 10 KiB: two zero blocks end it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=fmt) as t:
        for info, data in members:
            t.addfile(info, io.BytesIO(data))
        end = t.offset
    return out.getvalue()[:end] + bytes(1024)


def plain_members():
    return [(entry(name, len(data)), data) for name, data in CONTENT.items()]


def odd_members():
    return [
        (entry("d", kind=tarfile.DIRTYPE, mode=0o755), b""),
        (entry("link", kind=tarfile.SYMTYPE, linkname="../target"), b""),
        (entry("d/b.bin", 3), b"abc"),
        (entry("hard", kind=tarfile.LNKTYPE, linkname="d/b.bin"), b""),
        (entry("null", kind=tarfile.CHRTYPE, devmajor=1, devminor=3), b""),
        (entry("fifo", kind=tarfile.FIFOTYPE), b""),
        (entry("d/.wh.gone"), b""),
    ]


def pax_members():
    more = {"mtime": "1700000000.123456789", "SCHILY.xattr.user.note": "x",
            "comment": "na\u00efve"}
    return [(entry("n" * 120 + "/\u00e9", 2, pax_headers=more), b"hi")]


def tars():
    yield "ustar", tar(plain_members())
    yield "kinds", tar(odd_members(), tarfile.GNU_FORMAT)
    yield "pax", tar(pax_members(), tarfile.PAX_FORMAT)
    yield "gnu-long", tar([(entry("l" * 150, 1), b"x")], tarfile.GNU_FORMAT)
    yield "twice", tar(plain_members()[:1] * 2) + b"after the end"
    yield "empty", bytes(1024)


def newc(name, data, mode=0o100644, magic=b"070701", ino=1):
    check = sum(data) if magic == b"070702" else 0
    fields = (ino, mode, 0, 0, 1, WHEN, len(data), 8, 1, 0, 0, len(name) + 1, check)
    head = magic + b"".join(b"%08X" % f for f in fields) + name + b"\0"
    pad = lambda b: b + bytes(-len(b) % 4)
    return pad(head) + pad(data)


def odc(name, data, mode=0o100644, ino=1):
    head = b"070707" + b"".join(b"%06o" % f for f in (8, ino, mode, 0, 0, 1, 0))
    return head + b"%011o%06o%011o" % (WHEN, len(name) + 1, len(data)) + name + b"\0" + data


def cpios():
    for label, magic in (("newc", b"070701"), ("crc", b"070702")):
        body = b"".join(newc(n.encode(), d, magic=magic, ino=i)
                        for i, (n, d) in enumerate(CONTENT.items()))
        yield label, body + newc(b"TRAILER!!!", b"", 0, magic, 0)
    body = odc(b"a.txt", b"one\n") + odc(b"l", b"a.txt", 0o120777, 2)
    yield "odc", body + odc(b"TRAILER!!!", b"", 0, 0)
    one = newc(b"init", b"#!") + newc(b"TRAILER!!!", b"", 0)
    yield "two-in-a-row", one + bytes(8) + one
    yield "before-gzip", one + gzip.compress(one, mtime=0)


def eif(sections, version=4, gap=b"", n=None):
    """An enclave image: pairs of type and data, `gap` in front of each."""
    offsets, sizes, body = [], [], b""
    for kind, data in sections:
        body += gap
        offsets.append(548 + len(body))
        sizes.append(len(data))
        body += struct.pack(">HHQ", kind, 0, len(data)) + data
    tables = [t[:32] + [0] * (32 - len(t)) for t in (offsets, sizes)]
    head = struct.pack(">4sHHQQHH64QI", b".eif", version, 0, 1 << 30, 2, 0,
                       len(sections) if n is None else n, *tables[0], *tables[1], 0)
    return head + struct.pack(">I", zlib.crc32(body, zlib.crc32(head))) + body


def eifs():
    ramdisk = newc(b"init", b"#!") + newc(b"TRAILER!!!", b"", 0)
    usual = [(1, b"kern"), (2, b"reboot=k"), (5, b'{"ImageName":"i"}'), (3, ramdisk)]
    yield "usual", eif(usual)
    yield "two-ramdisks", eif(usual + [(3, gzip.compress(ramdisk, mtime=0))])
    yield "signed", eif(usual + [(4, b"\x81\xa2")])
    yield "gaps", eif(usual[:3], 4, bytes(16))
    yield "forty", eif([(3, b"r")] * 40)
    yield "odd", eif([(0, b""), (6, b"x"), (1, b"k"), (1, b"k")], 9, b"\xaa", 0)


def zips():
    for label, method in (("stored", zipfile.ZIP_STORED), ("deflated", zipfile.ZIP_DEFLATED),
                          ("bzip2", zipfile.ZIP_BZIP2), ("lzma", zipfile.ZIP_LZMA)):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as z:
            for name, data in CONTENT.items():
                info = zipfile.ZipInfo(name, (2023, 11, 14, 22, 13, 20))
                info.compress_type, info.external_attr = method, 0o100644 << 16
                info.extra = struct.pack("<HHBl", 0x5455, 5, 1, WHEN)
                info.comment = b"note"
                z.writestr(info, data)
            z.comment = b"all"
        yield label, out.getvalue()
    yield "empty", b"PK\5\6" + bytes(18)


def inflates():
    text = b"".join(b"line %d\n" % i for i in range(40))
    one = gzip.compress(text, mtime=0)
    yield "gzip", one
    yield "gzip-twice", one + one + b"trailing"
    yield "zlib", zlib.compress(text)
    deflate = zlib.compressobj(wbits=-15)
    yield "deflate", deflate.compress(text) + deflate.flush()
    yield "bzip2", bz2.compress(text)
    yield "xz", lzma.compress(text, format=lzma.FORMAT_XZ)
    yield "lzma", lzma.compress(text, format=lzma.FORMAT_ALONE)
    # zstd and lz4 frames with one raw block each: their compressors are not in Python.
    yield "zstd", (b"\x28\xb5\x2f\xfd\x20" + bytes([5]) + (5 << 3 | 1).to_bytes(3, "little")
                   + b"hello")
    yield "zstd-skippable", b"\x50\x2a\x4d\x18\x03\0\0\0abc"


def descriptor(data, kind):
    return {"mediaType": kind, "size": len(data),
            "digest": "sha256:" + hashlib.sha256(data).hexdigest()}


def image_parts(packed):
    layer = tar(plain_members()[:1])
    blob = gzip.compress(layer, mtime=0) if packed else layer
    config = {"architecture": "amd64", "os": "linux", "config": {"Env": ["A=b"]},
              "rootfs": {"type": "layers",
                         "diff_ids": ["sha256:" + hashlib.sha256(layer).hexdigest()]},
              "history": [{"created_by": "x"}]}
    return json.dumps(config).encode(), blob


def oci(packed):
    vendor = "application/vnd.oci.image."
    config, layer = image_parts(packed)
    manifest = json.dumps({
        "schemaVersion": 2, "config": descriptor(config, vendor + "config.v1+json"),
        "layers": [descriptor(layer, vendor + "layer.v1.tar" + ("+gzip" if packed else ""))],
    }).encode()
    index = json.dumps({"schemaVersion": 2, "manifests": [
        descriptor(manifest, vendor + "manifest.v1+json")]}).encode()
    files = [("oci-layout", b'{"imageLayoutVersion":"1.0.0"}'), ("index.json", index)]
    files += [("blobs/sha256/" + hashlib.sha256(d).hexdigest(), d)
              for d in (manifest, config, layer)]
    return tar([(entry(name, len(data)), data) for name, data in files])


def docker():
    config, layer = image_parts(False)
    name = hashlib.sha256(config).hexdigest() + ".json"
    manifest = json.dumps([{"Config": name, "RepoTags": ["x:1"], "Layers": ["l/layer.tar"]}])
    files = [(name, config), ("l/layer.tar", layer), ("manifest.json", manifest.encode())]
    return tar([(entry(n, len(d)), d) for n, d in files])


def compares():
    yield from tars()
    yield "oci-gzip", oci(True)
    yield "oci-plain", oci(False)
    yield "docker", docker()


OCI_LINES = """\
b not really a layer
b {"architecture":"amd64","os":"linux","config":{"Env":["A=b"]},"rootfs":{"type":"layers",\
"diff_ids":["sha256:00"]},"history":[{"created_by":"x"}]}
b {"schemaVersion":2,"config":{"mediaType":"application/vnd.oci.image.config.v1+json",@9},\
"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar",@8}]}
"""
OCI_INDEX = """\
i {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",@9,\
"platform":{"architecture":"amd64","os":"linux"},\
"annotations":{"org.opencontainers.image.ref.name":"x"}}]}
"""
DOCKER_LINES = """\
f c.json={"rootfs":{"type":"layers","diff_ids":["sha256:00"]}}
f l/layer.tar=not really a layer
l k/layer.tar=../l/layer.tar
d l
m [{"Config":"c.json","RepoTags":["x:1"],"Layers":["l/layer.tar","k/layer.tar"]}]
"""


OCI_TWICE = """\
o {"imageLayoutVersion":"1.0.0"}
b layer
b {"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":["sha256:\
eb7f1c7c5bf3cb44e16421a5d45f9b17bb7e2d3f1a4a2b1d3fb5d9fb0a6b1b6c"]},"history":[{},{"empty_layer":true}]}
b {"layers":[],"layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip",@8,"data":"bGF5ZXI="}],\
"config":{@9}}
i {"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",@9,"platform":\
{"os":"linux","architecture":"arm64"}},{"digest":"sha512:00","size":99999999999999999999}]}
b {"id":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","created":"x"}
b {"id":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","created":"x",\
"parent":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}
m [{"Config":"manifest.json","Layers":["manifest.json","x"],"LayerSources":{"sha256:00":{@8}}}]
"""


def ocis():
    """In the language of fuzz_oci.c."""
    yield "twice", OCI_TWICE.encode()
    yield "layout", ('o {"imageLayoutVersion":"1.0.0"}\n' + OCI_LINES + OCI_INDEX).encode()
    nested = OCI_INDEX.replace("i ", "b ", 1).replace("manifest.v1", "index.v1")
    yield "index-in-index", ('o {"imageLayoutVersion":"1.0.0"}\n' + OCI_LINES + nested +
                             OCI_INDEX).encode()
    yield "skopeo-dir", ("v Directory Transport Version: 1.1\n" +
                         OCI_LINES.replace("b ", "h ").replace("\nh {\"schema", "\nm {\"schema")).encode()
    yield "docker", DOCKER_LINES.encode()


def jsons():
    yield "object", b'{"b": [1, 2.5e3, null, true], "a": {"x": "\\u00e9\\ud83d\\ude00", "": -0}}\n'
    yield "lines", b'{"a": 1}\n{"a": 2}\n'
    yield "deep", b"[" * 60 + b"]" * 60
    yield "twice", b'{"k": 1, "k": 2}'


def structured():
    yield "yaml", b"%YAML 1.1\n---\na: &x 1 # c\nb: ['p', *x, {q: !t \"8\"}]\n--- |\n  t\n"
    yield "xml", b"<?xml version='1.0'?>\n<a b='1'><c id='x'>t</c><c id='y'/><![CDATA[<]]>&amp;<!-- d --></a>\n"
    yield "ini", b"[Unit]\nAfter=a\n; c\n[Service]\nExecStart=/bin/x \\\\\n -v\nalone\n"
    yield "log.jsonl", b'{"a": 1}\n[2, {"b": null}]\n'
    yield "passwd", b"root:x:0:0:root:/root:/bin/sh\n"


def configs():
    full = ('{"architecture":"arm64","os":"linux","variant":"v8","author":"<me>","created":'
            '"2024-02-29T12:00:00.5+02:00","rootfs":{"type":"layers","diff_ids":["sha256:%s"]},'
            '"history":[{"created":"2020-01-01T00:00:00Z","created_by":"a"},{"empty_layer":true}],'
            '"config":{"Hostname":"h","Env":["A=\\u003c"],"Labels":{"b":"1","a":"2"},"Volumes":'
            '{"/v":{}},"Healthcheck":{"Test":["NONE"],"Interval":3},"Cmd":null},"x":[1.50,null]}')
    for n in range(8):
        yield "full-%d" % n, bytes([n]) + (full % (64 * "0")).encode()
    yield "twice", b'\1{"OS":"a","os":"b","architecture":"c","history":[{}],"HISTORY":[null]}'
    yield "not-utf8", b'\0{"os":"\xff\\ud800","architecture":"\\u0000\xe2\x80\xa8","created":null}'


def texts():
    yield "lines", b"one\ntwo\nthree\n"
    yield "crlf", b"one\r\ntwo\r\nno end"
    yield "utf8", "\ufeffna\u00efve \U0001f600\n".encode()
    for name in ("utf-16", "utf-16-be", "utf-32", "latin-1"):
        yield name, "line \u00e9\r\nline\n".encode(name)


def codecs():
    """The first byte chooses the codec; what Python cannot write lies in corpus/codec."""
    plain = b"twelve words of text, twelve words of text, twelve words of text\n"
    bare = zlib.compressobj(9, zlib.DEFLATED, -15)
    yield "gzip", b"\0" + gzip.compress(plain, mtime=0)
    yield "zlib", b"\1" + zlib.compress(plain)
    yield "deflate", b"\2" + bare.compress(plain) + bare.flush()
    yield "bzip2", b"\3" + bz2.compress(plain)
    yield "xz", b"\4" + lzma.compress(plain)
    yield "lzma", b"\5" + lzma.compress(plain, format=lzma.FORMAT_ALONE)


def both(value, width):
    return value.to_bytes(width, "little") + value.to_bytes(width, "big")


def iso_record(name, sector, size, flags):
    data = (b"\0" + both(sector, 4) + both(size, 4) + bytes([120, 2, 2, 3, 4, 5, 0, flags, 0, 0]) +
            both(1, 2) + bytes([len(name)]) + name)
    data += b"\0" * (len(data) % 2 == 0)
    return bytes([len(data) + 1]) + data


def archives():
    """The first byte chooses the format; an image is too large to lie in corpus/archive."""
    root = iso_record(b"\0", 18, 2048, 2)
    d = bytearray(2048)
    d[0:7] = b"\1CD001\1"
    d[8:72] = b"LINUX".ljust(32) + b"VOLUME".ljust(32)
    d[80:88], d[120:124], d[124:128], d[128:132] = both(24, 4), both(1, 2), both(1, 2), both(2048, 2)
    d[132:144] = both(10, 4) + (18).to_bytes(4, "little")
    d[148:152] = (18).to_bytes(4, "big")
    d[156:156 + len(root)] = root
    d[813:830] = b"2020010203040506\0"
    d[881] = 1
    folder = root + iso_record(b"\1", 18, 2048, 2) + iso_record(b"A.TXT;1", 19, 6, 0)
    yield "iso9660", (b"\4" + bytes(16 * 2048) + bytes(d) + b"\xffCD001\1".ljust(2048, b"\0") +
                      folder.ljust(2048, b"\0") + b"hello\n".ljust(5 * 2048, b"\0"))


def attestation():
    """Of nobody, in the layout of today: the map states no length."""
    pcrs = b"".join(cbor(0, i) + cbor(2, 48) + bytes([i]) * 48 for i in range(5))
    payload = b"\xbf" + text(b"module_id") + text(b"i-0123456789abcdef0-enc0191cceb4289903f") + \
        text(b"digest") + text(b"SHA384") + text(b"timestamp") + b"\x1b" + \
        struct.pack(">Q", 1725719859545) + text(b"pcrs") + b"\xa5" + pcrs + \
        text(b"certificate") + b"\x44leaf" + text(b"cabundle") + b"\x81\x44root" + \
        text(b"public_key") + b"\xf6" + text(b"user_data") + b"\x40" + text(b"nonce") + b"\x41n\xff"
    return b"\x84\x44\xa1\x01\x38\x22\xa0" + cbor(2, len(payload)) + payload + b"\x58\x60" + bytes(96)


# As tests/lib/build_squashfs.c makes it.
SQUASHFS = (b"eNrLKC4sZmWAAgEIxcjAwyDMxcTAwoAAhYwQOhNK/4eCNKi8KJo4DGSk5uTkc61tYGR4ywgy+SUziIQAJiBW"
           b"YYDwYfKvmCHiMHktBkWwPCfDErD8a6A8EDEkQNWwMaACJqgbYG4ByjMyM/wH630D1MgCt4+BIY2VYRtY4i1Q"
           b"ghUqyAwkPBpgTgTRCkASRKdMBepmBdqeV5qTw4SkwAFoK4ifBmOk1wBVgVyZw9EAUvQCyI5nRHIlANVBOKM=")

# As tests/lib/build_extfs.c makes it.
EXTFS = (b"eNrt2E1u00AYAFAnDn9pgR4BLpDhCuzYIk7gEiepasUSdncswlGQOAMn4BZwgG4QRyjjOgEHFMGiKaV+T/oy"
         b"Y3uS0XyKx55JEqCvjmKs1vWzGOMYg26DJ20crQ9XL9urr74NLts9+zw63TTdfO+g85u7FNlxXtygPHTHcZUG"
         b"/mLcYGmMUYw7l/f/OBlKCfTGRbp1uLoAemP4Vg6gr/71+8fX5+0CpNlX2MRmZdJdi9zzqgZc2/wz3Jp/7u+p"
         b"/w/vztO7yZ/7f7Cv9d/7do/y9/63dy5ne+z/xY7+u+Mf76n/j0/P0+Qvxp/e0o3cJseHcayTH/VhMpm0e/jN"
         b"+WksH8f4ko6S5VlRmDHg9jjYcf8frs/Pkp/1eSwfruvNRPAoxqc4LxTlci6T8P9Z5EVRjuUB+igLdfZmnteh"
         b"XmR1OKlCXZaheaDHSqjqbDkNJ8t4MY9FOY2fdZUXs1CVsRYWWRWycFyUr09lEgAAAAAAAAAAAAAAAAAAAAAA"
         b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
         b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+NV3VggwXw==")


def marshal_code(name, consts=b"\xa9\0"):
    """A code object of Python 3.11 that returns its first constant."""
    text = lambda s: b"\xda" + bytes([len(s)]) + s
    raw = lambda s: b"s" + struct.pack("<I", len(s)) + s
    return (b"\xe3" + struct.pack("<5I", 0, 0, 0, 1, 3) + raw(b"\x97\0d\0S\0") + consts + b"\xa9\0" * 2 +
            raw(b"") + text(b"/a.py") + text(name) + text(name) + struct.pack("<I", 1) +
            raw(b"\xf0\3\1\1\1\xd8\4\5") + raw(b"\x80\1\2\3"))


def pyc():
    values = b"N\xe9\1\0\0\0g" + struct.pack("<d", 1.5) + b"l\xfe\xff\xff\xff\1\0\2\0>\1\0\0\0r\0\0\0\0"
    return (b"\xa7\r\r\n" + struct.pack("<3I", 0, WHEN, 10) +
            marshal_code(b"<module>", b")\6" + marshal_code(b"f", b")\1T") + values))


def java_class():
    """A class of a field and a method that returns it."""
    utf8 = lambda t: b"\1" + struct.pack(">H", len(t)) + t
    constants = [utf8(b"A"), b"\7\0\1", utf8(b"java/lang/Object"), b"\7\0\3", utf8(b"f"), utf8(b"()I"),
                 utf8(b"Code"), utf8(b"LineNumberTable"), utf8(b"x"), utf8(b"I"), b"\x0c\0\x09\0\x0a",
                 b"\x09\0\2\0\x0b", utf8(b"SourceFile"), utf8(b"A.java"), b"\4\x3f\xc0\0\0"]
    code = struct.pack(">HHI", 1, 1, 4) + b"\xb2\0\x0c\xac" + struct.pack(">HHHIHHH", 0, 1, 8, 6, 1, 0, 3)
    return (struct.pack(">IHHH", 0xcafebabe, 0, 61, len(constants) + 1) + b"".join(constants) +
            struct.pack(">4H", 0x21, 2, 4, 0) + struct.pack(">5H", 1, 8, 9, 10, 0) +
            struct.pack(">5HHI", 1, 1, 5, 6, 1, 7, len(code)) + code + struct.pack(">2HIH", 1, 13, 2, 14))


def wasm():
    """A module of one function that calls an imported one, with its names."""
    text = lambda t: bytes([len(t)]) + t
    section = lambda i, b: bytes([i, len(b)]) + b
    body = b"\1\1\x7f\x41\7\x10\0\2\x40\x20\0\x0d\0\x0b\x23\0\x0b"
    return (b"\0asm\1\0\0\0" + section(1, b"\2\x60\0\1\x7f\x60\1\x7f\0") +
            section(2, b"\1" + text(b"env") + text(b"put") + b"\0\1") + section(3, b"\1\0") +
            section(4, b"\1\x70\0\1") + section(5, b"\1\1\1\x10") + section(6, b"\1\x7f\1\x41\7\x0b") +
            section(7, b"\1" + text(b"run") + b"\0\1") + section(9, b"\1\0\x41\0\x0b\1\1") +
            section(10, b"\1" + text(body)) + section(11, b"\1\0\x41\x10\x0b" + text(b"text")) +
            section(0, text(b"name") + b"\1" + text(b"\2\0" + text(b"put") + b"\1" + text(b"run"))))


def elf():
    """A program of one function that takes the address of a text, with a frame and symbols."""
    text = b"\x48\x8d\x3d" + struct.pack("<i", 0x2000 - 0x1007) + b"\x31\xc0\xc3"
    frame = (struct.pack("<II", 20, 0) + b"\1zR\0\1\x78\x10\1\x1b\x0c\7\x08\x90\1\0\0" +
             struct.pack("<IIiI", 20, 28, 0x1000 - 0x3020, 10) + b"\0" * 8 + b"\0" * 4)
    note = struct.pack("<3I", 4, 4, 3) + b"GNU\0\1\2\3\4"
    symbols = b"\0" * 24 + struct.pack("<IBBHQQ", 1, 0x12, 0, 1, 0x1000, 10)
    strings = b"\0main\0"
    names = b"\0.text\0.rodata\0.eh_frame\0.note\0.symtab\0.strtab\0.shstrtab\0"
    sections = [(1, 1, 6, 0x1000, text, 0, 0), (7, 1, 2, 0x2000, b"hello\0", 0, 0),
                (15, 1, 2, 0x3000, frame, 0, 0), (25, 7, 2, 0x4000, note, 0, 0),
                (31, 2, 0, 0, symbols, 6, 1), (39, 3, 0, 0, strings, 0, 0),
                (47, 3, 0, 0, names, 0, 0)]
    body, rows = b"", b"\0" * 64
    for name, kind, flags, address, data, link, info in sections:
        body += b"\0" * (-len(body) % 8)
        rows += struct.pack("<IIQQQQIIQQ", name, kind, flags, address, 64 + len(body), len(data),
                            link, info, 4, 24 if kind == 2 else 0)
        body += data
    body += b"\0" * (-len(body) % 8)
    return (b"\x7fELF\2\1\1" + b"\0" * 9 + struct.pack("<HHIQQQI6H", 3, 62, 1, 0x1000, 0,
            64 + len(body), 0, 64, 56, 0, 64, 8, 7) + body + rows)


def disk():
    """A GPT with one partition, without its copy at the end."""
    mbr = b"\0" * 446 + struct.pack("<BBHBBHII", 0, 0, 2, 0xee, 0, 0, 1, 7) + b"\0" * 48 + b"\x55\xaa"
    entry = (b"\x28\x73\x2a\xc1\x1f\xf8\xd2\x11\xba\x4b\0\xa0\xc9\x3e\xc9\x3b" + b"g" * 16 +
             struct.pack("<QQQ", 4, 5, 0) + "boot".encode("utf-16le")).ljust(512, b"\0")
    head = lambda crc: (b"EFI PART" + struct.pack("<5I4Q", 0x10000, 92, crc, 0, 0, 1, 7, 3, 6)[:16] +
                        struct.pack("<4Q", 1, 7, 3, 6) + b"d" * 16 +
                        struct.pack("<Q3I", 2, 4, 128, zlib.crc32(entry)))
    header = head(zlib.crc32(head(0))).ljust(512, b"\0")
    return mbr + header + entry + b"\0" * 512 + b"files".ljust(1024, b"\0") + b"\0" * 1024


def pe_image():
    """An EFI program of one section that a debug directory and a CLR header stand in, signed."""
    directories = [(0, 0)] * 16
    directories[4], directories[6], directories[14] = (0x400, 16), (0x1000, 28), (0x1040, 72)
    optional = struct.pack("<HBB5IQ2I6H4IHH4Q2I", 0x20b, 14, 0, 512, 0, 0, 0x1000, 0x1000, 0x140000000, 4096,
                           512, 6, 0, 0, 0, 6, 0, 0, 0x2000, 512, 0, 10, 0x160, 1, 1, 1, 1, 0, 16)
    optional += b"".join(struct.pack("<2I", *d) for d in directories)
    section = b".text\0\0\0" + struct.pack("<6I2HI", 512, 0x1000, 512, 512, 0, 0, 0, 0, 0x60000020)
    coff = b"PE\0\0" + struct.pack("<2H3I2H", 0x8664, 1, WHEN, 0, 0, len(optional), 0x22)
    head = b"MZ" + b"\0" * 58 + struct.pack("<I", 64) + coff + optional + section
    debug = struct.pack("<2I2H4I", 0, WHEN, 0, 0, 2, 30, 0x1020, 0x220) + b"\0" * 4
    body = debug + b"RSDS" + b"0123456789abcdef" + struct.pack("<I", 1) + b"a.pdb\0"
    body = body.ljust(64, b"\0") + struct.pack("<I2H3I", 72, 2, 5, 0x1090, 64, 1)
    return (head.ljust(512, b"\0") + body.ljust(0x90, b"\0") + b"BSJB").ljust(1024, b"\0") + \
        struct.pack("<I2H", 16, 0x200, 2) + b"PKCS 7.."


def device_tree():
    begin, end, done = struct.pack(">I", 1), struct.pack(">I", 2), struct.pack(">I", 9)
    prop = lambda name, value: struct.pack(">3I", 3, len(value), name) + value + b"\0" * (-len(value) % 4)
    body = (begin + b"\0\0\0\0" + prop(0, b"board\0") + begin + b"images\0\0" + begin + b"k\0\0\0" +
            prop(6, b"\x1f\x8b\x08\0") + end * 3 + done)
    names = b"model\0data\0"
    return struct.pack(">10I", 0xd00dfeed, 56 + len(body) + len(names), 56, 56 + len(body), 40, 17, 16, 0,
                       len(names), len(body)) + b"\0" * 16 + body + names


def ar(members):
    return b"!<arch>\n" + b"".join(
        b"%-16s%-12d%-6d%-6d%-8o%-10d`\n" % (name, WHEN, 0, 0, 0o100644, len(data)) + data +
        b"\n" * (len(data) % 2) for name, data in members)


def packages():
    """A package and what stands in one, or beside those that are installed."""
    control = b"Package: a\nVersion: 1-1\nArchitecture: all\nDepends: b (>= 2), c\n"
    files = tar([(entry("./control", len(control)), control)])
    yield "deb", ar([(b"debian-binary", b"2.0\n"), (b"control.tar", files), (b"data.tar", files)])
    yield "control", control
    yield "dpkg-status", control.replace(b"Version", b"Status: install ok installed\nVersion")
    yield "md5sums", b"d41d8cd98f00b204e9800998ecf8427e  usr/share/doc/a\n" * 2
    yield "installed", b"C:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=\nP:a\nV:1-r0\nA:x86_64\nS:1\nI:2\nF:usr/bin\nR:a\n\n"
    yield from rpm_databases()


def rpm_header(name):
    """Index and values of a header, as a database keeps it: NAME, VERSION, RELEASE, ARCH."""
    index, values = b"", b""
    for tag, value in ((1000, name), (1001, b"1.0"), (1002, b"1.el9"), (1022, b"x86_64")):
        index += struct.pack(">4I", tag, 6, len(values), 1)
        values += value + b"\0"
    return struct.pack(">2I", len(index) // 16, len(values)) + index + values


def rpm_databases():
    """The three that rpm has had: hash pages of Berkeley DB, its own, SQLite's."""
    blob = rpm_header(b"bash")
    slot = b"Slot" + struct.pack("<3I", 1, 4096 // 16, (len(blob) + 28 + 15) // 16)
    slots = b"RpmP" + struct.pack("<3I16x", 0, 1, 1) + slot + (b"Slot" + bytes(12)) * (4096 // 16 - 3)
    whole = b"BlbS" + struct.pack("<3I", 1, 1, len(blob)) + blob + struct.pack("<2I", 0, len(blob)) + b"BlbE"
    yield "rpmdb-ndb", slots + whole + bytes(-len(whole) % 16)
    meta = bytes(12) + struct.pack("<3I", 0x00061561, 9, 512) + b"\0\x08"
    value = b"\1" + blob
    at = 507 - len(value)
    page = struct.pack("<8x3I2HBB", 1, 0, 0, 2, at, 0, 13) + struct.pack("<2H", 507, at)
    yield "rpmdb-bdb", meta + bytes(512 - len(meta)) + page + bytes(at - len(page)) + value + b"\1\1\0\0\0"
    yield "rpmdb-sqlite", database(
        "CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL);"
        f"INSERT INTO Packages VALUES(1, x'{blob.hex()}');")


def chunk(kind, data):
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pictures():
    yield "png", b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in (
        (b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)), (b"tIME", b"\x07\xe8\1\2\3\4\5"),
        (b"tEXt", b"Software\0tool"), (b"zTXt", b"Comment\0\0" + zlib.compress(b"hello")),
        (b"IDAT", zlib.compress(b"\0ab\0cd")), (b"IEND", b"")))


def anys():
    yield "dtb", device_tree()
    yield from pictures()
    yield from packages()
    yield "iso9660", next(data[1:] for name, data in archives() if name == "iso9660")
    yield "lha", b"\x16\0-lh0-" + struct.pack("<IIIBB", 3, 3, 0, 0x20, 0) + b"\1a\0\0abc\0"
    yield "pyc", pyc()
    yield "java-class", java_class()
    yield "wasm", wasm()
    yield "pe", pe_image()
    yield "elf", elf()
    yield "disk", disk()
    yield "ext", zlib.decompress(base64.b64decode(EXTFS))
    yield "squashfs", zlib.decompress(base64.b64decode(SQUASHFS))
    yield "ar", ar([(b"a.txt/", b"one\n")])
    for make in (tars, cpios, eifs, zips, inflates, jsons, texts):
        name, data = next(iter(make()))
        yield make.__name__ + "-" + name, data
    yield from structured()
    yield "attestation", attestation()
    yield "attestation-base64", base64.encodebytes(attestation())
    yield "attestation-hex", attestation().hex().encode()
    yield "attestation-pem", b"-----BEGIN X-----\n" + base64.encodebytes(attestation()) + b"-----END X-----\n"
    yield "cose", b"\xd2\x84\x43\xa1\x01\x26\xa1\x04\x42me\x45hello\x43sig"
    yield "cbor", b"\xd9\xd9\xf7\xbf\x61a\x5f\x41b\xff\x61b\x98\x03\xf9\x3c\x00\xf6\xc1\x1a\0\0\0\1\xff"
    for name, data in datas():
        yield "data-" + name, data


def catalogue(pairs):
    """A message catalogue (.mo)."""
    at, tables, texts = 28 + 16 * len(pairs), b"", b""
    for side in zip(*pairs):
        for text in side:
            tables += struct.pack("<II", len(text), at + len(texts))
            texts += text + b"\0"
    return struct.pack("<7I", 0x950412de, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, at) + tables + texts


def zone(version, width):
    """A block of a compiled time zone: a change, two types."""
    head = b"TZif" + version + bytes(15) + struct.pack(">6I", 0, 0, 0, 1, 2, 8)
    return head + (3600).to_bytes(width, "big") + b"\1" + struct.pack(">iBBiBB", 3600, 0, 0, 7200, 1, 4) + b"CET\0XST\0"


def database(script):
    """SQLite's own. Python 3.11 serializes from memory; older ones have no such call."""
    db = sqlite3.connect(":memory:")
    db.executescript("PRAGMA page_size=512;" + script)
    return db.serialize() if hasattr(db, "serialize") else b"SQLite format 3\0" + script.encode()


def datas():
    yield "mo", catalogue([(b"", b"Content-Type: text/plain; charset=UTF-8\n"), (b"m\4a\0b", b"A\0B")])
    yield "zone", zone(b"\0", 4)
    yield "zone-2", zone(b"2", 4) + zone(b"2", 8) + b"\nCET-1\n"
    names = struct.pack("<6H", 0x11a, 7, 2, 1, 2, 4) + b"x|term\0\1\1\0" + struct.pack("<3H", 80, 0xffff, 0) + b"abc\0"
    yield "terminfo", names
    yield "terminfo-own", names + struct.pack("<5H", 1, 0, 1, 3, 8) + b"\1\0" + struct.pack("<3H", 0, 0, 3) + b"Q\0AX\0XM\0"
    texts = b"/lib/libz.so.1\0"
    old = b"ld.so-1.7.0\0" + struct.pack("<4I", 1, 1, 5, 0) + texts + b"\0" * 5
    new = b"glibc-ld.so.cache1.1" + struct.pack("<IIII12xIIIIQ", 1, len(texts), 2, 0, 0x303, 77, 72, 0, 0) + texts
    yield "ld-cache", new
    yield "ld-cache-old", old + new
    yield "sqlite", database(
        "CREATE TABLE t(a INTEGER PRIMARY KEY, b, c);"
        "INSERT INTO t VALUES(1, 'x', 2.5), (2, NULL, x'00ff'); CREATE INDEX i ON t(b);")


def sparse(extents, size, one):
    """A sparse file of pax 0.1, or of 1.0 where `one` says so."""
    pairs = [n for extent in extents for n in extent]
    data = b"d" * sum(n for _, n in extents)
    headers = {"GNU.sparse.name": "s", "GNU.sparse.realsize": str(size)}
    if one:
        text = "".join("%d\n" % n for n in [len(extents)] + pairs).encode()
        data = text.ljust(512, b"\0") + data
        headers.update({"GNU.sparse.major": "1", "GNU.sparse.minor": "0"})
    else:
        headers.update({"GNU.sparse.numblocks": str(len(extents)), "GNU.sparse.map": ",".join(map(str, pairs))})
    return tar([(entry("s", len(data), pax_headers=headers), data)], tarfile.PAX_FORMAT)


def rewrites():
    """The byte that says the form, then a layer."""
    layers = list(tars())
    layers.append(("sparse-0", sparse([(5, 2), (600, 0)], 600, False)))
    layers.append(("sparse-1", sparse([(0, 3), (900, 40)], 1000, True)))
    layers.append(("global", tar([(entry("g", 13, b"g"), b"13 comment=c\n"), (entry("f", 1), b"x")])))
    for form in range(5):
        for name, data in layers:
            yield "%d-%s" % (form, name), bytes([form]) + data


def ramdisks():
    """An even byte and what docker export writes, or an odd one and a configuration."""
    for name, data in rewrites():
        if data[0] == 0:
            yield name, data
    special = [(entry(name, kind=tarfile.DIRTYPE), b"") for name in ("dev", "dev/pts", "etc", "sys")]
    special += [(entry(name, len(data)), data) for name, data in (
        (".dockerenv", b""), ("dev/console", b""), ("etc/hostname", b""), ("etc/hosts", b"x"),
        ("etc/resolv.conf", b""), ("bin", b"#!"))]
    special += [(entry("etc/mtab", kind=tarfile.SYMTYPE, linkname="/proc/mounts"), b""),
                (entry("usr/x/y", kind=tarfile.LNKTYPE, linkname="bin"), b"")]
    yield "special", bytes([0]) + tar(special, tarfile.PAX_FORMAT)
    for i, config in enumerate((
            {"Cmd": ["/a", "b\nc"], "Env": ["A=1"], "User": "u", "WorkingDir": "/w"},
            {"Cmd": None, "Entrypoint": ["x/y"], "Env": None}, {"Cmd": [], "Entrypoint": "e"},
            {"Entrypoint": [None, 7]})):
        text = json.dumps({"architecture": "arm64", "config": config}).encode()
        yield "config-%d" % i, bytes([1]) + text


def meanings():
    config = {
        "architecture": "arm64", "variant": "v8", "os": "linux", "created": "2020-01-01T00:00:00.50Z",
        "config": {"Env": ["A=b", "B=", "C"], "Cmd": ["x"], "Labels": {"a": "", "b": "1"}, "User": "",
                   "ExposedPorts": {"80/tcp": {}}, "Healthcheck": {"Test": ["x"], "Interval": 30},
                   "Hostname": "h"},
        "rootfs": {"type": "layers", "diff_ids": ["sha256:00"]}, "container": "c",
        "history": [{"created_by": "x", "created": "0001-01-01T00:00:00Z"}, {"empty_layer": True}],
    }
    yield "oci", json.dumps(config).encode()
    yield "compact", json.dumps(config, separators=(",", ":"), sort_keys=True).encode()
    yield "v1", b'{"id":"1","os":"linux","container_config":{"User":"u"},"config":null}'


def packs():
    yield from tars()
    yield "sparse", sparse([(0, 3), (900, 40)], 1000, True)
    yield "odd", tar([(entry("./d//a", 1), b"x"), (entry("b", 0, b"1", linkname="d/a"), b""),
                      (entry("d/a", 0, b"2", linkname="t"), b""), (entry("d/./", 0, b"5"), b"")])


def kernels():
    kernel = Kernel()
    yield "bzimage", kernel.bzimage()
    yield "bzimage-xz", kernel.bzimage("xz")
    yield "vmlinux", kernel.vmlinux()
    yield "arm64", kernel.arm64()
    yield "zboot", kernel.zboot()


def serdes():
    yield from jsons()
    build = ["2026-01-01T00:00:00+00:00", "t", "0", "Linux", "4.14.256"]
    keys = ["BuildTime", "BuildTool", "BuildToolVersion", "OperatingSystem", "KernelVersion"]
    yield "metadata", json.dumps({
        "ImageName": "a\n\u00e9", "ImageVersion": "1", "BuildMetadata": dict(zip(keys, build)),
        "DockerInfo": {"Size": 1.5e20, "Tags": [-0.0, None]}, "CustomMetadata": {}}).encode()
    yield "array", json.dumps(["a", "1", build, None, [12345678901234567890123]]).encode()
    yield "escapes", b'["\\ud83d\\ude00\\/\\b","\xc3\xa9",1.7976931348623157e308,-9223372036854775808]'
    yield "kernel", b"#\n# x\n# Linux/x86_64 4.14.256-1 Kernel Configuration\n"


PEM = b"""-----BEGIN CERTIFICATE-----
MIIBdDCCARugAwIBAgIUEOQRx25YwYO6CT8tb/u1FEHWEwcwCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEZnV6ejAgFw0yNjExMjMyMTMwNDJaGA8yMTI2MTAzMDIxMzA0
MlowDzENMAsGA1UEAwwEZnV6ejBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABLS8
ySmxUBhYDmvcgQDgH+gWo39v3Z8HqaPguGAwpPCGnaDVNDoqXLJeZS7x0edt5w1x
5Nfckyu49IDMd9fgIS6jUzBRMB0GA1UdDgQWBBRaClh3gevNhGClvDx/xNM8cmor
ijAfBgNVHSMEGDAWgBRaClh3gevNhGClvDx/xNM8cmorijAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0cAMEQCIEijQJ/I9Wa265PlLpnkuzY3jApdT+hgt0aO
Somy+WziAiBcFevd/X+gdmAhl11us92CrYZwKifuqAZ6aCLo1mEMbA==
-----END CERTIFICATE-----
"""


def cbor(major, value):
    if value < 24:
        return bytes([major << 5 | value])
    width = 1 if value < 256 else 2
    return bytes([major << 5 | (24 if width == 1 else 25)]) + value.to_bytes(width, "big")


def numbers(data):
    return cbor(4, len(data)) + b"".join(cbor(0, byte) for byte in data)


def text(word):
    return cbor(3, len(word)) + word


def signatures():
    """Of nobody: what is fuzzed is the reading."""
    payload = b"\xa2" + text(b"register_index") + b"\0" + text(b"register_value") + numbers(bytes(48))
    cose = b"\x84\x43\xa1\x01\x26\xa0" + cbor(2, len(payload)) + payload + b"\x58\x40" + b"\1" * 64
    for label, pem, message in (("usual", PEM, cose), ("tagged", PEM, b"\xd2" + cose),
                                ("two", PEM * 2, cose), ("empty", b"", b"")):
        yield label, b"\x81\xa2" + text(b"signing_certificate") + numbers(pem) + \
            text(b"signature") + numbers(message)
    yield "certificate", PEM
    yield "chain", b"text\n" + PEM * 3
    yield "der", base64.b64decode(b"".join(PEM.splitlines()[1:-1]))
    yield "deep", b"\x9f" * 40
    yield "bomb", b"\x81\xa1\x69signature\x9b\x10" + bytes(7)
    yield "indefinite", b"\xbf\x61a\x5f\x41b\xff\x9f\xf9\0\0\xff\xff"


def modules():
    """What is asked, and the answer."""
    for i, (name, fields) in enumerate((
            ("DescribeNSM", text(b"version_major") + b"\1" + text(b"version_minor") + b"\0" +
             text(b"version_patch") + b"\0" + text(b"module_id") + text(b"i-1") +
             text(b"max_pcrs") + cbor(0, 32) + text(b"locked_pcrs") + numbers(range(16)) +
             text(b"digest") + text(b"SHA384")),
            ("DescribePCR", text(b"lock") + b"\xf5" + text(b"data") + cbor(2, 48) + bytes(48)),
            ("ExtendPCR", text(b"data") + cbor(2, 48) + bytes(48)),
            ("LockPCR", b""), ("LockPCRs", b""),
            ("GetRandom", text(b"random") + cbor(2, 3) + b"abc"),
            ("Attestation", text(b"document") + cbor(2, 4) + b"\x84\0\0\0"))):
        count = {0: 7, 1: 2}.get(i, 1)
        answer = b"\xa1" + text(name.encode()) + cbor(5, count) + fields if fields else \
            text(name.encode())
        yield name, bytes([i]) + answer
    yield "refused", b"\1\xa1" + text(b"Error") + text(b"InvalidIndex")
    yield "unknown-field", b"\5\xa1" + text(b"GetRandom") + b"\xa2" + text(b"x") + \
        b"\x9f\1\xff" + text(b"random") + b"\x41a"


def attestations():
    """Documents of both encodings, signed by nobody, in each armour."""
    pcrs = cbor(5, 16) + b"".join(cbor(0, i) + cbor(2, 48) + bytes([i]) * 48 for i in range(16))
    pairs = [
        (b"module_id", text(b"i-0123456789abcdef0-enc0123456789abcdef")),
        (b"digest", text(b"SHA384")), (b"timestamp", b"\x1b" + (1700000000000).to_bytes(8, "big")), (b"pcrs", pcrs),
        (b"certificate", cbor(2, 4) + b"\x30\x82\1\0"),
        (b"cabundle", cbor(4, 2) + cbor(2, 2) + b"\x30\0" + cbor(2, 2) + b"\x30\0"),
        (b"public_key", b"\xf6"), (b"user_data", b"\x40"), (b"nonce", cbor(2, 3) + b"abc")]
    fields = b"".join(text(name) + value for name, value in pairs)
    for name, payload in (("definite", cbor(5, 9) + fields), ("indefinite", b"\xbf" + fields + b"\xff")):
        document = b"\x84\x44\xa1\x01\x38\x22\xa0" + cbor(2, len(payload)) + payload + \
            b"\x58\x60" + b"\1" * 96
        yield name, document
        yield name + ".hex", document.hex().encode()
        yield name + ".b64", base64.b64encode(document)
    yield "pem", b"-----BEGIN X-----\n" + base64.b64encode(document) + b"\n-----END X-----\n"
    # Where there are genuine ones, those, each with a signature that is another: the target has to
    # find that nothing is genuine.
    shared = pathlib.Path(os.environ.get("HS_SHARED") or "../shared")
    for path in sorted(shared.glob("vectors/attestation/**/*.cbor")):
        data = path.read_bytes()
        yield path.stem, data[:-20] + bytes([data[-20] ^ 0x55]) + data[-19:]


def main():
    target = pathlib.Path(sys.argv[1])
    for what, make in (("tar", tars), ("cpio", cpios), ("eif", eifs), ("zip", zips), ("inflate", inflates),
                       ("codec", codecs), ("archive", archives),
                       ("oci", ocis), ("compare", compares), ("json", jsons),
                       ("text", texts), ("any", anys), ("rewrite", rewrites),
                       ("config", configs), ("meaning", meanings), ("pack", packs),
                       ("kernel", kernels), ("signature", signatures), ("ramdisk", ramdisks),
                       ("serde", serdes), ("nsm", modules),
                       ("attest", attestations)):
        folder = target / what
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, data in make():
            (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
