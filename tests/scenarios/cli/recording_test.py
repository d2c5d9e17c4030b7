#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Recordings from the command line: what meupdate said, written for fwupd; a recording served, and meupdate before it. The zip archives
are Python's.

Usage: recording_test.py BIN_DIR SOURCE_DIR [unittest arguments].
"""
import base64
import json
import signal
import struct
import subprocess
import sys
import tempfile
import unittest
import uuid
import zipfile
from pathlib import Path

MESIM = MEUPDATE = DATA = None
AMT = uuid.UUID("12f80028-b4b7-4b2d-aca8-46e0ff65814c")


class Recordings(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_program(self, *arguments, status=0):
        done = subprocess.run([str(each) for each in arguments], capture_output=True, text=True, check=False, cwd=self.folder)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def info_log(self, machine):
        self.run_program(MEUPDATE, "info", "--device", f"sim:{machine}", "--log", "info.log")
        return self.folder / "info.log"

    def events(self, document, guid):
        """Of the device whose client that is, from where it is connected to."""
        connect = "Ioctl:Request=0xc0104801,Data=" + base64.b64encode(guid.bytes_le).decode() + ",Length=0x10"
        for device in document["UsbDevices"]:
            ids = [event["Id"] for event in device["Events"]]
            if connect in ids:
                return device["Events"][ids.index(connect):]
        self.fail(f"nobody connects to {guid}")

    def test_what_meupdate_asked_is_written_for_fwupd(self):
        self.info_log("laptop-cm236")
        self.run_program(MESIM, "recording", "from", "info.log", "--output", "engine.zip")
        with zipfile.ZipFile(self.folder / "engine.zip") as archive:
            self.assertIsNone(archive.testzip())
            self.assertEqual(archive.namelist(), ["setup.json"])
            document = json.loads(archive.read("setup.json"))
        events = self.events(document, AMT)
        self.assertEqual(struct.unpack_from("<IB", base64.b64decode(events[0]["DataOut"])), (0x1400, 1))
        ids = [event["Id"] for event in events]
        asked = ids.index("Write:Data=AQEAABEAAAQAAAAA,Length=0xc")
        self.assertEqual(ids[asked + 1], "Read:Length=0x1400")
        answer = base64.b64decode(events[asked + 1]["Data"])
        self.assertEqual(answer[:12].hex(), "010100001100800408000000", "AMT's provisioning state")

    def test_an_archive_that_another_zip_made_is_read(self):
        document = (DATA / "a13a-amt.json").read_bytes()
        with zipfile.ZipFile(self.folder / "emulation.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("setup.json", document)
            archive.writestr("install.json", '{"UsbDevices": []}')
        shown = self.run_program(MESIM, "recording", "show", "emulation.zip")
        self.assertIn("engine 8086:A13A (subsystem 17AA:222E)", shown)
        self.assertIn(f"{AMT}, version 1, messages up to 5120 bytes", shown)
        self.assertIn("-> 20 bytes: 0101000011008004080000000000000000000000", shown)

    def test_a_story_is_recorded_from_its_first_step_to_its_last(self):
        story = self.folder / "story.toml"
        story.write_text('schema = 1\ntitle = "asks"\nmachine = "desktop-h87"\n[[step]]\nmeupdate = ["info"]\n', encoding="utf-8")
        self.run_program(MESIM, "recording", "from", story, "--output", "engine.json")
        document = json.loads((self.folder / "engine.json").read_text())
        fwu = self.events(document, uuid.UUID("309dcde8-ccb1-4062-8f78-600115a34327"))
        self.assertEqual(fwu[1]["Id"], "Write:Data=AAAAAA==,Length=0x4", "GET_VERSION")
        self.assertEqual(len(base64.b64decode(fwu[2]["Data"])), 56, "of ME 9")

    def test_a_story_that_fails_is_not_recorded(self):
        story = self.folder / "story.toml"
        story.write_text('schema = 1\ntitle = "fails"\nmachine = "desktop-h87"\n[[step]]\nmeupdate = ["info"]\nexpect.exit = 9\n',
                         encoding="utf-8")
        said = self.run_program(MESIM, "recording", "from", story, "--output", "engine.json", status=3)
        self.assertIn("did not pass", said)
        self.assertFalse((self.folder / "engine.json").exists())

    def serve(self, *arguments):
        """A server that is ready, and ends with the test."""
        server = subprocess.Popen([str(each) for each in arguments], stdout=subprocess.PIPE, text=True, cwd=self.folder)
        self.addCleanup(server.stdout.close)
        self.addCleanup(lambda: server.poll() is None and (server.kill(), server.wait()))
        for line in server.stdout:
            if line.startswith("ready"):
                return server
        self.fail("it never served")

    def end(self, server):
        server.send_signal(signal.SIGTERM)
        self.assertEqual(server.wait(timeout=120), 0)

    def info_over(self, socket):
        return json.loads(self.run_program(MEUPDATE, "info", "--device", f"vfio-user:{socket}", "--tpm", "none", "--format", "json"))

    def test_what_was_served_and_recorded_is_replayed_the_same(self):
        server = self.serve(MESIM, "serve", "--machine", "laptop-qm77", "--vfio-user", "board.sock", "--heci-only", "--fast",
                            "--record", "engine.zip")
        first = self.info_over("board.sock")
        self.end(server)
        replay = self.serve(MESIM, "replay", "engine.zip", "--vfio-user", "replay.sock", "--fast")
        again = self.info_over("replay.sock")
        self.end(replay)
        for document in first, again:
            document.pop("device")
        self.assertEqual(again, first)

    def test_what_is_no_recording_is_said_with_its_file(self):
        (self.folder / "none.json").write_text('{"UsbDevices": 1}')
        self.assertIn("none.json", self.run_program(MESIM, "recording", "show", "none.json", status=2))
        self.assertIn("none.json", self.run_program(MESIM, "replay", "none.json", "--vfio-user", "a.sock", status=2))
        said = self.run_program(MESIM, "recording", "from", "no-such.log", "--output", "x.zip", status=2)
        self.assertIn("no-such.log", said)


if __name__ == "__main__":
    BIN, SOURCE = Path(sys.argv[1]), Path(sys.argv[2])
    MESIM, MEUPDATE = BIN / "mesim", BIN / "meupdate"
    DATA = SOURCE / "tests" / "scenarios" / "recording" / "data"
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
