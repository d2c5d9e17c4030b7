#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""meupdate is killed (SIGKILL) while it sends an image to a served machine, and its own command goes on.

Usage: killed_update_test.py PROGRAMS [TEST...]. PROGRAMS is the folder of mesim and meupdate.
"""
import json
import os
import subprocess
import sys
import unittest

from owned_board import BOARD, SIZE, OwnedBoard

IMAGE_VERSION = "5.2.70.1046"


class KilledUpdate(OwnedBoard):
    def serve_slowly(self, interfaces):
        slow = ["update.data_processing=20ms", "tpm.timing.upgrade_block=1ms"]
        self.serve([*slow, *BOARD, f"settings.enabled_update_interfaces={interfaces}"])

    def command(self, image, *more):
        return [self.program("meupdate"), "update", image, *self.device(), "-y", "--owner-passphrase-file", self.owner, *more]

    def kill_in_transfer(self, command, after):
        """Once more than `after` bytes have arrived. Returns how many had."""
        lines, end = os.pipe()
        updater = subprocess.Popen([*command, "--progress-fd", str(end)], pass_fds=[end], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        os.close(end)
        sent = 0
        with open(lines, encoding="utf-8") as progress:
            for line in progress:
                sent = json.loads(line).get("bytes_done", 0)
                if sent > after:
                    break
            updater.kill()
        self.assertEqual(updater.wait(), -9, "it was to be killed in the transfer")
        self.assertLess(sent, SIZE)
        return sent

    def run_to_the_end(self, command):
        return subprocess.run(command, capture_output=True, text=True, timeout=200)

    def test_through_the_tpm_it_goes_on_where_it_stood(self):
        self.serve_slowly(5)
        command = self.command(self.image(IMAGE_VERSION))
        first = self.kill_in_transfer(command, 5000)
        second = self.kill_in_transfer(command, first + 5000)
        self.assertGreater(second, first)
        done = self.run_to_the_end(command)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f"of the {SIZE} bytes in the TPM: this one goes on there", done.stdout)
        self.assertIn(f"the device reports {IMAGE_VERSION}", done.stdout)

    def test_another_image_is_refused_until_the_first_is_taken_away(self):
        self.serve_slowly(5)
        self.kill_in_transfer(self.command(self.image(IMAGE_VERSION)), 5000)
        other = self.image("5.2.71.1050")
        refused = self.run_to_the_end(self.command(other))
        self.assertEqual(refused.returncode, 5, refused.stdout)
        self.assertIn(f"{SIZE} bytes announced", refused.stderr)
        self.assertIn("--abort-other", refused.stderr)
        done = self.run_to_the_end(self.command(other, "--abort-other"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("the device reports 5.2.71.1050", done.stdout)

    def test_over_heci_it_begins_anew(self):
        self.serve_slowly(1)
        command = self.command(self.image(IMAGE_VERSION))
        self.kill_in_transfer(command, 5000)
        done = self.run_to_the_end(command)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f"the device reports {IMAGE_VERSION}", done.stdout)


if __name__ == "__main__":
    OwnedBoard.PROGRAMS = os.path.abspath(sys.argv.pop(1))
    unittest.main()
