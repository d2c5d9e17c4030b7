# SPDX-License-Identifier: BSD-3-Clause
"""A tree that has this project's scripts and nothing else, and programs of a test's own in front of the computer's."""
import os
import shutil
import subprocess
import tempfile
import unittest


class ScriptsTree(unittest.TestCase):
    TREE = ""  # this project's folder

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.tree = os.path.join(scratch.name, "tree")
        self.home = os.path.join(scratch.name, "home")
        self.bin = os.path.join(scratch.name, "bin")
        os.makedirs(self.bin)
        shutil.copytree(os.path.join(self.TREE, "scripts"), os.path.join(self.tree, "scripts"))

    def write(self, name, text):
        path = os.path.join(self.tree, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def read(self, name):
        with open(os.path.join(self.tree, name), encoding="utf-8") as file:
            return file.read()

    def stub(self, name, text):
        """A program."""
        path = os.path.join(self.bin, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\n" + text)
        os.chmod(path, 0o755)

    def replace_script(self, name, text):
        self.write("scripts/" + name, "#!/bin/sh\n" + text)

    def run_script(self, script, *words, **more):
        environment = {"PATH": self.bin + ":" + os.environ["PATH"], "HOME": self.home, "TERM": "dumb", **more}
        return subprocess.run(["bash", script, *words], cwd=self.tree, env=environment, capture_output=True, text=True,
                              timeout=100, check=False)
