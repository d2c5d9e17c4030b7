#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""What the shells offer, held against what --help lists: in bash, and in zsh and fish where they are installed.

Usage: completion_test.py BIN_DIR [TEST...].
"""
import functools
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

BIN = None
PROGRAMS = ["meupdate", "mesim"]

# Each reads the script, then command lines from the standard input, of which the last word is completed; what is offered
# stands on one line each, "<" and ">" around a command line's.
BASH = r"""
. "$1"
compopt() { :; }
while read -r -a typed; do
  COMP_WORDS=("${typed[@]}"); [[ ${typed[-1]} == . ]] && COMP_WORDS[-1]=
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); "_${typed[0]}"
  echo "<"; printf '%s\n' "${COMPREPLY[@]}"; echo ">"
done
"""
# In place of zsh's own functions, which want a terminal: what each of them would be told.
ZSH = r"""
_describe() { local name=$@[-1]; print -rl -- ${${(P)name}%%:*} }
_files() { print -rl -- FILES }
_message() { : }
compadd() { print -rl -- $@[2,-1] }
complete_line() { . "$script" }
script=$1
while read -r line; do
  words=(${=line}); [[ $words[-1] == . ]] && words[-1]=
  CURRENT=$#words; PREFIX=$words[-1]
  print "<"; complete_line; print ">"
done
"""
FISH = r"""
source $argv[1]
while read -l line
    echo "<"; complete -C (string replace -r ' \.$' ' ' -- $line) | string split -f 1 \t; echo ">"
end
"""
SHELLS = {"bash": ["bash", "--norc", "-c", BASH, "bash"], "zsh": ["zsh", "-f", "-c", ZSH, "zsh"], "fish": ["fish", "-N", "-c", FISH]}


def output_of(*command, **more):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True, **more).stdout


@functools.lru_cache(maxsize=None)
def help_of_words(program, *command):
    return output_of(BIN / program, *command, "--help")


def help_of(program, command):
    return help_of_words(program, *command)


def below(text):
    block = re.search(r"(?m)^Subcommands:\n((?:  .*\n)+)", text)
    return re.findall(r"(?m)^  ([a-z-]+)", block.group(1)) if block else []


def options(text):
    """As --help begins a line with them: "  -j,--jobs N", "  --format text|json"."""
    found = set()
    for names in re.findall(r"(?m)^  (-[^\s]+)", text):
        found |= set(names.split(","))
    return found


def choices(text):
    return {option: words.split("|") for option, words in re.findall(r"(?m)^  (--[a-z-]+) ([a-z][\w-]*(?:\|[a-z][\w-]*)+)(?:\s|$)", text)}


def commands_of(program, above=()):
    yield list(above)
    for name in below(help_of(program, above)):
        yield from commands_of(program, [*above, name])


class Offered(unittest.TestCase):
    shell = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        for name in ("here.toml", "there.bin"):
            Path(cls.folder.name, name).touch()
        Path(cls.folder.name, "below").mkdir()

    def offered(self, program, lines):
        """What is offered behind each of the command lines; "." stands for nothing typed yet."""
        script = Path(self.folder.name, program + ".completion")
        script.write_text(output_of(BIN / program, "completion", self.shell))
        environment = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "HOME": self.folder.name}
        told = output_of(*SHELLS[self.shell], script, input="".join(f"{program} {line}\n" for line in lines),
                         cwd=self.folder.name, env=environment)
        return [set(filter(None, block.split("\n"))) for block in re.findall(r"(?s)<\n(.*?)>\n", told)]

    def check_options(self):
        for program in PROGRAMS:
            commands = list(commands_of(program))
            self.assertGreater(len(commands), 5)
            answers = self.offered(program, [" ".join([*command, "--"]) for command in commands])
            for command, answer in zip(commands, answers, strict=True):
                wanted = {option for option in options(help_of(program, command)) if option.startswith("--")}
                self.assertEqual({word for word in answer if word.startswith("--")}, wanted, [program, *command])

    def check_commands(self):
        for program in PROGRAMS:
            commands = [command for command in commands_of(program) if below(help_of(program, command))]
            self.assertGreater(len(commands), 1)
            answers = self.offered(program, [" ".join([*command, "."]) for command in commands])
            for command, answer in zip(commands, answers, strict=True):
                self.assertLessEqual(set(below(help_of(program, command))), answer, [program, *command])

    def check_words(self):
        for program in PROGRAMS:
            asked = [(" ".join([*command, option, "."]), words) for command in commands_of(program)
                     for option, words in choices(help_of(program, command)).items()]
            self.assertGreater(len(asked), 2)
            answers = self.offered(program, [line for line, _ in asked])
            for (line, words), answer in zip(asked, answers, strict=True):
                self.assertEqual(answer, set(words), [program, line])


class Bash(Offered):
    shell = "bash"

    def test_every_option_of_every_command(self):
        self.check_options()

    def test_every_command(self):
        self.check_commands()

    def test_every_word_of_a_choice(self):
        self.check_words()

    def test_files_folders_and_machines_where_they_are_meant(self):
        files, folders, machines, number = self.offered(
            "mesim", ["run .", "serve --state .", "bench --set a --image there.bin esp", "run --jobs ."])
        self.assertLessEqual({"here.toml", "there.bin", "below"}, files)
        self.assertEqual(folders, {"below"})
        self.assertLessEqual({"esprimo-e5730", "esprimo-e5730-windows"}, machines)
        self.assertEqual(number & {"here.toml", "--junit"}, set())

    def test_a_value_is_no_command(self):
        self.assertEqual(self.offered("mesim", ["run --in guest --tr"]), [{"--trace"}])


class Zsh(Offered):
    shell = "zsh"

    def test_every_option_of_every_command(self):
        self.check_options()

    def test_every_command(self):
        self.check_commands()

    def test_every_word_of_a_choice(self):
        self.check_words()


class Fish(Offered):
    shell = "fish"

    def test_every_option_of_every_command(self):
        self.check_options()

    def test_every_command(self):
        self.check_commands()

    def test_every_word_of_a_choice(self):
        self.check_words()

    def test_files_where_they_are_meant(self):
        files, = self.offered("mesim", ["run ."])
        self.assertLessEqual({"here.toml", "there.bin"}, files)


def main():
    global BIN
    BIN = Path(sys.argv[1]).resolve()
    unittest.main(argv=["completion_test.py", *sys.argv[2:]])


if __name__ == "__main__":
    main()
