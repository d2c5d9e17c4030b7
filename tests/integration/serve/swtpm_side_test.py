#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""`mesim serve` beside a real swtpm: the same questions on the control channel, and a state carried over.

Usage: swtpm_side_test.py PROGRAMS SWTPM [TEST...]. PROGRAMS is the folder of mesim and meupdate.
"""
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAMS = ""
SWTPM = ""
MACHINE = "esprimo-e5730"
KEY_PARAMETERS = bytes.fromhex("00000001 0003 0001 0000000c 00000800 00000002 00000000")
CREATE_EK = bytes.fromhex("00c1 00000036 00000078") + bytes(20) + KEY_PARAMETERS
READ_PUBEK = bytes.fromhex("00c1 0000001e 0000007c") + bytes(20)
KEY = slice(10, 10 + 284)  # TPM_PUBKEY of both answers


def talk(path, message):
    """One message on a connection of its own, and all that comes back to it."""
    for _ in range(600):
        with socket.socket(socket.AF_UNIX) as peer:
            try:
                peer.connect(path)
            except (FileNotFoundError, ConnectionRefusedError):
                time.sleep(0.05)
                continue
            peer.settimeout(60)
            peer.sendall(message)
            answer = peer.recv(4096)
            peer.settimeout(0.3)
            try:
                while more := peer.recv(4096):
                    answer += more
            except TimeoutError:
                pass
            return answer
    raise AssertionError(f"nobody listens at {path}")


class BesideSwtpm(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name
        self.board = os.path.join(self.folder, "board")

    def path(self, name):
        return os.path.join(self.folder, name)

    def start(self, *words):
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

        def end():
            process.kill()
            process.communicate()

        self.addCleanup(end)
        return process

    def start_swtpm(self):
        return self.start(SWTPM, "socket", "--tpmstate", "dir=" + self.folder,
                          "--ctrl", "type=unixio,path=" + self.path("control"),
                          "--server", "type=unixio,path=" + self.path("data"),
                          "--flags", "not-need-init,startup-clear")

    def serve(self, *options):
        server = self.start(os.path.join(PROGRAMS, "mesim"), "serve", "--machine", MACHINE, "--state", self.board,
                            "--fast", *options)
        for line in server.stdout:
            if line.startswith("ready"):
                return server
        self.fail(f"ended with {server.wait()}: {server.stderr.read()}")

    def test_a_running_tpm_keeps_its_buffer_and_tells_what_was_asked_and_no_more(self):
        self.start_swtpm()
        self.serve()
        ours = os.path.join(self.board, "tpm.sock")

        def both(message):
            return talk(self.path("control"), message), talk(ours, message)

        for size in (0, 1, 0xD00, 0x1000, 0xFFFFFFFF):
            theirs, mine = both(struct.pack(">II", 0x11, size))
            self.assertEqual(mine, theirs, size)
        for wanted in (0, 1, 4, 8, 1 << 33):
            theirs, mine = both(struct.pack(">IQII", 0x12, wanted, 0, 0))
            self.assertEqual(mine, theirs, wanted)
        for wanted in (2, 3, 7):
            theirs, mine = (json.loads(answer[12:-1]) for answer in both(struct.pack(">IQII", 0x12, wanted, 0, 0)))
            self.assertEqual(list(mine), list(theirs), wanted)

    def test_a_state_of_swtpms_goes_on_in_the_board_and_stays_there(self):
        swtpm = self.start_swtpm()
        made = talk(self.path("data"), CREATE_EK)
        self.assertEqual(made[6:10], bytes(4))
        swtpm.terminate()
        swtpm.wait(30)
        for options in (("--tpm-state", self.path("tpm-00.permall")), ()):
            server = self.serve(*options)
            shown = talk(os.path.join(self.board, "tpm.sock"), READ_PUBEK)
            self.assertEqual(shown[6:10], bytes(4), options)
            self.assertEqual(shown[KEY], made[KEY], options)
            server.terminate()
            server.wait(30)

    def test_a_file_that_is_no_such_state_is_refused_and_leaves_no_board(self):
        for name, content, said in (("text", b"not a state", "no state file of swtpm"), ("gone", None, "gone")):
            if content is not None:
                with open(self.path(name), "wb") as file:
                    file.write(content)
            refused = subprocess.run([os.path.join(PROGRAMS, "mesim"), "serve", "--machine", MACHINE, "--state",
                                      self.board, "--tpm-state", self.path(name)],
                                     capture_output=True, text=True, timeout=60)
            self.assertEqual(refused.returncode, 2, name)
            self.assertIn(said, refused.stderr)
            self.assertFalse(os.path.exists(self.board), name)
        refused = subprocess.run([os.path.join(PROGRAMS, "mesim"), "serve", "--machine", "desktop-q35", "--vfio-user",
                                  self.path("heci"), "--tpm-state", self.path("text")],
                                 capture_output=True, text=True, timeout=60)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("has no TPM", refused.stderr)


if __name__ == "__main__":
    PROGRAMS = os.path.abspath(sys.argv.pop(1))
    SWTPM = sys.argv.pop(1)
    sys.argv[1:] = ["BesideSwtpm." + name if "." not in name else name for name in sys.argv[1:]]
    unittest.main()
