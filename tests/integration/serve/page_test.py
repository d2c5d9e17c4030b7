#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""The QEMU command lines of docs/serve.md, as they stand there, in front of a served machine.

Usage: page_test.py PROGRAMS SOURCE_DIR [TEST...]. PROGRAMS is the folder of mesim and meupdate.
"""
import os
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

PROGRAMS = SOURCE = ""
# What "..." stands for: nothing on a screen, a monitor to ask, no processor that runs.
QUIET = "-nodefaults -display none -S -monitor stdio"


def command_lines():
    with open(os.path.join(SOURCE, "docs", "serve.md"), encoding="utf-8") as page:
        text = page.read()
    lines = re.findall(r"(?m)^    (\S*qemu\S* (?:.*\\\n)*.*)", text)
    return [line.replace("\\\n", " ") for line in lines]


class Page(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name
        os.symlink(os.path.join(SOURCE, "build"), os.path.join(self.folder, "build"))
        server = subprocess.Popen([os.path.join(PROGRAMS, "mesim"), "serve", "--machine", "esprimo-e5730", "--state", "board",
                                   "--fast"], cwd=self.folder, stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.end, server)
        while not server.stdout.readline().startswith("ready"):
            self.assertIsNone(server.poll())

    @staticmethod
    def end(server):
        server.kill()
        server.wait()
        server.stdout.close()

    def ask(self, line, question):
        words = shlex.split(line.replace("...", QUIET))
        done = subprocess.run(words, cwd=self.folder, input=f"{question}\nquit\n", capture_output=True, text=True, timeout=100,
                              check=False)
        self.assertEqual(done.returncode, 0, line + done.stdout + done.stderr)
        return done.stdout

    def test_each_command_line_gives_qemu_the_devices_that_it_names(self):
        lines = command_lines()
        self.assertEqual(len(lines), 2)
        for line in lines:
            self.assertIn("tpm-tis", self.ask(line, "info tpm"), line)
            if "vfio-user-pci" in line:
                self.assertIn("8086:2e14", self.ask(line, "info pci"), line)

    def test_the_line_of_the_page_is_for_a_qemu_that_knows_the_device(self):
        with_function = [line for line in command_lines() if "vfio-user-pci" in line]
        self.assertEqual([line.split()[0] for line in with_function], ["build/guest/vfio-user-qemu/run"])


if __name__ == "__main__":
    PROGRAMS, SOURCE = (os.path.abspath(sys.argv.pop(1)) for _ in range(2))
    sys.argv[1:] = ["Page." + name if "." not in name else name for name in sys.argv[1:]]
    unittest.main()
