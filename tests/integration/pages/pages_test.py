#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""The tutorials do what they say: their files are written, their commands run in order, and what they print is compared.

Of a page: a file is "`NAME`:" and the block behind it. A line "$ COMMAND" of an indented block is run by a shell; what
stands below it is printed, where a line "..." is any number of lines. It ends with 0, or the next command is "echo $?".

Usage: pages_test.py PROGRAMS SOURCE_DIR [TEST...]. PROGRAMS is the folder of mesim and meupdate.
"""
import os
import re
import subprocess
import sys
import tempfile
import unittest
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = SOURCE = None
FILE = re.compile(r"(?ms)`([\w./-]+)`[^`\n]*:\n\n```\w*\n(.*?)```|(?:^    [^\n]*\n)+")
# How long the computer took, and which commit it was: another each time.
VARIES = re.compile(r"\d[\d.]*m?s real|\([0-9a-f]{12}\+?\)")


@dataclass
class Command:
    line: str
    shown: list


def commands_of(block):
    command = None
    for line in (line[4:] for line in block.splitlines()):
        if line.startswith("$ "):
            if command:
                yield command
            command = Command(line[2:], [])
        elif command:
            command.shown.append(line)
    if command:
        yield command


def pattern_of(shown):
    parts = [r"(?:.*\n)*?" if line.strip() == "..." else re.escape(VARIES.sub("*", line.rstrip())) + r" *\n" for line in shown]
    return re.compile("".join(parts) + r"\Z")


class Pages(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        # As the packages have it, for who reads the page with them.
        (self.folder / "field-reports").symlink_to(SOURCE / "scenarios/field-reports")
        (self.folder / "examples").symlink_to(SOURCE / "examples")
        self.status = 0

    def shell(self, line):
        path = f"{PROGRAMS}:{os.environ['PATH']}"
        return subprocess.run(["sh", "-c", line], cwd=self.folder, env={**os.environ, "PATH": path, "TERM": "dumb"},
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)

    def follow(self, name):
        """How many commands of the page were run."""
        page = (SOURCE / "docs" / f"{name}.md").read_text(encoding="utf-8")
        ran = 0
        for found in FILE.finditer(page):
            if found[1]:
                (self.folder / found[1]).parent.mkdir(exist_ok=True, parents=True)
                (self.folder / found[1]).write_text(found[2], encoding="utf-8")
                continue
            for command in commands_of(found[0]):
                self.run_one(name, command)
                ran += 1
        self.assertEqual(self.status, 0, f"docs/{name}.md: the last command ended so")
        return ran

    def run_one(self, name, command):
        if command.line == "echo $?":
            self.assertEqual(command.shown[0], str(self.status), f"docs/{name}.md: the status before this")
            self.status = 0
            return
        self.assertEqual(self.status, 0, f"docs/{name}.md: the command before this ended so: {command.line}")
        done = self.shell(command.line)
        self.status = done.returncode
        if any(line.strip() for line in command.shown):
            printed = "".join(VARIES.sub("*", line.rstrip()) + "\n" for line in done.stdout.splitlines())
            if not pattern_of([line for line in command.shown if line.strip() or line in command.shown[:-1]]).match(printed):
                self.assertEqual(printed, "\n".join(command.shown), f"docs/{name}.md: {command.line}")

    def test_the_vendors_ci(self):
        self.assertGreaterEqual(self.follow("tutorial-ci"), 5)

    def test_the_support_engineer(self):
        self.assertGreaterEqual(self.follow("tutorial-support"), 5)

    def test_the_owner(self):
        self.assertGreaterEqual(self.follow("tutorial-owner"), 5)


if __name__ == "__main__":
    PROGRAMS, SOURCE = (Path(sys.argv.pop(1)).resolve() for _ in range(2))
    sys.argv[1:] = ["Pages." + name if "." not in name else name for name in sys.argv[1:]]
    unittest.main()
