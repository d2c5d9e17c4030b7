#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""An owner's stick (scripts/live-image) starts a computer with a simulated board, and its menu is used.

Usage: stick_test.py PROGRAMS PLUGIN TREE [TEST...]. PROGRAMS is the folder of mesim and meupdate; PLUGIN the device plugin.
"""
import hashlib
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAMS = PLUGIN = TREE = ""
MACHINE = "esprimo-e5730"
OLD = "5.0.1.1111"
NEW = "5.2.70.1046"
FIRMWARE = "/usr/share/ovmf/OVMF.fd"
# How long a computer that has much else to do may take for the next words.
PATIENCE = 240


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


class Computer:
    """QEMU with the board, the stick on a USB port, and a disk of its own. Its keyboard is QEMU's monitor, its screen for
    us the first serial port."""

    def __init__(self, folder, stick, options=()):
        self.folder = folder
        self.said = ""
        self.line = self.listen("serial")
        self.monitor = self.listen("monitor")
        disk, board = self.path("disk"), self.path("board")
        if not os.path.exists(disk):
            with open(disk, "wb") as file:
                file.truncate(8 << 20)
        self.process = subprocess.Popen(
            ["qemu-system-x86_64", "-M", "q35", "-m", "256", "-cpu", "Penryn,+rdrand", "-display", "none", "-nodefaults",
             "-vga", "std", "-no-reboot", "-plugin", PLUGIN,
             # Its time is that of its instructions: on a computer with much else to do GRUB would count down unseen.
             "-icount", "shift=4",
             "-device", f"ich-heci,id=me,addr=3.0,machine={TREE}/scenarios/machines/{MACHINE}.toml,state={board},"
             "set=settings.enabled_update_interfaces=1",
             "-device", "itpm-tis,me=me", "-smbios", "type=11,value=mebench-simulated-board",
             "-device", "qemu-xhci", "-drive", f"if=none,id=stick,format=raw,file={stick}",
             "-device", "usb-storage,drive=stick,removable=on,bootindex=0",
             "-drive", f"if=none,id=disk,format=raw,file={disk}", "-device", "ide-hd,drive=disk",
             "-serial", f"unix:{self.path('serial')}", "-monitor", f"unix:{self.path('monitor')}", *options],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.line, self.monitor = self.accept(self.line), self.accept(self.monitor)

    def path(self, name):
        return os.path.join(self.folder, name)

    def listen(self, name):
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(self.path(name))
        listener.listen(1)
        listener.settimeout(PATIENCE)
        return listener

    @staticmethod
    def accept(listener):
        with listener:
            connection, _ = listener.accept()
        return connection

    def press_until_it_starts(self, key):
        """GRUB waits five seconds for a key; when those are is not ours to know."""
        end = time.monotonic() + PATIENCE
        self.line.settimeout(1)
        while time.monotonic() < end:
            self.monitor.sendall(f"sendkey {key}\n".encode())
            try:
                self.said += self.line.recv(4096).decode(errors="replace")
                return
            except TimeoutError:
                continue
        raise AssertionError("nothing came on the serial port")

    def until(self, words):
        """What it says up to `words`; pages of `more` are turned."""
        self.line.settimeout(PATIENCE)
        while words not in self.said:
            if "--More--" in self.said:
                self.said = self.said.replace("--More--", "", 1)
                self.line.sendall(b" ")
            try:
                more = self.line.recv(4096)
            except TimeoutError:
                more = b""
            if not more:
                raise AssertionError(f"{words!r} did not come: {self.said[-2000:]}")
            self.said += more.decode(errors="replace").replace("\r", "")
        before, _, self.said = self.said.partition(words)
        return re.sub(r"\s*\([0-9]+% of [0-9]+ bytes\)\s*", "\n", before)

    def type(self, text):
        self.line.sendall(text.encode() + b"\n")

    def choose(self, number):
        self.until("Your choice? ")
        self.type(number)

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stderr.close()
        self.line.close()
        self.monitor.close()


class Stick(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        cls.stick = os.path.join(scratch.name, "stick.iso")
        made = subprocess.run([f"{TREE}/scripts/live-image", "--programs", PROGRAMS, cls.stick],
                              capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stdout + made.stderr

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def done(self, *command):
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        return ran.stdout

    def fat(self):
        """The stick's first partition, as mtools name it: at the offset that the partition table tells."""
        with open(self.stick, "rb") as file:
            table = file.read(512)[446:462]
        return f"{self.stick}@@{int.from_bytes(table[8:12], 'little') * 512}"

    def start(self, options=()):
        computer = Computer(self.folder, self.stick, options)
        self.addCleanup(computer.end)
        computer.press_until_it_starts("s")
        return computer

    def test_the_menu_looks_gathers_and_plans_and_writes_nothing(self):
        image = self.path("new.bin")
        self.done(f"{PROGRAMS}/mesim", "image", "build", "--machine", MACHINE, "--version", NEW, "--size", "65536", "--output", image)
        self.done("mcopy", "-o", "-i", self.fat(), image, "::/new.bin")
        computer = self.start()
        computer.choose("1")
        self.assertIn(OLD, computer.until("Enter goes back"))
        computer.type("")
        flash = digest(self.path("board/flash.bin"))

        computer.choose("2")
        computer.until("[y/N]")
        computer.type("y")
        computer.until("Done: board-1.tar is on the stick.")
        computer.type("")

        computer.choose("3")
        self.assertIn("1  new.bin", computer.until("Which one? "))
        computer.type("1")
        self.assertIn("nothing was written", computer.until("Enter goes back"))
        computer.type("")

        computer.choose("4")
        self.assertIn("# Real boards", computer.until("Enter goes back"))
        computer.type("")
        computer.choose("0")
        self.assertEqual(computer.process.wait(timeout=PATIENCE), 0)

        self.assertEqual(digest(self.path("board/flash.bin")), flash, "the board's flash")
        self.assertEqual(digest(self.path("disk")), hashlib.sha256(bytes(8 << 20)).hexdigest(), "the computer's disk")
        self.done("mcopy", "-i", self.fat(), "::/board-1.tar", self.path("board.tar"))
        self.done(f"{PROGRAMS}/mesim", "board", "from", self.path("board.tar"), "--output", self.path("board.toml"))
        with open(self.path("board.toml"), encoding="utf-8") as profile:
            self.assertIn(OLD, profile.read())


if __name__ == "__main__":
    PROGRAMS, PLUGIN, TREE = (os.path.abspath(sys.argv.pop(1)) for _ in range(3))
    sys.argv[1:] = ["Stick." + name if "." not in name else name for name in sys.argv[1:]]
    unittest.main()
