#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""docs/ci/*.yml do what they say: their shell steps run here, in a repository of a vendor's, in front of the programs.

Usage: ci_test.py BIN_DIR TREE [TEST...].
"""
import os
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import yaml

BIN = TREE = None
LIBRARY = "/usr/share/mebench/library"  # as the packages have it
FAILS = 'schema = 1\ntitle = "no"\nmachine = "ours"\n[[step]]\nmeupdate = ["info"]\nexpect = { exit = 1 }\n'


def page(name):
    return (TREE / "docs" / name).read_text(encoding="utf-8")


def story_of_the_page():
    return re.search(r"(?s)```toml\n(.*?)```", page("ci.md")).group(1)


def tests_of(path):
    """[(name, failures)] of a JUnit file."""
    return [(case.get("name"), len(case.findall("failure"))) for case in ElementTree.parse(path).iter("testcase")]


class Steps(unittest.TestCase):
    """A repository with a story and a machine of its own."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.repository = Path(scratch.name)
        for folder in ("stories", "machines"):
            (self.repository / folder).mkdir()
        (self.repository / "stories/update.toml").write_text(story_of_the_page())
        (self.repository / "machines/ours.toml").write_text('schema = 1\nextends = "esprimo-e5730"\n')
        (self.repository / "stories/ours.toml").write_text(FAILS.replace("exit = 1", "exit = 0"))

    def environment(self, variables):
        """As the runner would have it; of the library a part, and where this build has it."""
        known = {"PATH": f"{BIN}:{os.environ['PATH']}", "HOME": str(self.repository), "CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "2"}
        self.assertEqual(variables["MEBENCH_LIBRARY"], LIBRARY)
        return {**known, **variables, "MEBENCH_LIBRARY": str(TREE / "scenarios/library/clean-update")}

    def run_step(self, shell, script, variables):
        return subprocess.run([*shell, "-c", script], cwd=self.repository, env=self.environment(variables),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)


class GitHub(Steps):
    def setUp(self):
        super().setUp()
        self.job = yaml.safe_load(page("ci/github.yml"))["jobs"]["stories"]

    def run_all(self):
        """{step's name: exit status}, as the runner does: bash -eo pipefail, for that is the shell that the file asks for."""
        self.assertEqual(self.job["defaults"]["run"]["shell"], "bash")
        done = {}
        for step in self.job["steps"]:
            if "run" in step:
                ended = self.run_step(["bash", "-e", "-o", "pipefail"], step["run"], self.job["env"])
                done[step["name"]] = ended.returncode
        return done

    def test_runs_the_library_and_the_vendors_stories(self):
        done = self.run_all()
        self.assertEqual(set(done.values()), {0}, done)
        self.assertGreaterEqual(len(done), 3)
        self.assertGreater(len(tests_of(self.repository / "library.xml")), 3)
        self.assertEqual([failures for _, failures in tests_of(self.repository / "stories.xml")], [0, 0])

    def test_keeps_every_file_that_its_steps_write(self):
        kept = next(step["with"]["path"].split() for step in self.job["steps"] if "upload-artifact" in step.get("uses", ""))
        self.run_all()
        written = {path.name for path in self.repository.iterdir() if path.is_file()}
        self.assertEqual(set(kept), written)

    def test_a_story_that_fails_fails_its_step_alone(self):
        (self.repository / "stories/fails.toml").write_text(FAILS)
        done = self.run_all()
        self.assertEqual([name for name, status in done.items() if status != 0], ["Our own stories"])
        self.assertEqual(sum(failures for _, failures in tests_of(self.repository / "stories.xml")), 1)


class GitLab(Steps):
    def setUp(self):
        super().setUp()
        self.file = yaml.safe_load(page("ci/gitlab.yml"))

    def run_job(self, name):
        """As the runner does in a container without bash: every line of both scripts, up to the first that fails."""
        lines = [*self.file["default"]["before_script"], *self.file[name]["script"]]
        return self.run_step(["sh", "-e"], "\n".join(lines), self.file["variables"])

    def test_runs_the_library_in_shares(self):
        self.assertEqual(self.file["library"]["parallel"], 2)
        ended = self.run_job("library")
        self.assertEqual(ended.returncode, 0, ended.stdout)
        part = len(tests_of(self.repository / self.file["library"]["artifacts"]["reports"]["junit"]))
        whole = len(list((TREE / "scenarios/library/clean-update").glob("*.toml")))
        self.assertTrue(0 < part < whole, part)

    def test_runs_the_vendors_stories(self):
        ended = self.run_job("stories")
        self.assertEqual(ended.returncode, 0, ended.stdout)
        self.assertEqual(len(tests_of(self.repository / self.file["stories"]["artifacts"]["reports"]["junit"])), 2)
        for path in self.file["stories"]["artifacts"]["paths"]:
            self.assertTrue((self.repository / path).exists(), path)

    def test_a_story_that_fails_fails_the_job(self):
        (self.repository / "stories/fails.toml").write_text(FAILS)
        self.assertEqual(self.run_job("stories").returncode, 1)


class Container(unittest.TestCase):
    def test_calls_scripts_that_are_there_and_takes_the_packages_from_where_they_are_made(self):
        recipe = page("ci/Containerfile")
        scripts = re.findall(r"scripts/\w+", recipe)
        self.assertEqual(scripts, ["scripts/setup", "scripts/package"])
        for script in scripts:
            self.assertTrue(os.access(TREE / script, os.X_OK), script)
        self.assertIn("/mebench/build/package/*.deb", recipe)
        self.assertIn("out=$PWD/build/package\n", (TREE / "scripts/package").read_text())


def main():
    global BIN, TREE
    BIN, TREE = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    unittest.main(argv=["ci_test.py", *sys.argv[3:]])


if __name__ == "__main__":
    main()
