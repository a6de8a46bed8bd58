# SPDX-License-Identifier: Apache-2.0
"""Enclave images for cases: `PYTHONPATH=$HS_SOURCE/tests/cli $HS_PYTHON`."""
import struct
import zlib

KERNEL, CMDLINE, RAMDISK, SIGNATURE, METADATA = 1, 2, 3, 4, 5

BUILD = ('{"BuildTime":"1970-01-01T00:00:00+00:00","BuildTool":"t","BuildToolVersion":"0",'
         '"OperatingSystem":"Linux","KernelVersion":"4.14.256"}')


def metadata(docker="null", custom="null", name='"img"'):
    """Texts are JSON."""
    return (f'{{"ImageName":{name},"ImageVersion":"1.0","BuildMetadata":{BUILD},'
            f'"DockerInfo":{docker},"CustomMetadata":{custom}}}').encode()


def eif(path, *sections, version=4, flags=0, after=b"", crc=None):
    """Sections are (type, bytes). `crc` is what the header says instead of the truth."""
    offsets, sizes, body = [0] * 32, [0] * 32, b""
    for i, (kind, data) in enumerate(sections):
        if i < 32:
            offsets[i], sizes[i] = 548 + len(body), len(data)
        body += struct.pack(">HHQ", kind, 0, len(data)) + data
    body += after
    head = b".eif" + struct.pack(">HHQQHH32Q32QI", version, flags, 1 << 30, 2, 0, len(sections),
                                 *offsets, *sizes, 0)
    true = zlib.crc32(body, zlib.crc32(head))
    with open(path, "wb") as f:
        f.write(head + struct.pack(">I", true if crc is None else crc) + body)


def usual(path, *more, meta=None, **options):
    """Kernel `kern`, cmdline `cmd`, metadata, ramdisks `rd1` and `rd2`."""
    eif(path, (KERNEL, b"kern"), (CMDLINE, b"cmd"), (METADATA, meta or metadata()),
        (RAMDISK, b"rd1"), (RAMDISK, b"rd2"), *more, **options)
