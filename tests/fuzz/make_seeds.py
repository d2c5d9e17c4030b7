#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Writes the well-formed beginnings in seeds/TARGET, each in the words of its target (targets.h). Inputs that once broke
something are beside them (broke-*) and are left alone.

Usage: tests/fuzz/make_seeds.py [MESIM]     MESIM, the program, makes the image; without it that seed stays as it is
"""
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SEEDS = ROOT / "tests/fuzz/seeds"


def write(target, name, data):
    folder = SEEDS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)


def le(form, *values):
    return struct.pack("<" + form, *values)


# board_target.cpp: a number chooses what is done, its values follow.
def bus(me_addr):
    return bytes([3, me_addr]) + read_out(16)


def message(me_addr, data):
    return bytes([4, me_addr, 1, len(data)]) + data + read_out(64)


def read_out(slots):
    return bytes([6, slots])


def rest(milliseconds):
    return bytes([8]) + le("H", milliseconds)


def tis(how, offset, value=b""):
    return bytes([9]) + le("H", offset) + bytes([how]) + value


FWU_VERSION = le("I", 0)
FWU_START = le("II", 2, 0x10000) + bytes(20)
FWU_DATA = le("II", 4, 64) + bytes(64)
MKHI_VERSION = bytes([0xFF, 0x02, 0, 0])
AMTHI_VERSIONS = bytes([1, 1, 0, 0]) + le("II", 0x0400001A, 0)
WATCHDOG_STOP = bytes([0x02, 0x01, 0x13, 0x04, 0, 0])


def board_seeds():
    for me_addr in range(0x20, 0x26):
        talk = b"".join(message(me_addr, data) for data in (FWU_VERSION, FWU_START, FWU_DATA, MKHI_VERSION,
                                                           AMTHI_VERSIONS, WATCHDOG_STOP))
        write("board", f"client-{me_addr:02x}", bus(me_addr) + talk)
    for name, how in (("cut", 0), ("platform", 2), ("me", 3), ("s3", 4), ("s5", 6)):
        write("board", f"power-{name}", bus(0x21) + message(0x21, FWU_START) + bytes([11, how]) + rest(500) +
              bytes([11, 1]) + rest(3000) + bus(0x21))
    frame = bytes.fromhex("00c1 0000000c 00000099 0001")
    command = tis(2, 0, b"\x02") + tis(2, 0x18, b"\x40")
    command += b"".join(tis(2, 0x24, bytes([b])) for b in frame) + tis(2, 0x18, b"\x20") + rest(100)
    write("board", "tis-startup", command + tis(0, 0x24) * 10)
    write("board", "pci", bytes([10, 0x04, 1]) + le("I", 0x0406) + bytes([10, 0x8F, 1]) + le("I", 1))


# tpm_target.cpp
UPGRADE, STARTUP = 0, 3


def command(ordinal, body):
    return bytes([4, 4 * ordinal]) + le("H", len(body)) + body


def tpm_seeds():
    upgrade = b"".join(command(UPGRADE, bytes([sub]) + body)
                       for sub, body in ((0, bytes(24)), (1, bytes(64)), (2, b""), (3, b""), (4, b""), (5, b"")))
    write("tpm", "field-upgrade", upgrade)
    write("tpm", "startup", command(STARTUP, b"\0\1") + bytes([3]) + le("H", 100) + bytes([2]))
    raw = bytes.fromhex("00c1 00000012 00000065 00000006 00000000")
    write("tpm", "raw-frame", bytes([0]) + le("H", len(raw)) + raw + bytes([1]))


# vfio_user_target.cpp
def request(how, payload):
    return bytes([how, len(payload)]) + payload + le("H", 7)


def access(offset, region, count, data=b""):
    return le("QII", offset, region, count) + data


def vfio_seeds():
    asks = request(4, le("IIII", 16, 0, 0, 0))
    asks += b"".join(request(5, le("IIIIQQ", 32, 0, i, 0, 0, 0)) for i in (0, 7, 9))
    asks += request(7, le("IIII", 16, 0, 1, 0))
    write("vfio_user", "asks", b"\1" + asks)
    write("vfio_user", "reads", b"\1" + request(9, access(0, 7, 64)) + request(10, access(4, 7, 2, b"\6\4")) +
          request(9, access(4, 0, 4)) + request(10, access(4, 0, 4, b"\x15\0\0\0")) + request(13, b""))
    write("vfio_user", "interrupts", b"\1" + request(8 | 0x10, le("IIIII", 20, 0x24, 1, 0, 1)) + request(13, b""))
    write("vfio_user", "memory", b"\1" + request(2, le("IIQQQ", 32, 3, 0, 0, 0x1000)) +
          request(3, le("IIQQ", 24, 0, 0, 0x1000)))
    write("vfio_user", "not-greeted", b"\0" + asks)


# swtpm_target.cpp: even numbers write to the control channel, odd ones to the data channel.
def control(data):
    return bytes([0, len(data)]) + data


def swtpm_seeds():
    be = lambda *values: struct.pack(">" + "I" * len(values), *values)
    write("swtpm", "control", b"\1" + b"".join(control(be(n)) for n in (1, 4, 6, 8, 9, 10, 14, 15)) +
          control(be(5) + b"\4") + control(be(17, 4096)) + control(be(12, 0, 1, 0)) + control(be(18, 0, 1)))
    startup = bytes.fromhex("00c1 0000000c 00000099 0001")
    write("swtpm", "data", b"\1" + bytes([101, len(startup)]) + startup + bytes([101, 6]) + startup[:6])
    write("swtpm", "state-blob", b"\1" + control(be(14)) + control(be(13, 0, 1, 4) + b"blob") + control(be(2, 0)))


# update_target.cpp: after so many reads, one lie.
def lie(gap, kind, data=b""):
    return le("H", gap) + bytes([kind]) + data


def update_seeds():
    for target in ("update_heci", "update_tpm"):
        write(target, "all-ones", b"".join(lie(gap, 0) for gap in (40, 200, 1000, 3000)))
        write(target, "one-bit", b"".join(lie(gap, 2, bytes([bit])) for gap, bit in ((10, 3), (150, 8), (900, 31))))
        write(target, "zeros", lie(5, 3) * 12)
        write(target, "me-restarts", lie(600, 4) + lie(2000, 4))
        write(target, "late", lie(700, 5, le("H", 60000)) * 2)
        write(target, "words", lie(300, 1, le("I", 0x80040000)) + lie(2, 1, le("I", 0x11081108)))


def text_seeds():
    library = ROOT / "scenarios/library"
    for name in ("clean-update", "flash", "me-misbehaves"):
        story = sorted((library / name).glob("[a-z]*.toml"))[0]
        write("story", story.stem, story.read_bytes())
    for name in ("esprimo-e5730", "thinkpad-t400"):
        write("profile", name, (ROOT / f"scenarios/machines/{name}.toml").read_bytes())
    write("profile", "extends", b'extends = "esprimo-e5730"\n[flash]\ncode_size = 0x10000\n')
    write("field_log", "fwupdlcl", b"Intel (R) Firmware Update Utility Version 5.2.70.1046\r\n"
          b"Error 8719: Firmware update cannot be initiated because Local Firmware update is disabled\r\n")
    write("field_log", "meinfo", b"Intel(R) MEInfo Version: 5.2.70.1046\nCopyright(C) 2005 - 2009, Intel Corporation.\n"
          b"FW Version:                             5.0.1.1111\nLocal FWUpdate:                         Disabled\n")
    write("field_log", "kernel", b"[   12.345678] mei_me 0000:00:03.0: reset: unexpected enumeration response hbm.\n"
          b"[   13.000000] mei_me 0000:00:03.0: unexpected reset: dev_state = ENABLED fw status = 00000000\n")
    write("field_log", "utf16", "\ufeffFW Version: 5.0.1.1111\r\n".encode("utf-16-le"))


def kept_seeds():
    write("snapshot", "one-byte", b"\1" + le("I", 100) + b"\0\xff")
    write("snapshot", "cut", b"\0" + le("I", 5000))
    write("snapshot", "many", b"\1" + b"".join(le("I", at) + b"\3\0\xff\x80\x01" for at in range(0, 4000, 64)))
    write("flash_contents", "sound", b"")
    write("flash_contents", "descriptor", le("I", 16) + b"\3\0\0\0\0")
    write("flash_contents", "everywhere", b"".join(le("I", at) + b"\0\0" for at in range(0, 0x400000, 0x9F000)))
    description = b'{"schema": 2, "folder": 1, "machine": "esprimo-e5730", "set": ["flash.code_size=0x10000"]}'
    write("state_folder", "sound", le("H", len(description)) + description + bytes(64))
    write("state_folder", "later", le("H", 20) + b'{"schema": 99, "a":1}' + bytes(8))
    write("state_folder", "no-flash", le("H", len(description)) + description)


def link_seeds():
    write("heci_host", "sound", bytes(64))
    write("heci_host", "all-ones-late", bytes(200) + b"\xff" * 3)
    write("heci_host", "drops", bytes(90) + b"\xef" + bytes(90) + b"\xee" + bytes(20))
    write("heci_host", "sends", bytes(120) + b"\xed" + le("II", 0x80040000, 0x04) + b"\xec\x08" + bytes(8))
    write("heci_device", "resets", bytes([2, 0x15, 5, 0x10, 0x27, 2, 0x0D, 5, 0x10, 0x27]))
    write("heci_device", "starts", bytes([2, 0x0D, 0x86, 3]) + le("I", 0x01000001) + bytes([2, 0x0D, 5, 0, 4, 4, 4]))
    write("heci_device", "me-goes", bytes([2, 0x0D, 7, 0x87, 4, 4]))


def image_seeds(mesim):
    write("image", "man", bytes(0x1C) + b"$MAN" + bytes(0x300))
    if mesim is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "new.bin"
        subprocess.run([mesim, "image", "build", "--machine", "esprimo-e5730", "--version", "5.2.70.1046", "--size",
                        "0x10000", "-o", file], check=True, stdout=subprocess.DEVNULL)
        write("image", "beginning", file.read_bytes()[:0x800])


def main():
    board_seeds()
    tpm_seeds()
    vfio_seeds()
    swtpm_seeds()
    update_seeds()
    text_seeds()
    kept_seeds()
    link_seeds()
    image_seeds(sys.argv[1] if len(sys.argv) > 1 else None)


if __name__ == "__main__":
    main()
