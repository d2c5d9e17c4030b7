#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""`mesim serve` is killed (SIGKILL) at random moments of an update, and nothing that it had acknowledged is lost.

Usage: killed_serve_test.py PROGRAMS [TEST...]. PROGRAMS is the folder of mesim and meupdate.
MEBENCH_KILLS says how often (4), MEBENCH_SEED which moments (today's date): scripts/nightly kills it 1,000 times.
"""
import datetime
import os
import random
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAMS = ""
MACHINE = "esprimo-e5730"
SIZE = 65536
BOARD = [
    "flash.code_size=65536",
    "flash.part=MX25L3205D",
    "tpm.state.owner_secret=passphrase",
    'tpm.state.owner_passphrase="correct horse"',
    "tpm.state.active=true",
]
KILLS = int(os.environ.get("MEBENCH_KILLS", "4"))
SEED = os.environ.get("MEBENCH_SEED", datetime.date.today().isoformat())


def program(name):
    return os.path.join(PROGRAMS, name)


class KilledServe(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name
        self.state = os.path.join(self.folder, "board")
        self.owner = os.path.join(self.folder, "owner.txt")
        self.server = None
        self.settings = []
        self.addCleanup(self.kill)
        with open(self.owner, "w", encoding="ascii") as file:
            file.write("correct horse")

    def image(self, version):
        path = os.path.join(self.folder, version + ".bin")
        words = ["image", "build", "--machine", MACHINE, "--version", version, "--size", str(SIZE), "--output", path]
        built = subprocess.run([program("mesim"), *words], capture_output=True, text=True, timeout=100)
        self.assertEqual(built.returncode, 0, built.stderr)
        return path

    def serve(self):
        words = [program("mesim"), "serve", "--machine", MACHINE, "--state", self.state, "--fast", *self.settings]
        self.server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.assertTrue(any(line.startswith("ready") for line in self.server.stdout), "it never served")
        self.settings = []  # a state folder keeps them

    def kill(self):
        if self.server is None:
            return
        self.server.kill()
        self.server.wait()
        self.server.stdout.close()
        self.server = None

    def meupdate(self, *words):
        device = ["--device", f"vfio-user:{self.state}/heci.sock", "--tpm", f"swtpm:{self.state}/tpm.sock"]
        return subprocess.Popen([program("meupdate"), *words, *device], stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True)

    def update(self, version):
        return self.meupdate("update", self.image(version), "-y", "--owner-passphrase-file", self.owner)

    def die_with_its_board(self, updater):
        """What it had said by then, and 0 only if it had said that it was done: no program outlives its computer."""
        try:
            said, _ = updater.communicate(timeout=0.5)
        except subprocess.TimeoutExpired:
            updater.kill()
            said, _ = updater.communicate()
        return updater.returncode, said

    def finish(self, updater):
        said, _ = updater.communicate(timeout=200)
        return updater.returncode, said

    def running(self):
        status, said = self.finish(self.meupdate("info"))
        self.assertEqual(status, 0, said)
        return next(line.split()[-1] for line in said.splitlines() if "running version" in line)

    def updated(self, version):
        """The time that the whole update took, in seconds."""
        began = time.monotonic()
        status, said = self.finish(self.update(version))
        self.assertEqual(status, 0, said)
        return time.monotonic() - began

    def kill_again_and_again(self, interfaces):
        """Each round an update to the next version; the board's process dies somewhere on the way, and comes back."""
        moments = random.Random(SEED)
        self.settings = [word for value in [*BOARD, f"settings.enabled_update_interfaces={interfaces}"]
                         for word in ("--set", value)]
        self.serve()
        acknowledged = "5.2.70.2000"
        whole = self.updated(acknowledged)
        cut_short = 0
        for kill in range(1, KILLS + 1):
            wanted = f"5.2.70.{2000 + kill}"
            updater = self.update(wanted)
            time.sleep(moments.uniform(0, whole))
            self.kill()
            status, said = self.die_with_its_board(updater)
            told = f"kill {kill} of seed {SEED}: {said}"
            self.serve()
            runs = self.running()
            if status == 0:
                self.assertEqual(runs, wanted, told)
            else:
                cut_short += 1
                self.assertIn(runs, (acknowledged, wanted), told)
            if runs != wanted:
                self.updated(wanted)
            self.assertEqual(self.running(), wanted, told)
            acknowledged = wanted
        self.assertGreater(cut_short, 0, "no update was cut short: nothing was tried")

    def test_over_heci(self):
        self.kill_again_and_again(1)

    def test_through_the_tpm(self):
        self.kill_again_and_again(5)


if __name__ == "__main__":
    PROGRAMS = os.path.abspath(sys.argv.pop(1))
    unittest.main()
