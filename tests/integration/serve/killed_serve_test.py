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
import time
import unittest

from owned_board import BOARD, OwnedBoard

KILLS = int(os.environ.get("MEBENCH_KILLS", "4"))
SEED = os.environ.get("MEBENCH_SEED", datetime.date.today().isoformat())
MOST_ROUNDS = 10 * KILLS  # some updates have ended before their kill


class KilledServe(OwnedBoard):
    def serve_again(self):
        """As its state folder has it."""
        return self.serve([], "--fast")

    def meupdate(self, *words):
        return subprocess.Popen([self.program("meupdate"), *words, *self.device()], stdout=subprocess.PIPE,
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
        server = self.serve([*BOARD, f"settings.enabled_update_interfaces={interfaces}"], "--fast")
        acknowledged = "5.2.70.2000"
        whole = self.updated(acknowledged)
        rounds = cut_short = 0
        while rounds < KILLS or (cut_short == 0 and rounds < MOST_ROUNDS):
            rounds += 1
            wanted = f"5.2.70.{2000 + rounds}"
            updater = self.update(wanted)
            time.sleep(moments.uniform(0, whole))
            self.kill(server)
            status, said = self.die_with_its_board(updater)
            told = f"kill {rounds} of seed {SEED}: {said}"
            server = self.serve_again()
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
    OwnedBoard.PROGRAMS = os.path.abspath(sys.argv.pop(1))
    unittest.main()
