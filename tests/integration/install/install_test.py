#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""What `cmake --install` puts into a folder works there. install_test.py BUILD CMAKE [TEST]"""

import os
import subprocess
import sys
import tempfile
import unittest

BUILD = CMAKE = None


class Installed(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="mebench-install-")
        self.addCleanup(folder.cleanup)
        self.prefix = folder.name
        subprocess.run([CMAKE, "--install", BUILD, "--prefix", self.prefix], check=True, stdout=subprocess.DEVNULL)

    def run_there(self, program, *words):
        return subprocess.run([os.path.join(self.prefix, "bin", program), *words], cwd=self.prefix,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def test_machines_are_those_of_the_prefix(self):
        folder = os.path.join(self.prefix, "share/mebench/machines")
        os.rename(os.path.join(folder, "thinkpad-t400.toml"), os.path.join(folder, "only-here.toml"))
        told = self.run_there("mesim", "machines")
        self.assertEqual(told.returncode, 0, told.stdout)
        self.assertIn("only-here ", told.stdout)
        info = self.run_there("meupdate", "info", "--device", "sim:only-here")
        self.assertEqual(info.returncode, 0, info.stdout)
        self.assertIn("4.0.3.1124", info.stdout)

    def test_stories_run_there(self):
        told = self.run_there("mesim", "run", "share/mebench/library/clean-update", "--filter", "thinkpad")
        self.assertEqual(told.returncode, 0, told.stdout)
        self.assertRegex(told.stdout, r"\n[1-9][0-9]* scenarios?: [1-9][0-9]* passed, 0 failed")

    def test_manual_pages_are_there(self):
        for page in ("meupdate.1", "mesim.1"):
            self.assertTrue(os.path.exists(os.path.join(self.prefix, "share/man/man1", page)), page)


if __name__ == "__main__":
    BUILD, CMAKE = sys.argv.pop(1), sys.argv.pop(1)
    unittest.main()
