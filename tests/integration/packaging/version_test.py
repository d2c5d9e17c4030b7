#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""One version, and the commit behind it.

Usage: version_test.py BIN_DIR CMAKE TREE [TEST...].
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

BIN = CMAKE = TREE = None


def text_of(name):
    return Path(TREE, name).read_text(encoding="utf-8")


def version():
    return re.search(r"(?m)^project\(mebench VERSION ([0-9.]+)", text_of("CMakeLists.txt")).group(1)


class OneVersion(unittest.TestCase):
    def test_of_debians_changelog_is_the_projects(self):
        self.assertEqual(re.match(r"mebench \(([^)]*)\)", text_of("debian/changelog")).group(1), version())

    def test_of_the_changes_is_the_projects_with_the_dates_of_those_before(self):
        first, *before = re.findall(r"(?m)^## (.*)", text_of("CHANGELOG.md"))
        self.assertRegex(first, rf"^(Unreleased: {version()}|{version()}: \d+ [A-Z][a-z]+ 20\d\d)$")
        self.assertTrue(before)
        for heading in before:
            self.assertRegex(heading, r"^\d+\.\d+\.\d+: \d+ [A-Z][a-z]+ 20\d\d$")

    def test_is_what_the_programs_say(self):
        for program in ("meupdate", "mesim"):
            said = subprocess.run([BIN / program, "--version"], capture_output=True, text=True, check=True).stdout
            self.assertRegex(said, rf"^{program} {re.escape(version())}( \([0-9a-f]{{12}}\+?\))?\n$")

    def test_is_in_the_name_of_the_package_of_the_libraries(self):
        minor = version().rsplit(".", 1)[0]
        self.assertIn(f"Package: libmebench{minor}\n", text_of("debian/control"))
        for name in ("install", "lintian-overrides"):
            self.assertTrue(Path(TREE, f"debian/libmebench{minor}.{name}").exists(), name)


class Commit(unittest.TestCase):
    """cmake/program_version.cmake in a checkout that is made for it."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = Path(scratch.name)
        self.tree = self.make_tree(self.scratch / "tree")

    def make_tree(self, tree):
        (tree / "cmake").mkdir(parents=True)
        for name in ("cmake/program_version.cmake", "cmake/commit.txt", ".gitattributes"):
            shutil.copy(Path(TREE, name), tree / name)
        return tree

    def git(self, tree, *words):
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        return subprocess.run(["git", "-C", tree, *identity, *words], capture_output=True, check=True).stdout

    def commit(self, tree):
        self.git(tree, "init", "-q")
        self.git(tree, "add", "-A")
        self.git(tree, "commit", "-q", "-m", "all")
        return self.git(tree, "rev-parse", "HEAD").decode()[:12]

    def said(self, tree):
        made = self.scratch / "made.cpp"
        subprocess.run([CMAKE, f"-DSOURCE={tree}", "-DVERSION=1.2.3", f"-DOUTPUT={made}", "-P",
                        tree / "cmake/program_version.cmake"], check=True,
                       env={**os.environ, "GIT_CEILING_DIRECTORIES": str(self.scratch.parent)})
        return re.search(r'return "(.*)";', made.read_text(encoding="utf-8")).group(1)

    def test_of_a_checkout(self):
        commit = self.commit(self.tree)
        self.git(self.tree, "tag", "v1.2.3")
        self.assertEqual(self.said(self.tree), f"1.2.3 ({commit})")

    def test_and_changes_to_it(self):
        commit = self.commit(self.tree)
        with open(self.tree / "cmake/program_version.cmake", "a", encoding="utf-8") as file:
            file.write("\n")
        self.assertEqual(self.said(self.tree), f"1.2.3 ({commit}+)")

    def test_of_an_archive_that_git_made(self):
        commit = self.commit(self.tree)
        archive = self.scratch / "archive"
        archive.mkdir()
        subprocess.run(["tar", "-x", "-C", archive], input=self.git(self.tree, "archive", "HEAD"), check=True)
        self.assertEqual(self.said(archive), f"1.2.3 ({commit})")

    def test_of_no_checkout_is_none(self):
        self.assertEqual(self.said(self.tree), "1.2.3")

    def test_of_another_project_around_it_is_none_of_ours(self):
        below = self.make_tree(self.tree / "third_party/mebench")
        self.commit(self.tree)
        self.assertEqual(self.said(below), "1.2.3")


def main():
    global BIN, CMAKE, TREE
    BIN, CMAKE, TREE = Path(sys.argv[1]).resolve(), sys.argv[2], sys.argv[3]
    unittest.main(argv=["version_test.py", *sys.argv[4:]])


if __name__ == "__main__":
    main()
