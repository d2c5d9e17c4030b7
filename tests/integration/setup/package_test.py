#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""scripts/package, with packaging tools that only write down what they are asked.

Usage: package_test.py TREE [TEST...]. TREE is this project's folder, of which the scripts are copied.
"""
import os
import shutil
import subprocess
import sys
import unittest

from scripts_tree import ScriptsTree


class Package(ScriptsTree):
    def setUp(self):
        super().setUp()
        self.write("debian/changelog", "mebench (1.2.3) unstable; urgency=medium\n")
        self.write("kept", "in the commit")
        for words in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "all"]):
            subprocess.run(["git", "-C", self.tree, *words], check=True)
        self.write("not-kept", "in no commit")
        self.stub("dh", "")
        self.stub("dpkg-buildpackage", "ls; echo built; : >../mebench_1.2.3_amd64.deb; : >../mebench_1.2.3_amd64.changes\n")
        self.stub("lintian", 'echo "lintian $*"\n')

    def package(self, **more):
        return self.run_script("scripts/package", **more)

    def test_packs_what_the_commit_has(self):
        done = self.package()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        seen = self.read("build/package/build.log").split()
        self.assertIn("kept", seen)
        self.assertNotIn("not-kept", seen)
        self.assertIn("mebench_1.2.3_amd64.deb", done.stdout.splitlines()[-1])

    def test_has_lintian_look_at_what_was_made(self):
        self.assertRegex(self.package().stdout, r"(?m)^lintian --fail-on error,warning .*/mebench_1\.2\.3_amd64\.changes$")
        self.stub("lintian", "echo 'E: mebench: wrong'; exit 2\n")
        done = self.package()
        self.assertEqual(done.returncode, 1)
        self.assertIn("E: mebench: wrong", done.stdout)

    def test_a_build_that_fails_shows_its_end(self):
        self.stub("dpkg-buildpackage", "echo 'it broke here'; exit 2\n")
        done = self.package()
        self.assertEqual(done.returncode, 1)
        self.assertIn("it broke here", done.stderr)
        self.assertIn("package: the build failed", done.stderr)

    def test_a_long_build_says_that_it_goes_on(self):
        self.stub("dpkg-buildpackage", "echo '[3/9] Building'; sleep 2.3; : >../mebench_1.2.3_amd64.deb\n")
        self.assertRegex(self.package(TELL_EVERY="1").stdout, r"(?m)^packaging: 3 of 9 \(after \d+ s\)$")

    def test_tools_that_are_missing_are_named_with_the_command_that_installs_them(self):
        os.remove(os.path.join(self.bin, "dh"))
        os.remove(os.path.join(self.bin, "lintian"))
        for name in ("bash", "dirname", "sed", "git", "tr"):
            os.symlink(shutil.which(name), os.path.join(self.bin, name))
        done = self.package(PATH=self.bin)
        self.assertEqual(done.returncode, 1)
        self.assertIn("package: missing: dh lintian. Run: scripts/setup package", done.stderr)


def main():
    ScriptsTree.TREE = sys.argv[1]
    unittest.main(argv=["package_test.py", *sys.argv[2:]])


if __name__ == "__main__":
    main()
