#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""How the project is configured by somebody who wants the programs, and by developers.

Usage: configure_test.py TREE CMAKE [TEST...]. TREE is this project's folder.
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

TREE = CMAKE = ""
# As if they were not installed: asking for one is an error.
ABSENT = ["-DCMAKE_DISABLE_FIND_PACKAGE_GTest=ON", "-DCMAKE_DISABLE_FIND_PACKAGE_benchmark=ON"]


class Configure(unittest.TestCase):
    def configure(self, *options):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        done = subprocess.run([CMAKE, "-S", TREE, "-B", scratch.name, "-G", "Ninja", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON",
                               *options], capture_output=True, text=True, check=False)
        return done, scratch.name

    def commands(self, folder):
        with open(os.path.join(folder, "compile_commands.json"), encoding="utf-8") as file:
            return json.load(file)

    def test_without_tests_no_test_library_is_needed(self):
        for static in ("OFF", "ON"):
            done, folder = self.configure("-DBUILD_TESTING=OFF", "-DMEBENCH_BENCHMARKS=OFF", "-DMEUPDATE_STATIC=" + static,
                                          *ABSENT)
            self.assertEqual(done.returncode, 0, done.stderr)
            sources = {os.path.relpath(command["file"], TREE) for command in self.commands(folder)}
            self.assertIn("scenarios/cli/main.cpp", sources)
            self.assertEqual([source for source in sources if source.startswith(("tests/", "bench/"))], [])

    def test_with_tests_it_is(self):
        done, _ = self.configure("-DMEBENCH_BENCHMARKS=OFF", *ABSENT)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("GTest", done.stderr)

    def test_warnings_are_errors_where_somebody_asks_for_it(self):
        for option, wanted in (("OFF", False), ("ON", True)):
            done, folder = self.configure("-DBUILD_TESTING=OFF", "-DMEBENCH_BENCHMARKS=OFF", "-DMEBENCH_WERROR=" + option)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual({"-Werror" in command["command"].split() for command in self.commands(folder)}, {wanted})

    def test_developers_presets_ask_for_it_and_release_does_not(self):
        with open(os.path.join(TREE, "CMakePresets.json"), encoding="utf-8") as file:
            presets = json.load(file)["configurePresets"]
        asking = {preset["name"] for preset in presets if preset["cacheVariables"].get("MEBENCH_WERROR") == "ON"}
        self.assertEqual(asking, {"debug", "asan", "clang"})
        done, folder = self.configure("-DBUILD_TESTING=OFF", "-DMEBENCH_BENCHMARKS=OFF")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("-Werror", self.commands(folder)[0]["command"])


if __name__ == "__main__":
    TREE, CMAKE = os.path.abspath(sys.argv.pop(1)), sys.argv.pop(1)
    unittest.main()
