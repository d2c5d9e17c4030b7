#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""scripts/build and what scripts/demo asks of it, with a cmake that builds nothing.

Usage: build_test.py TREE [TEST...]. TREE is this project's folder, of which the scripts are copied.
"""
import os
import sys
import unittest

from scripts_tree import ScriptsTree

# Writes down its words; as a build it says what CMAKE_SAYS does.
CMAKE = 'echo "$*" >>asked\ncase "$1" in --build) eval "$CMAKE_SAYS";; esac\n'
SLOW = 'for n in 1 2 3; do echo "[$n/3] Building CXX object room/file_$n.cpp.o"; sleep 1.2; done'
WARNS = "echo \"a.cpp:1:1: warning: unused variable 'x' [-Wunused-variable]\""


class Build(ScriptsTree):
    def setUp(self):
        super().setUp()
        self.stub("cmake", CMAKE)

    def build(self, *words, says=":", **more):
        return self.run_script("scripts/build", *words, CMAKE_SAYS=says, **more)

    def asked(self):
        return self.read("asked").splitlines()

    def test_programs_are_built_without_tests(self):
        self.assertEqual(self.build("release", "programs").returncode, 0)
        configure, build = self.asked()
        self.assertRegex(configure, r"^--preset release .*-DBUILD_TESTING=OFF")
        self.assertRegex(build, r"^--build --preset release --target mesim meupdate$")

    def test_tests_that_are_configured_stay(self):
        self.write("build/release/CMakeCache.txt", "BUILD_TESTING:UNINITIALIZED=ON\n")
        self.assertEqual(self.build("release", "programs").returncode, 0)
        self.assertNotIn("BUILD_TESTING", self.asked()[0])

    def test_without_a_word_all_is_built(self):
        self.assertEqual(self.build("asan").returncode, 0)
        self.assertRegex(self.asked()[0], r"^--preset asan\b(?!.*BUILD_TESTING)")
        self.assertEqual(self.asked()[1], "--build --preset asan")

    def test_a_pipe_is_told_now_and_then_how_far_it_is(self):
        done = self.build("release", says=SLOW, TELL_EVERY="1")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"\nbuilding: [12] of 3 \(after [1-9] s\)\n")
        self.assertIn("[3/3] Building CXX object room/file_3.cpp.o\n", self.read("build/release/build.log"))

    def test_a_short_build_tells_nothing(self):
        self.assertEqual(self.build("release", says='echo "[1/1] done"').stdout,
                         "building release (log: build/release/build.log)\n")

    def test_a_failing_build_shows_its_end_and_fails(self):
        done = self.build("release", says='echo "[1/2] Building x"; echo "x.cpp:1:1: error: no"; exit 1')
        self.assertEqual(done.returncode, 1)
        self.assertIn("x.cpp:1:1: error: no", done.stderr)

    def test_a_warning_is_an_error_for_ci_alone(self):
        self.assertEqual(self.build("release", says=WARNS).returncode, 0)
        done = self.build("release", says=WARNS, CI="true")
        self.assertEqual(done.returncode, 1)
        self.assertIn("[-Wunused-variable]", done.stderr)

    def test_the_demo_asks_for_the_programs_alone(self):
        for name in ("setup", "build"):
            self.replace_script(name, f'echo "{name} $*" >>asked\n[ {name} = setup ] || exit 9\n')
            os.chmod(os.path.join(self.tree, "scripts", name), 0o755)
        self.assertEqual(self.run_script("scripts/demo").returncode, 9)
        self.assertEqual(self.asked(), ["setup programs", "build release programs"])


if __name__ == "__main__":
    ScriptsTree.TREE = os.path.abspath(sys.argv.pop(1))
    unittest.main()
