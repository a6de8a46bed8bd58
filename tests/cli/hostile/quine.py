# SPDX-License-Identifier: Apache-2.0
"""Makes archives that hold themselves, so that whoever opens what is inside never comes to an end.

    quine.py gzip|zip FILE YEAR

The compressed stream is a program of two instructions, L(n) "print the next n bytes" (a stored block)
and R(n) "print the last n bytes again" (a match), that prints the header, itself and the trailer. The
CRC-32 of the whole stands in the file itself; CRCs are linear over GF(2), so it is the solution of 32
equations.
"""
import functools
import struct
import sys
import zlib

UNIT = 5


class Bits:
    def __init__(self):
        self.value = self.n = 0

    def put(self, value, n):
        self.value |= value << self.n
        self.n += n

    def put_code(self, code, n):
        """Huffman codes stand most significant bit first."""
        self.put(int(f"{code:0{n}b}"[::-1], 2), n)


def code_of(value, first, groups):
    """Symbol, number of extra bits and their value, for a length or a distance."""
    symbol, low = 0, first
    for extra, count in groups:
        for _ in range(count):
            if low <= value < low + (1 << extra):
                return symbol, extra, value - low
            low += 1 << extra
            symbol += 1
    raise ValueError(value)


def put_match(bits, length, distance):
    symbol, extra, rest = code_of(length, 3, [(0, 8)] + [(e, 4) for e in range(1, 6)])
    symbol += 257
    if symbol < 280:
        bits.put_code(symbol - 256, 7)
    else:
        bits.put_code(0b11000000 + symbol - 280, 8)
    bits.put(rest, extra)
    symbol, extra, rest = code_of(distance, 1, [(0, 4)] + [(e, 2) for e in range(1, 14)])
    bits.put_code(symbol, 5)
    bits.put(rest, extra)


def literal(n):
    return b"\0" + struct.pack("<HH", n, n ^ 0xffff)


def repeat(n, final=False):
    """A block that copies n bytes from n bytes back. One that is not the last ends within the last
    two bits of a byte or at its end, where a stored block can follow; so it is made in several ways."""
    for lengths, empties in (((n,), 0), ((n,), 1), ((n // 2, n - n // 2), 0)):
        bits = Bits()
        for _ in range(empties):
            bits.put(0b010, 3)
            bits.put_code(0, 7)
        bits.put(0b011 if final else 0b010, 3)
        for length in lengths:
            put_match(bits, length, n)
        bits.put_code(0, 7)
        if final or 8 * UNIT - 3 < bits.n <= 8 * UNIT:
            return bits.value.to_bytes((bits.n + 7) // 8, "little")
    raise ValueError(f"no block of {UNIT} bytes repeats {n}")


def program(head, tail):
    """What prints `head`, itself and `tail`."""
    ln, rn = literal(len(head) + UNIT), repeat(len(head) + UNIT)
    l0, l1, l4, r4 = literal(0), literal(UNIT), literal(4 * UNIT), repeat(4 * UNIT)
    # The last repeat may be of any size; it counts itself.
    for size in range(3, 10):
        rm = repeat(size + len(tail), final=True)
        if len(rm) == size:
            break
    else:
        raise ValueError("the trailer does not fit")
    lm = literal(len(rm) + len(tail))
    return b"".join([
        ln, head, ln, rn, l1, rn, l1, l1, l4, rn, l1, l1, l4, r4, l4, r4, l4, r4, l4, r4,
        l4, r4, l0, l0, lm, r4, l0, l0, lm, rm, tail, rm])


def gzip_file(crc, size, year):
    head = b"\x1f\x8b\x08\0" + struct.pack("<I", (year - 1970) * 31556952) + b"\2\xff"
    tail = struct.pack("<II", crc, size)
    return head + program(head, tail) + tail


def zip_file(crc, size, year):
    name = b"q"
    head, tail = b"", b""
    packed = 0
    for _ in range(2):  # the size of the program does not depend on what it prints
        common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, (year - 1980) << 9 | 0x21, crc, packed,
                             size, len(name), 0)
        head = b"PK\3\4" + common + name
        central = b"PK\1\2" + struct.pack("<H", 20) + common
        central += struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
        tail = central + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central),
                                                 len(head) + packed, 0)
        packed = len(program(head, tail))
    return head + program(head, tail) + tail


def solve(make, size):
    """The crc for which crc32(make(crc)) is crc, or None."""
    base = zlib.crc32(make(0, size))
    rows = []
    columns = [zlib.crc32(make(1 << i, size)) ^ base ^ (1 << i) for i in range(32)]
    for bit in range(32):
        row = sum((columns[i] >> bit & 1) << i for i in range(32))
        rows.append(row | (base >> bit & 1) << 32)
    for i in range(32):
        pivot = next((k for k in range(i, 32) if rows[k] >> i & 1), None)
        if pivot is None:
            return None
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(32):
            if k != i and rows[k] >> i & 1:
                rows[k] ^= rows[i]
    return sum((rows[i] >> 32 & 1) << i for i in range(32))


def main():
    kind, path, year = sys.argv[1:]
    make = functools.partial({"gzip": gzip_file, "zip": zip_file}[kind], year=int(year))
    size = len(make(0, 0))
    crc = solve(make, size)
    out = make(crc, size)
    if zlib.crc32(out) != crc:
        sys.exit("the CRC is not that of the file")
    with open(path, "wb") as f:
        f.write(out)


if __name__ == "__main__":
    main()
