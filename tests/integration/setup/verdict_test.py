#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""The verdict of scripts/test, with a real ctest and tests that are made for it: what was not tried is named.

Usage: verdict_test.py TREE [TEST...]. TREE is this project's folder, of which the scripts are copied.
"""
import json
import os
import sys
import unittest

from scripts_tree import ScriptsTree

PROJECT = """cmake_minimum_required(VERSION 3.25)
project(tried LANGUAGES NONE)
enable_testing()
add_test(NAME Passes COMMAND true)
"""
SKIPPED = """
add_test(NAME Says.SomethingElse COMMAND echo "there is no such device here")
set_tests_properties(Says.SomethingElse PROPERTIES SKIP_REGULAR_EXPRESSION "no such device")
add_test(NAME Ends.WithAnotherStatus COMMAND sh -c "exit 77")
set_tests_properties(Ends.WithAnotherStatus PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME Switched.Off COMMAND true)
set_tests_properties(Switched.Off PROPERTIES DISABLED TRUE)
"""
FAILING = """
add_test(NAME Fails COMMAND false)
"""


class Verdict(ScriptsTree):
    def setUp(self):
        super().setUp()
        presets = [{"name": name, "generator": "Ninja", "binaryDir": "${sourceDir}/build/${presetName}"}
                   for name in ("release", "asan")]
        tests = [{"name": name, "configurePreset": name} for name in ("release", "asan")]
        self.write("CMakePresets.json", json.dumps({"version": 6, "configurePresets": presets, "testPresets": tests}))
        self.replace_script("setup", "exit 0\n")
        self.replace_script("build", 'cmake --preset "$1"\n')
        os.chmod(os.path.join(self.tree, "scripts/setup"), 0o755)

    def verdict(self, project):
        self.write("CMakeLists.txt", project)
        done = self.run_script("scripts/test")
        self.assertIn("== Verdict ==", done.stdout, done.stdout + done.stderr)
        return done.returncode, done.stdout[done.stdout.index("== Verdict =="):]

    def test_nothing_is_named_where_every_test_ran(self):
        status, verdict = self.verdict(PROJECT)
        self.assertEqual(status, 0, verdict)
        self.assertNotIn("Not all could be tried", verdict)
        self.assertTrue(verdict.endswith("\n100% tests passed, 0 tests failed out of 1\n"), verdict)

    def test_each_test_that_did_not_run_is_named_whatever_the_reason(self):
        status, verdict = self.verdict(PROJECT + SKIPPED)
        self.assertEqual(status, 0, verdict)
        for preset in ("release", "asan"):
            self.assertIn(f"Not all could be tried: in {preset} did not run:\n", verdict)
        for line in ("Says.SomethingElse (Skipped)", "Ends.WithAnotherStatus (Skipped)", "Switched.Off (Disabled)"):
            self.assertEqual(verdict.count(f"  {line}\n"), 2, verdict)
        self.assertRegex(verdict, r"\n100% tests passed, 0 tests failed out of \d\n$")

    def test_they_are_named_beside_tests_that_fail(self):
        status, verdict = self.verdict(PROJECT + SKIPPED + FAILING)
        self.assertEqual(status, 1, verdict)
        self.assertIn("  Says.SomethingElse (Skipped)\n", verdict)
        self.assertNotIn("  Fails", verdict)

    def test_what_was_not_built_is_named(self):
        self.write("cmake/left_out.cmake", self.of_project("cmake/left_out.cmake"))
        status, verdict = self.verdict(PROJECT + 'include(cmake/left_out.cmake)\nleft_out("swtpm is missing: no TPM")\n')
        self.assertEqual(status, 0, verdict)
        self.assertIn("Not all could be tried: not in the release build:\n  swtpm is missing: no TPM\n", verdict)

    def test_what_could_not_be_fetched_is_named(self):
        self.write("build/guest/left-out", "the guest's kernel: no guests\n")
        status, verdict = self.verdict(PROJECT)
        self.assertEqual(status, 0, verdict)
        self.assertIn("scripts/setup could not fetch:\n  the guest's kernel: no guests\n", verdict)

    def of_project(self, name):
        with open(os.path.join(self.TREE, name), encoding="utf-8") as file:
            return file.read()


if __name__ == "__main__":
    ScriptsTree.TREE = os.path.abspath(sys.argv.pop(1))
    unittest.main()
