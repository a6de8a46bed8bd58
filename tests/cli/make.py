# SPDX-License-Identifier: Apache-2.0
"""What several cases make archives with: `PYTHONPATH=$HS_SOURCE/tests/cli $HS_PYTHON`."""
import io
import tarfile

WHEN = 1700000000


def info(name, size=0, kind=tarfile.REGTYPE, **more):
    out = tarfile.TarInfo(name)
    out.size, out.mtime, out.type = size, WHEN, kind
    for key, value in more.items():
        setattr(out, key, value)
    return out


def tar(path, *members, after=b"", form=tarfile.PAX_FORMAT):
    """Members are (name, bytes) or (TarInfo, bytes); two zero blocks end it, then `after`."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as t:
        for head, data in members:
            head = head if isinstance(head, tarfile.TarInfo) else info(head)
            head.size = len(data)
            t.addfile(head, io.BytesIO(data))
        end = t.offset
    with open(path, "wb") as f:
        f.write(out.getvalue()[:end] + bytes(1024) + after)
