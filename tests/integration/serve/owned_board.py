# SPDX-License-Identifier: BSD-3-Clause
"""A test with a small served board whose TPM has an owner, and images for it."""
import os
import subprocess
import tempfile
import unittest

MACHINE = "esprimo-e5730"
SIZE = 65536
BOARD = [
    "flash.code_size=65536",
    "flash.part=MX25L3205D",
    "tpm.state.owner_secret=passphrase",
    'tpm.state.owner_passphrase="correct horse"',
    "tpm.state.active=true",
]


class OwnedBoard(unittest.TestCase):
    PROGRAMS = ""  # the folder of mesim and meupdate

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name
        self.state = os.path.join(self.folder, "board")
        self.owner = os.path.join(self.folder, "owner.txt")
        with open(self.owner, "w", encoding="ascii") as file:
            file.write("correct horse")

    def program(self, name):
        return os.path.join(self.PROGRAMS, name)

    def serve(self, values, *options):
        """Starts it, and gives the process once it is ready."""
        words = [self.program("mesim"), "serve", "--machine", MACHINE, "--state", self.state, *options]
        for value in values:
            words += ["--set", value]
        server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.addCleanup(self.kill, server)
        self.assertTrue(any(line.startswith("ready") for line in server.stdout), "it never served")
        return server

    @staticmethod
    def kill(server):
        server.kill()
        server.wait()
        server.stdout.close()

    def image(self, version):
        path = os.path.join(self.folder, version + ".bin")
        words = ["image", "build", "--machine", MACHINE, "--version", version, "--size", str(SIZE), "--output", path]
        built = subprocess.run([self.program("mesim"), *words], capture_output=True, text=True, timeout=100)
        self.assertEqual(built.returncode, 0, built.stderr)
        return path

    def device(self):
        return ["--device", f"vfio-user:{self.state}/heci.sock", "--tpm", f"swtpm:{self.state}/tpm.sock"]
