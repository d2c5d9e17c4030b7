#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""A machine as a process: `mesim serve`, with meupdate and raw bytes at its sockets.

Usage: serve_test.py PROGRAMS [TEST...]. PROGRAMS is the folder of mesim and meupdate.
"""
import errno
import os
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import unittest

PROGRAMS = ""
MACHINE = "esprimo-e5730"
OVER_HECI = "settings.enabled_update_interfaces=1"
IMAGE_VERSION = "5.2.70.1046"
# GetCapability(PROPERTY, MANUFACTURER), and its answer of an Intel TPM.
ASK_MAKER = bytes.fromhex("00c1 00000016 00000065 00000005 00000004 00000103")
INTC = bytes.fromhex("00c4 00000012 00000000 00000004 494e5443")
# TPM_Startup(ST_CLEAR); TSC_PhysicalPresence(CMD_ENABLE), then (PRESENT); TPM_PhysicalDisable.
TPM_STARTUP = bytes.fromhex("00c1 0000000c 00000099 0001")
SHOW_PRESENCE = (bytes.fromhex("00c1 0000000c 4000000a 0020"), bytes.fromhex("00c1 0000000c 4000000a 0008"))
TPM_PHYSICAL_DISABLE = bytes.fromhex("00c1 0000000a 00000070")
SUCCESS = bytes.fromhex("00c4 0000000a 00000000")


def program(name):
    return os.path.join(PROGRAMS, name)


def run(*words):
    return subprocess.run([program(words[0]), *words[1:]], capture_output=True, text=True, timeout=100)


class Serve(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name
        self.state = os.path.join(self.folder, "board")
        self.heci = os.path.join(self.state, "heci.sock")
        self.tpm = os.path.join(self.state, "tpm.sock")

    def serve(self, *options, machine=("--machine", MACHINE)):
        """Starts it and returns once its sockets are there."""
        words = [program("mesim"), "serve", *machine, "--state", self.state, "--fast", *options]
        server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end, server)
        said = []
        for line in server.stdout:
            said.append(line)
            if line.startswith("ready"):
                return server, "".join(said)
        self.fail(f"ended with {server.wait()}: {server.stderr.read()}")

    @staticmethod
    def end(server):
        if server.poll() is None:
            server.kill()
        server.wait()
        server.stdout.close()
        server.stderr.close()

    def meupdate(self, *words, tpm="none"):
        return run("meupdate", *words, "--device", "vfio-user:" + self.heci, "--tpm", tpm)

    def image(self):
        path = os.path.join(self.folder, "new.bin")
        built = run("mesim", "image", "build", "--machine", MACHINE, "--version", IMAGE_VERSION, "--output", path)
        self.assertEqual(built.returncode, 0, built.stderr)
        return path

    def update(self, image, *more, tpm="none"):
        return self.meupdate("update", image, "--yes", *more, tpm=tpm)

    def version(self, info):
        return next(line.split()[-1] for line in info.stdout.splitlines() if "running version" in line)

    def frame(self, command):
        with socket.socket(socket.AF_UNIX) as peer:
            peer.settimeout(30)
            peer.connect(self.tpm)
            peer.sendall(command)
            return peer.recv(4096)

    def test_asked_for_it_tells_what_happened_last_and_goes_on(self):
        server, _ = self.serve()
        for _ in range(2):
            self.assertEqual(run("meupdate", "info", "--device", f"vfio-user:{self.heci}", "--tpm", "none").returncode, 0)
            server.send_signal(signal.SIGUSR1)
            self.assertRegex(server.stderr.readline(), r"^the last \d+ events: mesim show .*/last-trace\.jsonl$")
        told = run("mesim", "trace", os.path.join(self.state, "last-trace.jsonl"))
        self.assertIn("FWU GET_VERSION", told.stdout)
        server.send_signal(signal.SIGTERM)
        self.assertEqual(server.wait(), 0)

    def test_without_a_file_for_it_says_so_and_goes_on(self):
        server = subprocess.Popen([program("mesim"), "serve", "--machine", MACHINE, "--fast", "--vfio-user",
                                   os.path.join(self.folder, "sock")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end, server)
        while not server.stdout.readline().startswith("ready"):
            self.assertIsNone(server.poll())
        server.send_signal(signal.SIGUSR1)
        self.assertIn("--last-trace", server.stderr.readline())
        server.send_signal(signal.SIGTERM)
        self.assertEqual(server.wait(), 0)

    def test_info_equals_the_simulated_machines_line_for_line(self):
        self.serve()
        served = self.meupdate("info")
        simulated = run("meupdate", "info", "--device", "sim:" + MACHINE, "--tpm", "none")
        self.assertEqual(served.returncode, 0, served.stderr)

        def unnamed(text):
            lines = text.splitlines()
            self.assertIn("name", lines[1])
            return lines[:1] + lines[2:]

        self.assertEqual(unnamed(served.stdout), unnamed(simulated.stdout))
        self.assertIn("vfio-user:" + self.heci, served.stdout)

    def test_its_sockets_are_its_owners_alone(self):
        self.serve()
        for path in (self.heci, self.tpm):
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)

    def test_its_tpm_answers_at_its_socket(self):
        self.serve()
        self.assertEqual(self.frame(ASK_MAKER), INTC)
        self.assertEqual(self.frame(ASK_MAKER), INTC, "the next one is served, too")

    def test_a_signal_saves_and_ends_it(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            server, _ = self.serve()
            server.send_signal(number)
            self.assertEqual(server.wait(30), 0, server.stderr.read())
            self.assertFalse(os.path.exists(self.heci))
            self.assertFalse(os.path.exists(self.tpm))
            info = run("meupdate", "info", "--device", "sim:" + MACHINE, "--state", self.state)
            self.assertEqual(info.returncode, 0, info.stderr)

    def test_a_signal_ends_it_with_peers_connected(self):
        server, _ = self.serve()
        with socket.socket(socket.AF_UNIX) as heci, socket.socket(socket.AF_UNIX) as tpm:
            heci.connect(self.heci)
            tpm.connect(self.tpm)
            tpm.sendall(b"\x00\xc1\x00")
            server.send_signal(signal.SIGTERM)
            self.assertEqual(server.wait(30), 0)

    def test_a_signal_while_it_starts_saves_and_ends_it(self):
        words = [program("mesim"), "serve", "--machine", MACHINE, "--state", self.state]
        server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end, server)
        while not os.path.exists(os.path.join(self.state, "lock")):
            self.assertIsNone(server.poll())
        server.send_signal(signal.SIGTERM)
        self.assertEqual(server.wait(30), 0)
        self.assertEqual(os.listdir(self.state).count("heci.sock"), 0)

    def test_a_terminal_that_hangs_up_does_not_end_what_nohup_started(self):
        words = ["nohup", program("mesim"), "serve", "--machine", MACHINE, "--state", self.state, "--fast"]
        server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end, server)
        next(line for line in server.stdout if line.startswith("ready"))
        server.send_signal(signal.SIGHUP)
        self.assertEqual(self.meupdate("info").returncode, 0)

    def test_a_kept_machine_needs_no_name(self):
        server, _ = self.serve()
        server.terminate()
        server.wait(30)
        _, said = self.serve(machine=())
        self.assertIn("serving " + MACHINE, said)
        self.assertEqual(self.meupdate("info").returncode, 0)

    def test_it_does_not_serve_where_it_cannot_say_so(self):
        with open("/dev/full", "wb") as full:
            words = [program("mesim"), "serve", "--machine", MACHINE, "--state", self.state]
            ended = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, timeout=30)
        self.assertEqual(ended.returncode, 3)
        self.assertIn("standard output", ended.stderr)

    def test_a_pipe_that_nobody_reads_is_no_interrupt_and_no_end(self):
        server, _ = self.serve()
        reader, writer = os.pipe()
        with socket.socket(socket.AF_UNIX) as monitor:
            monitor.settimeout(30)
            monitor.connect(self.heci)
            monitor.sendall(bytes.fromhex("01000100150000000000000000000000 00000000 00"))
            monitor.recv(4096)
            trigger = struct.pack("<HHIII", 2, 8, 36, 0, 0) + struct.pack("<IIIII", 20, 0x24, 0, 0, 1)
            socket.send_fds(monitor, [trigger], [writer])
            os.close(reader)
            os.close(writer)
            self.assertEqual(struct.unpack("<HHIII", monitor.recv(4096)), (2, 8, 16, 0x21, errno.EINVAL))
        self.assertEqual(self.meupdate("info").returncode, 0)
        server.terminate()
        self.assertEqual(server.wait(30), 0)

    def test_the_wrong_one_of_its_sockets_is_named(self):
        self.serve()
        swapped = run("meupdate", "info", "--device", "vfio-user:" + self.tpm, "--tpm", "none")
        self.assertNotEqual(swapped.returncode, 0)
        self.assertIn("does not speak vfio-user", swapped.stderr)
        swapped = run("meupdate", "tpm", "status", "--device", "vfio-user:" + self.heci, "--tpm", "swtpm:" + self.heci)
        self.assertNotEqual(swapped.returncode, 0)
        self.assertIn("it is no TPM's socket", swapped.stderr)

    def test_one_machine_has_one_writer(self):
        self.serve()
        second = run("mesim", "serve", "--machine", MACHINE, "--state", self.state)
        self.assertEqual(second.returncode, 3)
        self.assertIn("is used by another program", second.stderr)
        other = run("meupdate", "info", "--device", "sim:" + MACHINE, "--state", self.state)
        self.assertNotEqual(other.returncode, 0)
        self.assertIn("is used by another program", other.stderr)

    def test_one_program_drives_it_at_a_time(self):
        self.serve()
        with socket.socket(socket.AF_UNIX) as first:
            first.connect(self.heci)
            first.sendall(bytes.fromhex("01000100150000000000000000000000 00000000 00"))
            self.assertTrue(first.recv(4096))
            second = self.meupdate("info")
            self.assertNotEqual(second.returncode, 0)
            self.assertIn("it serves another program", second.stderr)
        self.assertEqual(self.meupdate("info").returncode, 0)

    def test_an_update_lasts_though_the_process_is_killed(self):
        image = self.image()
        server, _ = self.serve("--set", OVER_HECI)
        updated = self.update(image)
        self.assertEqual(updated.returncode, 0, updated.stdout + updated.stderr)
        self.assertEqual(self.version(self.meupdate("info")), IMAGE_VERSION)
        server.kill()
        server.wait()
        info = run("meupdate", "info", "--device", "sim:" + MACHINE, "--state", self.state)
        self.assertEqual(self.version(info), IMAGE_VERSION, info.stderr)
        self.serve()
        self.assertEqual(self.version(self.meupdate("info")), IMAGE_VERSION)

    def test_a_machine_that_is_killed_while_it_is_updated_can_be_updated_again(self):
        image = self.image()
        server, _ = self.serve("--set", OVER_HECI)
        words = [program("meupdate"), "update", image, "--yes", "--device", "vfio-user:" + self.heci, "--tpm", "none"]
        before = self.flash()
        with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as update:
            while update.poll() is None and self.flash() == before:
                pass  # the first operation that reaches the file
            server.kill()
            server.wait()
            self.assertNotEqual(update.wait(60), 0)
        self.assertNotEqual(self.flash(), before)
        self.serve()
        again = self.update(image)
        self.assertEqual(again.returncode, 0, again.stdout + again.stderr)
        self.assertEqual(self.version(self.meupdate("info")), IMAGE_VERSION)

    def test_an_update_goes_through_its_tpm(self):
        owner = os.path.join(self.folder, "owner.txt")
        with open(owner, "w") as file:
            file.write("owner\n")
        image = self.image()
        self.serve("--set", "tpm.state.active=true", "--set", 'tpm.state.owner_secret="passphrase"',
                   "--set", 'tpm.state.owner_passphrase="owner"')
        tpm = "swtpm:" + self.tpm
        self.assertIn("8721", self.update(image, "--via", "heci", tpm=tpm).stderr)
        updated = self.update(image, "--via", "tpm", "--owner-passphrase-file", owner, tpm=tpm)
        self.assertEqual(updated.returncode, 0, updated.stdout + updated.stderr)
        self.assertEqual(self.version(self.meupdate("info")), IMAGE_VERSION)

    def test_the_tpms_state_is_the_machines_however_the_process_ends(self):
        for number in (signal.SIGTERM, signal.SIGKILL):
            shutil.rmtree(self.state, ignore_errors=True)
            server, _ = self.serve("--set", "tpm.state.active=true")
            self.disable_tpm()
            server.send_signal(number)
            server.wait(30)
            status = run("meupdate", "tpm", "status", "--device", "sim:" + MACHINE, "--state", self.state)
            self.assertRegex(status.stdout, r"mode +disabled", number)

    def disable_tpm(self):
        """As a monitor whose BIOS shows physical presence."""
        data, handed_over = socket.socketpair()
        with data, handed_over, socket.socket(socket.AF_UNIX) as control:
            for peer in (data, control):
                peer.settimeout(30)
            control.connect(self.tpm)
            socket.send_fds(control, [bytes.fromhex("00000010")], [handed_over.fileno()])
            self.assertEqual(control.recv(4096), bytes(4))
            control.sendall(bytes.fromhex("00000002 00000000"))
            self.assertEqual(control.recv(4096), bytes(4))
            for command in (TPM_STARTUP, *SHOW_PRESENCE, TPM_PHYSICAL_DISABLE):
                data.sendall(command)
                self.assertEqual(data.recv(4096), SUCCESS)

    def flash(self):
        with open(os.path.join(self.state, "flash.bin"), "rb") as file:
            return file.read()

    def test_heci_alone_can_be_served(self):
        _, said = self.serve("--heci-only")
        self.assertNotIn("TPM", said)
        self.assertFalse(os.path.exists(self.tpm))

    def test_sockets_can_be_named(self):
        heci, tpm = os.path.join(self.folder, "h"), os.path.join(self.folder, "t")
        self.serve("--vfio-user", heci, "--swtpm", tpm)
        self.heci, self.tpm = heci, tpm
        self.assertEqual(self.meupdate("info").returncode, 0)
        self.assertEqual(self.frame(ASK_MAKER), INTC)

    def test_a_socket_that_cannot_be_made_leaves_no_machine_and_no_other_socket(self):
        nowhere = os.path.join(self.folder, "no-folder", "socket")
        other = os.path.join(self.folder, "other")
        for words in (["--vfio-user", nowhere], ["--vfio-user", other, "--swtpm", nowhere]):
            failed = run("mesim", "serve", "--machine", MACHINE, "--state", self.state, *words)
            self.assertEqual(failed.returncode, 3, words)
            self.assertIn(nowhere, failed.stderr)
            self.assertFalse(os.path.exists(self.state), words)
            self.assertFalse(os.path.exists(other), words)

    def test_what_makes_no_sense_is_refused(self):
        state = os.path.join(self.folder, "unused")
        for words, said in ((["--machine", "nonesuch", "--vfio-user", "x"], "nonesuch"),
                            (["--state", state], "no machine is given"),
                            (["--machine", MACHINE, "--state", state, "--swtpm", "x", "--heci-only"], "--heci-only"),
                            (["--machine", "desktop-q35", "--state", state, "--swtpm", "x"], "has no TPM"),
                            (["--machine", MACHINE], "--vfio-user"),
                            (["--machine", "desktop-q35", "--swtpm", "x"], "has no TPM"),
                            (["--machine", MACHINE, "--vfio-user", "y" * 200], "shorter"),
                            (["--machine", MACHINE, "--swtpm", "x", "--heci-only"], "--heci-only")):
            refused = run("mesim", "serve", *words)
            self.assertEqual(refused.returncode, 2, words)
            self.assertIn(said, refused.stderr)
            self.assertFalse(os.path.exists(state), words)


if __name__ == "__main__":
    PROGRAMS = os.path.abspath(sys.argv.pop(1))
    sys.argv[1:] = ["Serve." + name if "." not in name else name for name in sys.argv[1:]]
    unittest.main()
