#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""QEMU's snapshots and its migration, with a board in QEMU's process and with a served TPM.

Usage: snapshot_test.py PROGRAMS [TEST...]. PROGRAMS is the folder of mesim and meupdate.
"""
import hashlib
import os
import socket
import subprocess
import sys
import tempfile
import unittest

PROGRAMS = ""
MACHINE = "esprimo-e5730"
QEMU = "qemu-system-x86_64"
NEW = "5.2.70.1046"
OLD = "5.0.1.1111"
PROMPT = b"(qemu) "

# What the guest's scripts can do. A line from this side comes through the serial port of the command's output.
TOOLS = r"""
version() { meupdate info | sed -n 's/^  running version *//p'; }
link() { echo $(cat /sys/class/mei/mei0/dev_state); }
warnings() { dmesg -r | grep -E '^<[0-4]>' | grep -iE 'mei|0000:00:03.0|tpm'; }
update() { meupdate update 5.2.70.1046.bin -y >/tmp/said 2>&1 || cat /tmp/said; }
pcr15() { sed -n 's/^PCR-15: //p' /sys/class/tpm/tpm0/device/pcrs; }
extend_pcr15() {
  exec 5<>/dev/tpm0
  printf '\000\301\000\000\000\042\000\000\000\024\000\000\000\017AAAAAAAAAAAAAAAAAAAA' >&5
  dd bs=64 count=1 <&5 2>/dev/null | od -A n -t x1 | head -n 1 | cut -c 1-31
  exec 5>&-
}
wait_here() { echo "waiting"; read -r line </dev/ttyS1; }
"""
EXTENDED = "00 c4 00 00 00 1e 00 00 00 00"
# PCR-15 untouched, and extended once by 20 bytes of 41h.
NEVER = bytes(20).hex(" ").upper()
ONCE = hashlib.sha1(bytes(20) + b"A" * 20).digest().hex(" ").upper()


class Guest:
    """`mesim guest`, whose QEMU has a monitor, a drive for snapshots, and a line to the guest."""

    def __init__(self, folder, script, options=(), qemu_options=""):
        self.folder = tempfile.mkdtemp(dir=folder)
        self.monitor = None
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.path("monitor"))
        self.listener.listen(1)
        self.listener.settimeout(200)
        os.mkfifo(self.path("line"))
        with open(self.path("drive"), "wb") as drive:
            drive.truncate(1 << 20)
        with open(self.path("script"), "w", encoding="ascii") as file:
            file.write(TOOLS + script)
        with open(self.path("qemu"), "w", encoding="ascii") as file:
            file.write(f"""#!/bin/sh
exec {QEMU} "$@" -monitor unix:{self.path("monitor")} \\
  -drive if=none,id=vm,format=raw,file={self.path("drive")},snapshot=on {qemu_options} <>{self.path("line")}
""")
        os.chmod(self.path("qemu"), 0o700)
        self.process = subprocess.Popen(
            [os.path.join(PROGRAMS, "mesim"), "guest", "--machine", MACHINE, "--qemu", self.path("qemu"),
             *options, "--file", self.path("script"), "--limit", "550", "--", "sh", "/files/script"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def path(self, name):
        return os.path.join(self.folder, name)

    def until_waiting(self):
        """The lines it printed until it waits."""
        said = []
        for line in self.process.stdout:
            if line.strip() == b"waiting":
                return said
            said.append(line.decode().strip())
        raise AssertionError("the guest ended: " + "\n".join(said))

    def go_on(self):
        with open(self.path("line"), "w", encoding="ascii") as line:
            line.write("\n")

    def order(self, command):
        """A command of QEMU's monitor, and what it answers."""
        if self.monitor is None:
            self.monitor, _ = self.listener.accept()
            self.monitor.settimeout(200)
            self.answer()
        self.monitor.sendall(command.encode() + b"\n")
        return self.answer()

    def until_loaded(self):
        """Until what came through -incoming runs; what is written to the guest before is lost."""
        while "running" not in self.order("info status"):
            pass

    def answer(self):
        said = b""
        while not said.endswith(PROMPT):
            more = self.monitor.recv(4096)
            if not more:
                break
            said += more
        return said.decode()

    def rest(self):
        """The lines it prints until it ends, and its status."""
        said = [line.decode().strip() for line in self.process.stdout]
        return said, self.process.wait()

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.listener.close()
        if self.monitor is not None:
            self.monitor.close()


class Snapshot(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def boot(self, script, options=(), qemu_options=""):
        guest = Guest(self.folder, script, options, qemu_options)
        self.addCleanup(guest.end)
        return guest

    def image(self):
        path = self.path(NEW + ".bin")
        if not os.path.exists(path):
            built = subprocess.run([os.path.join(PROGRAMS, "mesim"), "image", "build", "--machine", MACHINE,
                                    "--version", NEW, "--size", "65536", "--output", path],
                                   capture_output=True, check=False)
            self.assertEqual(built.returncode, 0)
        return path

    def board_options(self):
        return ["--set", "settings.enabled_update_interfaces=1", "--set", "tpm.state.active=true",
                "--file", self.image()]

    def done(self, guest, command):
        """A command that says nothing when all is well."""
        answer = guest.order(command)
        self.assertNotIn("rror", answer, command)

    def save_to_file(self, guest, path):
        self.done(guest, f'migrate "exec:cat >{path}"')
        self.assertIn("completed", guest.order("info migrate"))
        guest.order("quit")
        guest.rest()

    def test_a_snapshot_brings_the_board_back_with_its_flash_and_its_tpm(self):
        state = self.path("board")
        guest = self.boot(r"""
version; pcr15
wait_here
link; version; pcr15
warnings
extend_pcr15; pcr15
update
version
wait_here
""", [*self.board_options(), "--state", state])
        self.assertEqual(guest.until_waiting(), [OLD, NEVER])
        self.done(guest, "savevm before")
        with open(os.path.join(state, "flash.bin"), "rb") as file:
            flash = file.read()
        expected = ["ENABLED", OLD, NEVER, EXTENDED, ONCE, NEW]
        guest.go_on()
        self.assertEqual(guest.until_waiting(), expected)
        self.done(guest, "loadvm before")
        with open(os.path.join(state, "flash.bin"), "rb") as file:
            self.assertTrue(file.read() == flash, "the folder keeps the snapshot's flash")
        guest.go_on()
        self.assertEqual(guest.until_waiting(), expected)
        guest.go_on()
        self.assertEqual(guest.rest(), ([], 0))

    def test_a_board_moves_to_another_qemu(self):
        script = r"""
update
extend_pcr15
dmesg -c >/dev/null
wait_here
link; version; pcr15
warnings
exit 7
"""
        guest = self.boot(script, self.board_options())
        self.assertEqual(guest.until_waiting(), [EXTENDED])
        self.save_to_file(guest, self.path("saved"))
        moved = self.boot(script, self.board_options(), f'-incoming "exec:cat {self.path("saved")}"')
        moved.until_loaded()
        moved.go_on()
        said, status = moved.rest()
        self.assertEqual(said, ["ENABLED", NEW, ONCE])
        self.assertEqual(status, 7)

    def test_a_board_of_other_values_does_not_take_a_snapshot(self):
        guest = self.boot("wait_here\n", ["--no-tpm"])
        guest.until_waiting()
        self.save_to_file(guest, self.path("saved"))
        other = self.boot("wait_here\n", ["--no-tpm", "--set", "settings.enabled_update_interfaces=1"],
                          f'-incoming "exec:cat {self.path("saved")}"')
        said, status = other.rest()
        self.assertIn("with other profile values", "\n".join(said))
        self.assertEqual(status, 125)

    def serve_tpm(self, name):
        """A TPM at a socket, for QEMU's "emulator" back end."""
        path = self.path(name)
        server = subprocess.Popen([os.path.join(PROGRAMS, "mesim"), "serve", "--machine", MACHINE, "--swtpm", path,
                                   "--set", "tpm.state.active=true"], stdout=subprocess.PIPE, text=True)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        self.assertTrue(any(line.startswith("ready") for line in server.stdout))
        return f"-chardev socket,id=tpm,path={path} -tpmdev emulator,id=tpm,chardev=tpm -device tpm-tis,tpmdev=tpm"

    def test_a_served_tpm_goes_back_and_moves_with_qemu(self):
        script = r"""
extend_pcr15
wait_here
pcr15; extend_pcr15
wait_here
"""
        options = ["--no-tpm", "--real-time"]
        guest = self.boot(script, options, self.serve_tpm("one"))
        self.assertEqual(guest.until_waiting(), [EXTENDED])
        self.done(guest, "savevm before")
        for _ in range(2):
            guest.go_on()
            self.assertEqual(guest.until_waiting(), [ONCE, EXTENDED])
            self.done(guest, "loadvm before")
        self.save_to_file(guest, self.path("saved"))
        moved = self.boot(script, options, self.serve_tpm("two") + f' -incoming "exec:cat {self.path("saved")}"')
        moved.until_loaded()
        moved.go_on()
        self.assertEqual(moved.until_waiting(), [ONCE, EXTENDED])
        moved.go_on()
        self.assertEqual(moved.rest(), ([], 0))


if __name__ == "__main__":
    PROGRAMS = os.path.abspath(sys.argv.pop(1))
    sys.argv[1:] = ["Snapshot." + name if "." not in name else name for name in sys.argv[1:]]
    unittest.main()
