#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""The capture of a trace: read block by block as the pcapng draft says, and by Wireshark where it is installed.

Usage: capture_test.py BIN_DIR SOURCE_DIR [unittest arguments].
"""
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

MESIM = SOURCE = None
SECTION, INTERFACE, PACKET = 0x0A0D0D0A, 1, 6
UPPER_PDU = 252
NO_TSHARK = 77


class Capture(unittest.TestCase):
    """Of an update through the TPM that is cut off: HECI, TPM commands and events."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.trace, cls.file = Path(folder.name) / "t.jsonl", Path(folder.name) / "t.pcapng"
        library = SOURCE / "scenarios" / "library"
        stories = [library / "flash" / "torn-while-staging.toml", library / "tpm-chip" / "lockout.toml"]
        subprocess.run([MESIM, "run", *stories, "--trace", cls.trace], check=True, capture_output=True)
        subprocess.run([MESIM, "trace", "pcapng", cls.trace, cls.file], check=True, capture_output=True)
        cls.lines = [json.loads(line) for line in cls.trace.read_text().splitlines()]
        cls.events = [line for line in cls.lines if line["kind"] != "story"]


def blocks_of(data):
    """(type, body) of each block, whose length stands at both its ends."""
    at = 0
    while at < len(data):
        kind, length = struct.unpack_from("<II", data, at)
        assert length % 4 == 0 and length >= 12, hex(at)
        assert struct.unpack_from("<I", data, at + length - 4) == (length,), hex(at)
        yield kind, data[at + 8:at + length - 4]
        at += length


def options_of(body):
    """{code: value} up to the end of the options."""
    found = {}
    while body:
        code, length = struct.unpack_from("<HH", body)
        if code == 0:
            assert length == 0 and len(body) == 4
            return found
        found[code] = body[4:4 + length]
        body = body[4 + (length + 3) // 4 * 4:]
    raise AssertionError("no end of the options")


def packet_of(body):
    interface, high, low, kept, whole = struct.unpack_from("<IIIII", body)
    data = body[20:20 + kept]
    return interface, (high << 32) + low, data, whole, options_of(body[20 + (kept + 3) // 4 * 4:])


def split_pdu(data):
    """The dissector's name, and what it gets."""
    tags = {}
    while True:
        tag, length = struct.unpack_from(">HH", data)
        value, data = data[4:4 + length], data[4 + length:]
        if tag == 0:
            return tags[12].rstrip(b"\0").decode(), data
        tags[tag] = value


class Blocks(Capture):
    def test_begin_with_a_section_and_an_interface_a_story(self):
        kinds = [kind for kind, _ in blocks_of(self.file.read_bytes())]
        stories = [line["id"] for line in self.lines if line["kind"] == "story"]
        self.assertEqual(kinds, [SECTION] + [INTERFACE] * len(stories) + [PACKET] * len(self.events))
        names = []
        for kind, body in blocks_of(self.file.read_bytes()):
            if kind == SECTION:
                self.assertEqual(struct.unpack_from("<IHHq", body), (0x1A2B3C4D, 1, 0, -1))
            if kind == INTERFACE:
                self.assertEqual(struct.unpack_from("<HHI", body), (UPPER_PDU, 0, 0))
                options = options_of(body[8:])
                self.assertEqual(options[9], b"\x09", "nanoseconds")
                names.append(options[2].decode())
        self.assertEqual(names, stories)

    def test_hold_each_line_at_its_time_with_its_bytes(self):
        packets = [packet_of(body) for kind, body in blocks_of(self.file.read_bytes()) if kind == PACKET]
        names = set()
        for line, (_, time, data, whole, options) in zip(self.events, packets, strict=True):
            self.assertEqual(time, line["t_ns"])
            name, rest = split_pdu(data)
            names.add(name)
            version, direction, words = struct.unpack_from(">BBH", rest)
            says, rest = rest[4:4 + words].decode(), rest[4 + words:]
            self.assertEqual(version, 1)
            inbound = line["kind"] in ("message_to_host", "tpm_response")
            self.assertEqual((direction, struct.unpack("<I", options[2])[0]), (1, 1) if inbound else (0, 2))
            if name == "mebench_heci":
                self.assertEqual((rest[0], rest[1], rest[2:].hex(), says), (line["me"], line["host"], line["data"], line["says"]))
                self.assertEqual(whole - len(data), line["size"] - len(rest[2:]))
            else:
                numbers = [value for value in line.values() if isinstance(value, int)][1:]
                if line["kind"] != "bad_input":
                    self.assertEqual(list(struct.unpack(">II", rest)), numbers, line)
                self.assertEqual(whole, len(data))
        self.assertEqual(names, {"mebench_heci", "mebench_tpm12", "mebench_event"})


class Tshark(Capture):
    def test_our_dissectors_read_it(self):
        tshark = shutil.which("tshark")
        if tshark is None:
            print("no tshark here (Debian: apt-get install tshark): what Wireshark makes of a capture was not looked at")
            sys.stdout.flush()
            os._exit(NO_TSHARK)  # unittest takes any exception for an error
        script = SOURCE / "scenarios" / "wireshark" / "mebench.lua"
        done = subprocess.run([tshark, "-X", f"lua_script:{script}", "-r", self.file, "-T", "fields", "-E", "separator=|",
                               *sum((["-e", field] for field in ["frame.time_epoch", "_ws.col.Protocol", "mebench.says", "mebench.me",
                                     "mebench.host", "mebench.ordinal", "mebench.result", "_ws.malformed", "_ws.lua.error"]), [])],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        rows = [row.split("|") for row in done.stdout.splitlines()]
        self.assertEqual(len(rows), len(self.events))
        for line, (time, protocol, says, me, host, ordinal, result, malformed, error) in zip(self.events, rows, strict=True):
            self.assertAlmostEqual(float(time), line["t_ns"] / 1e9, places=9)
            self.assertEqual((malformed, error), ("", ""), line)
            if line["kind"].startswith("message"):
                self.assertEqual((protocol, says), ("HECI", line["says"]))
                self.assertEqual((int(me, 16), int(host)), (line["me"], line["host"]))
            elif line["kind"].startswith("tpm_"):
                self.assertEqual((protocol, int(ordinal, 16)), ("TPM 1.2", line["ordinal"]))
                self.assertEqual(int(result or "0", 16), line.get("result", 0))
            else:
                self.assertEqual(protocol, "board")


def main():
    global MESIM, SOURCE
    MESIM = Path(sys.argv[1]).resolve() / "mesim"
    SOURCE = Path(sys.argv[2]).resolve()
    unittest.main(argv=["capture_test.py", *sys.argv[3:]])


if __name__ == "__main__":
    main()
