#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Programs that are not ours find a served board at /dev/mei0 and /dev/tpm0: Debian's Python, whose calls are libc's.

Usage: devices_test.py PROGRAMS [TEST...]. PROGRAMS is the folder of mesim and mesim-devices.
"""
import os
import subprocess
import sys
import tempfile
import unittest

PROGRAMS = ""
# What a program needs to know of linux/mei.h, and the client for firmware updates (its GUID as the wire has it).
TOOLS = r"""
import errno, fcntl, os, select, struct, sys, uuid
CONNECT, NOTIFY_SET = 0xC0104801, 0x40044802
FWU = uuid.UUID("309dcde8-ccb1-4062-8f78-600115a34327").bytes_le
def opened(flags=0):
    return os.open("/dev/mei0", os.O_RDWR | flags)
def connect(file, guid=FWU):
    data = bytearray(guid)
    fcntl.ioctl(file, CONNECT, data)
    return struct.unpack_from("<IB", data)
def number(call, *words):
    try:
        call(*words)
    except OSError as error:
        return errno.errorcode[error.errno]
    return "none"
def line(path):
    with open(path) as file:
        return file.readline().strip()
"""


class Devices(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        cls.board = os.path.join(scratch.name, "board")
        server = subprocess.Popen([f"{PROGRAMS}/mesim", "serve", "--machine", "esprimo-e5730", "--state", cls.board, "--fast"],
                                  stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(server.stdout.close)
        cls.addClassCleanup(server.wait)
        cls.addClassCleanup(server.kill)
        assert any(text.startswith("ready") for text in server.stdout)

    def devices(self, *program):
        return subprocess.run([f"{PROGRAMS}/mesim-devices", self.board, "--", *program], capture_output=True, text=True,
                              check=False, timeout=60)

    def python(self, script):
        """The lines that it prints."""
        done = self.devices("/usr/bin/python3", "-c", TOOLS + script)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout.splitlines()

    def test_a_client_is_connected_and_answers(self):
        said = self.python("""
file = opened()
print(*connect(file))
os.write(file, bytes(4))                # FWU GET_VERSION
reply = os.read(file, 512)
print(len(reply), *struct.unpack_from("<4H", reply, 32))
""")
        # 52 bytes are the reply of ME 4 and 5; the profile's version.
        self.assertEqual(said[1], "52 5 0 1 1111")
        self.assertGreaterEqual(int(said[0].split()[0]), 512)

    def test_poll_tells_when_an_answer_is_there(self):
        said = self.python("""
file = opened()
connect(file)
print(len(select.select([file], [], [], 0.2)[0]))
os.write(file, bytes(4))
print(len(select.select([file], [], [], 30)[0]))
os.read(file, 512)
print(len(select.select([file], [], [], 0.2)[0]))
""")
        self.assertEqual(said, ["0", "1", "0"])

    def test_a_file_that_shall_not_wait_does_not(self):
        self.assertEqual(self.python("""
file = opened(os.O_NONBLOCK)
connect(file)
print(number(os.read, file, 512))
"""), ["EAGAIN"])

    def test_errors_are_the_drivers(self):
        self.assertEqual(self.python("""
file = opened()
print(number(os.write, file, bytes(4)))
print(number(connect, file, bytes(16)))
print(number(fcntl.ioctl, file, NOTIFY_SET, struct.pack("<I", 1)))
longest, _ = connect(file)
print(number(os.write, file, bytes(longest + 1)))
print(number(connect, file))
"""), ["ENODEV", "ENOTTY", "ENOTSUP", "EFBIG", "EBUSY"])

    def test_a_second_program_finds_the_client_free_again(self):
        for _ in range(2):
            self.assertEqual(len(self.python("print(*connect(opened()))")), 1)

    def test_sys_tells_of_the_board(self):
        self.assertEqual(self.python("""
print(line("/sys/class/mei/mei0/fw_status"))
print(line("/sys/class/mei/mei0/device/vendor"), line("/sys/class/mei/mei0/device/device"))
print(line("/sys/class/tpm/tpm0/tpm_version_major"))
"""), ["3009065A", "0x8086 0x2e14", "1"])

    def test_the_tpm_answers(self):
        # TPM_GetCapability, property "maker": TPM 1.2 Main Part 3, 7.1, and the Esprimo's vendor in its answer.
        self.assertEqual(self.python("""
file = os.open("/dev/tpm0", os.O_RDWR)
os.write(file, bytes.fromhex("00c10000001600000065000000050000000400000103"))
print(os.read(file, 4096)[14:18].decode())
"""), ["INTC"])

    def test_a_programs_end_is_told(self):
        self.assertEqual(self.devices("sh", "-c", "exit 7").returncode, 7)
        self.assertEqual(self.devices("sh", "-c", "kill -9 $$").returncode, 137)
        self.assertEqual(self.devices("/no/such/program").returncode, 125)

    def test_a_static_program_is_refused_and_a_guest_is_named(self):
        done = self.devices("/sbin/ldconfig", "--version")
        self.assertEqual(done.returncode, 125)
        self.assertIn("static program", done.stderr)
        self.assertIn("mesim guest", done.stderr)

    def test_without_a_board_nothing_starts(self):
        done = subprocess.run([f"{PROGRAMS}/mesim-devices", "/no/board", "--", "echo", "started"], capture_output=True, text=True,
                              check=False)
        self.assertEqual((done.returncode, done.stdout), (125, ""))


if __name__ == "__main__":
    PROGRAMS = os.path.abspath(sys.argv.pop(1))
    sys.argv[1:] = ["Devices." + name if "." not in name else name for name in sys.argv[1:]]
    unittest.main()
