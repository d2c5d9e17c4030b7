#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""What reaches a TPM that is not the board's: TPM_GetCapability and nothing else.

Usage: one_board_test.py PROGRAMS [TEST...]. PROGRAMS is the folder of mesim and meupdate. A pseudo-terminal or a socket
that passes frames on and counts them stands before a TPM of `mesim serve`, or before Debian's swtpm.
"""
import collections
import json
import os
import pty
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import tty
import unittest

PROGRAMS = ""
MACHINE = "esprimo-e5730"
# An active TPM with a known owner, so that nothing but the board stands in the way.
READY = ["--set", "tpm.state.active=true", "--set", 'tpm.state.owner_secret="passphrase"',
         "--set", 'tpm.state.owner_passphrase="owner"']
GET_CAPABILITY, FIELD_UPGRADE = 0x65, 0xAA
# GetCapability(MFR, "MBID").
ASK_BOARD = bytes.fromhex("00c1 00000016 00000065 00000010 00000004 4d424944")
BOARD_TEXT = b"mebench:"


def program(name):
    return os.path.join(PROGRAMS, name)


def run(*words):
    return subprocess.run([program(words[0]), *words[1:]], capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL)


def exactly(read, count):
    """`count` bytes; fewer where the stream ends."""
    got = b""
    while len(got) < count:
        piece = read(count - len(got))
        if not piece:
            break
        got += piece
    return got


def frame(read):
    """A TPM's command or answer."""
    head = exactly(read, 10)
    return head + exactly(read, struct.unpack(">I", head[2:6])[0] - 10) if len(head) == 10 else b""


class Tap(threading.Thread):
    """Passes frames on to the TPM at a socket and counts their ordinals."""

    def __init__(self, tpm):
        super().__init__(daemon=True)
        self.tpm = tpm
        self.seen = collections.Counter()

    def pass_on(self, read, write):
        with socket.socket(socket.AF_UNIX) as behind:
            behind.connect(self.tpm)
            while command := frame(read):
                self.seen[struct.unpack(">I", command[6:10])[0]] += 1
                behind.sendall(command)
                write(frame(behind.recv))


class Terminal(Tap):
    """A pseudo-terminal at `path`, as a /dev/tpm0 that is not the kernel's."""

    def __init__(self, tpm):
        super().__init__(tpm)
        self.master, self.slave = pty.openpty()
        for end in (self.master, self.slave):
            tty.setraw(end)
        self.path = os.ttyname(self.slave)

    def run(self):
        try:
            self.pass_on(lambda count: os.read(self.master, count), lambda answer: os.write(self.master, answer))
        except OSError:
            pass  # the test has closed it

    def close(self):
        os.close(self.slave)
        os.close(self.master)


class Socket(Tap):
    def __init__(self, tpm, path):
        super().__init__(tpm)
        self.path = path
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(path)
        self.listener.listen()

    def run(self):
        try:
            while True:
                peer, _ = self.listener.accept()
                with peer:
                    self.pass_on(peer.recv, peer.sendall)
        except OSError:
            pass  # the test has closed it

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


class Untold(Socket):
    """A vfio-user server that does not know the question for the board: it never hears it."""

    def pass_on(self, read, write):
        with socket.socket(socket.AF_UNIX) as behind:
            behind.connect(self.tpm)
            while head := exactly(read, 16):
                size = struct.unpack("<I", head[4:8])[0]
                behind.sendall(head + exactly(read, size - 16).replace(b"mebench_board_id", b"another_question"))
                if struct.unpack("<I", head[8:12])[0] & 0x10:
                    continue  # no reply is wanted
                head = exactly(behind.recv, 16)
                write(head + exactly(behind.recv, struct.unpack("<I", head[4:8])[0] - 16))


class OneBoard(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name
        self.image = self.path("new.bin")
        built = run("mesim", "image", "build", "--machine", MACHINE, "--version", "5.2.70.1046", "--output", self.image)
        self.assertEqual(built.returncode, 0, built.stderr)
        self.owner = self.path("owner.txt")
        with open(self.owner, "w") as file:
            file.write("owner\n")

    def path(self, name):
        return os.path.join(self.folder, name)

    def serve(self, name):
        """(heci, tpm): the sockets of another board."""
        heci, tpm = self.path(name + ".heci"), self.path(name + ".tpm")
        server = subprocess.Popen([program("mesim"), "serve", "--machine", MACHINE, "--fast", "--vfio-user", heci, "--swtpm", tpm,
                                   *READY], stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.end, server)
        self.assertTrue(any(line.startswith("ready") for line in server.stdout), "it ended")
        return heci, tpm

    @staticmethod
    def end(server):
        server.kill()
        server.wait()
        if server.stdout:
            server.stdout.close()

    def tap(self, made):
        self.addCleanup(made.close)
        made.start()
        return made

    def update(self, device, tpm, *more):
        words = [*READY, *more] if device.startswith("sim:") else more
        done = run("meupdate", "update", self.image, "-y", "--via", "tpm", "--device", device, "--tpm", tpm,
                   "--owner-passphrase-file", self.owner, "--format", "json", *words)
        return json.loads(done.stdout)

    def refused(self, device, tpm, tap, *more):
        """It is refused for the pair, and the TPM has heard nothing that could matter."""
        tap.seen.clear()
        said = self.update(device, tpm, *more)
        self.assertEqual((said["decision"], said["exit"]), ("refused", 21), said)
        self.assertEqual(said["refusal"]["id"], "tpm-of-another-board")
        self.assertIn(tpm, said["refusal"]["what"])
        self.assertGreater(tap.seen[GET_CAPABILITY], 0, "nothing came through: this would prove nothing")
        self.assertEqual(set(tap.seen), {GET_CAPABILITY}, tap.seen)

    def board_of(self, tpm):
        """What the TPM says of its board. It serves one at a time: a tap may hang up later than the program before it."""
        for _ in range(100):
            try:
                return self.told_board(tpm)
            except ConnectionError:
                time.sleep(0.05)
        return self.told_board(tpm)

    def told_board(self, tpm):
        with socket.socket(socket.AF_UNIX) as peer:
            peer.connect(tpm)
            peer.sendall(ASK_BOARD)
            answer = frame(peer.recv)
        self.assertEqual(answer[10:22], struct.pack(">I", 24) + BOARD_TEXT, answer)
        return answer[22:].hex()

    def capabilities_of(self, heci, text):
        hello = struct.pack("<HHIII", 1, 1, 20 + len(text) + 1, 0, 0) + bytes(4) + text.encode() + b"\0"
        with socket.socket(socket.AF_UNIX) as peer:
            peer.connect(heci)
            peer.sendall(hello)
            head = exactly(peer.recv, 16)
            reply = exactly(peer.recv, struct.unpack("<I", head[4:8])[0] - 16)
        return json.loads(reply[4:-1])["capabilities"]

    def test_a_terminal_that_stands_for_a_tpm_is_not_written_to(self):
        heci, tpm = self.serve("one")
        terminal = self.tap(Terminal(tpm))
        link = self.path("tpm0")
        os.symlink(terminal.path, link)
        for device in ("sim:" + MACHINE, "vfio-user:" + heci):
            for name in (terminal.path, link):
                self.refused(device, name, terminal)
                self.refused(device, name, terminal, "--accept-undocumented-protocol")

    def test_the_tpm_of_another_serve_is_not_written_to(self):
        heci, _ = self.serve("one")
        _, other = self.serve("other")
        behind = self.tap(Socket(other, self.path("behind")))
        for device in ("sim:" + MACHINE, "vfio-user:" + heci):
            self.refused(device, "swtpm:" + behind.path, behind)
            self.refused(device, "swtpm:" + behind.path, behind, "--accept-undocumented-protocol")

    @unittest.skipUnless(shutil.which("swtpm"), "swtpm is missing")
    def test_a_foreign_swtpm_is_not_written_to(self):
        heci, _ = self.serve("one")
        where, state = self.path("swtpm"), self.path("state")
        os.mkdir(state)
        process = subprocess.Popen(["swtpm", "socket", "--tpmstate", "dir=" + state, "--server", "type=unixio,path=" + where,
                                    "--flags", "not-need-init,startup-clear"], stderr=subprocess.DEVNULL)
        self.addCleanup(self.end, process)
        for _ in range(1000):
            if os.path.exists(where):
                break
            self.assertIsNone(process.poll())
            time.sleep(0.01)  # another's process: it tells nobody when it listens
        behind = self.tap(Socket(where, self.path("behind")))
        for device in ("sim:" + MACHINE, "vfio-user:" + heci):
            self.refused(device, "swtpm:" + behind.path, behind)

    def test_status_and_owner_are_asked_of_any_tpm(self):
        _, tpm = self.serve("one")
        terminal = self.tap(Terminal(tpm))
        status = run("meupdate", "tpm", "status", "--tpm", terminal.path)
        self.assertEqual(status.returncode, 0, status.stderr)
        proven = run("meupdate", "tpm", "check-owner", "--tpm", terminal.path, "--owner-passphrase-file", self.owner)
        self.assertEqual(proven.returncode, 0, proven.stderr)
        self.assertEqual(terminal.seen[FIELD_UPGRADE], 0)

    def test_both_sockets_of_one_serve_are_written_to(self):
        heci, tpm = self.serve("one")
        behind = self.tap(Socket(tpm, self.path("behind")))
        said = self.update("vfio-user:" + heci, "swtpm:" + behind.path)
        self.assertEqual(said["exit"], 0, said)
        targets = said["plan"]["targets"]
        self.assertEqual(targets["one_board"], "one-served")
        self.assertEqual([t["role"] for t in targets["written_to"]], ["tpm", "me"])
        self.assertEqual({t["board"] for t in targets["written_to"]}, {self.board_of(tpm)})
        self.assertGreater(behind.seen[FIELD_UPGRADE], 2)

    def test_what_serves_a_function_and_tells_no_board_may_be_real(self):
        heci, tpm = self.serve("one")
        untold = self.tap(Untold(heci, self.path("untold")))
        info = json.loads(run("meupdate", "info", "--device", "vfio-user:" + untold.path, "--tpm", "none", "--format", "json").stdout)
        self.assertIs(info["simulated"], False)
        said = self.update("vfio-user:" + untold.path, "swtpm:" + tpm)
        self.assertEqual(said["refusal"]["id"], "tpm-of-another-board", said)
        over_heci = json.loads(run("meupdate", "update", self.image, "-y", "--via", "heci", "--device", "vfio-user:" + untold.path,
                                   "--format", "json").stdout)
        self.assertEqual(over_heci["refusal"]["id"], "development-key")

    def test_a_board_has_one_id_and_another_in_the_next_run(self):
        heci, tpm = self.serve("one")
        board = self.board_of(tpm)
        asked = self.capabilities_of(heci, '{"capabilities":{"mebench_board_id":true}}')
        self.assertEqual(asked["mebench_board_id"], board)
        self.assertNotIn("mebench_board_id", self.capabilities_of(heci, '{"capabilities":{"max_msg_fds":8}}'))
        _, other = self.serve("other")
        self.assertNotEqual(self.board_of(other), board)


if __name__ == "__main__":
    PROGRAMS = os.path.abspath(sys.argv.pop(1))
    sys.argv[1:] = ["OneBoard." + name if "." not in name else name for name in sys.argv[1:]]
    unittest.main()
