#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""What the manuals promise, held against the programs: options, exit statuses, JSON documents.

Usage: manuals_test.py BIN_DIR SOURCE_DIR [unittest arguments].
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import jsonschema

BIN = SOURCE = None
PROGRAMS = ["meupdate", "mesim"]
MACHINES = {"desktop-q35", "esprimo-e5730", "esprimo-e5730-windows", "thinkpad-t400"}  # at least
PAGES = {"meupdate": ["meupdate.md"], "mesim": ["mesim.md", "reproduce.md", "serve.md", "guest.md"]}
OPTION = re.compile(r"(?<![\w/-])(--[a-z][a-z-]+)")


def run(program, *arguments, **more):
    return subprocess.run([BIN / program, *map(str, arguments)], capture_output=True, text=True, check=False, **more)


def commands_of(program, above=()):
    """Every command that --help names, the program itself first: [], ["info"], ["tpm"], ["tpm", "status"] ..."""
    found = [list(above)]
    block = re.search(r"(?m)^Subcommands:\n((?:  .*\n)+)", run(program, *above, "--help").stdout)
    for name in re.findall(r"(?m)^  (\S+)", block.group(1)) if block else []:
        found += commands_of(program, [*above, name])
    return found


def choices_of(program, command):
    """{"--format": "text|json"}: the options that take one of a few words."""
    return dict(re.findall(r"(?m)^  (--[a-z-]+) (\S+\|\S+)", run(program, *command, "--help").stdout))


def synopses(program):
    """The command lines at the head of the program's page, with their options, each with what goes on below it."""
    head = re.search(rf"(?m)^    {program} .*\[.*\n(?:    .*\n)+", (SOURCE / "docs" / PAGES[program][0]).read_text()).group()
    return re.sub(r"\n {5,}", " ", head).splitlines()


def options_of(program):
    """The options that --help lists, over all commands."""
    found = set()
    for command in commands_of(program):
        for line in run(program, *command, "--help").stdout.splitlines():
            if re.match(r"  (-\w,)?--", line):
                found |= set(OPTION.findall(line))
    return found - {"--help"}


def man_page(program):
    return (SOURCE / "docs" / "man" / f"{program}.1").read_text().replace("\\-", "-")


def pages(program):
    return "\n".join((SOURCE / "docs" / page).read_text() for page in PAGES[program])


class Options(unittest.TestCase):
    def test_every_option_stands_in_the_man_page_and_in_the_documentation(self):
        for program in PROGRAMS:
            for name, text in [("man page", man_page(program)), ("docs", pages(program))]:
                missing = options_of(program) - set(OPTION.findall(text))
                self.assertEqual(missing, set(), f"{program}: not in the {name}")

    def test_every_option_of_a_man_page_is_one(self):
        others = {"--device", "--format"}  # of meupdate, in mesim's examples
        for program in PROGRAMS:
            self.assertEqual(set(OPTION.findall(man_page(program))) - options_of(program) - others, set(), program)

    def test_every_command_stands_in_the_man_page(self):
        for program in PROGRAMS:
            commands = commands_of(program)
            self.assertGreater(len(commands), 5, program)
            for command in filter(None, commands):
                self.assertIn(" ".join([program, *command]), man_page(program))

    def test_every_synopsis_lists_the_words_that_an_option_takes(self):
        compared = 0
        for command in filter(None, commands_of("meupdate")):
            for option, words in choices_of("meupdate", command).items():
                for line in synopses("meupdate"):
                    shown = re.search(rf"{option} ([^\s\]]+)", line)
                    if not re.match(rf" +meupdate {' '.join(command)}\b", line) or not shown:
                        continue
                    self.assertEqual(shown.group(1), words, line)
                    compared += 1
        self.assertGreaterEqual(compared, 6)

    def test_every_command_has_a_help_that_says_what_it_is_for(self):
        for program in PROGRAMS:
            for command in commands_of(program):
                helped = run(program, *command, "--help")
                self.assertEqual((helped.returncode, helped.stderr), (0, ""), command)
                self.assertRegex(helped.stdout, r"^\w+", command)


class Surroundings(unittest.TestCase):
    OF_TESTS = {"kVariable"}  # bugs that a preset of its own plants
    NAMED_BY = {"kMachinesVariable": "MEBENCH_MACHINES", "variable": None, "runner.total": None, "runner.status_file": None}
    ROOMS_OF = {"meupdate": ["base", "os", "config", "emulator/machine", "updater"], "mesim": ["scenarios", "emulator/machine"]}

    def variables_of(self, program):
        """What the rooms that a program is made of ask the environment for."""
        found = set()
        for path in (path for room in self.ROOMS_OF[program] for path in (SOURCE / room).rglob("*.cpp")):
            text = path.read_text()
            for asked in set(re.findall(r"getenv\(([^)]*)\)", text)) - self.OF_TESTS:
                if asked.startswith('"'):
                    found.add(asked.strip('"'))
                elif self.NAMED_BY[asked] is None:  # a table's row
                    found |= set(re.findall(r'"([A-Z_]*SHARD[A-Z_]*)"', text))
                else:
                    found.add(self.NAMED_BY[asked])
        return found

    def section(self, program, name):
        return re.search(rf"(?s)\n\.SH {name}\n(.*?)\n\.SH ", man_page(program)).group(1)

    def test_every_variable_that_is_asked_for_stands_in_the_man_page(self):
        for program, some in {"meupdate": {"TERM"}, "mesim": {"XDG_CACHE_HOME", "GTEST_SHARD_INDEX"}}.items():
            wanted = self.variables_of(program)
            self.assertLessEqual({"MEBENCH_MACHINES"} | some, wanted)
            listed = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b|\b[A-Z]{3,}\b", "\n".join(
                line for line in self.section(program, "ENVIRONMENT").splitlines() if line.startswith((".B ", ".BR ")))))
            self.assertEqual(listed, wanted, program)

    def test_files_are_told(self):
        for program in PROGRAMS:
            self.assertIn("PREFIX/share/mebench/machines", self.section(program, "FILES"))


def exit_statuses_of(page):
    """The numbers of the first table, or else of the first sentence, of a manual's exit statuses."""
    table, sentence = re.search(r"\| exit status \|.*\n\|[-|]+\n((?:\|.*\n)+)|Exit status: ([^.]*)\.", page).groups()
    if table:
        return re.findall(r"(?m)^\| (\d+) \|", table)
    return re.findall(r"(?:^|,\s)(\d+) ", sentence)


class ExitStatuses(unittest.TestCase):
    def test_of_meupdate_are_the_same_in_its_help_and_every_manual(self):
        explained = re.findall(r"(?m)^exit +(\d+)", run("meupdate", "explain", "all").stdout)
        man = re.findall(r"(?m)^\.B (\d+)$", man_page("meupdate"))
        page = re.findall(r"(?m)^\| (\d+) \|", pages("meupdate").split("## Exit status")[1])
        self.assertEqual(explained, [str(n) for n in [*range(9), *range(20, 30)]])
        self.assertEqual(man, explained)
        self.assertEqual(page, explained)
        helped = re.search(r"(?s)Exit status: (.*?)\.\n", run("meupdate", "--help").stdout).group(1)
        self.assertEqual(re.findall(r"(?:^|,\s)(\d+) ", helped), explained)

    def test_of_every_command_of_mesim_are_the_same_in_its_help_and_its_manual(self):
        for command, (page, after) in {
            "run": ("mesim.md", "# mesim"),
            "image build": ("mesim.md", "## image build"),
            "board import": ("mesim.md", "## board import"),
            "board from": ("mesim.md", "## board from"),
            "recording show": ("mesim.md", "## recording show"),
            "recording from": ("mesim.md", "## recording from"),
            "replay": ("mesim.md", "## replay"),
            "machines": ("mesim.md", "## machines"),
            "bench": ("mesim.md", "## bench"),
            "explore": ("explore.md", ""),
            "merge": ("explore.md", "## On several machines"),
            "coverage": ("explore.md", "## What was reached"),
            "list": ("mesim.md", "## list"),
            "show": ("mesim.md", "## show"),
            "trace": ("mesim.md", "## trace"),
            "trace diff": ("mesim.md", "### trace diff"),
            "trace pcapng": ("mesim.md", "### trace pcapng"),
            "trace perfetto": ("mesim.md", "### trace perfetto"),
            "reproduce": ("reproduce.md", ""),
            "serve": ("serve.md", ""),
            "guest": ("guest.md", ""),
        }.items():
            helped = re.search(r"(?s)Exit status: (.*?)\.\n", run("mesim", *command.split(), "--help").stdout)
            self.assertIsNotNone(helped, command)
            text = (SOURCE / "docs" / page).read_text()
            manual = exit_statuses_of(text[text.index(after) :])
            self.assertEqual(re.findall(r"\b\d+\b", helped.group(1)), manual, command)


class Json(unittest.TestCase):
    """Every kind of document that meupdate prints keeps to its schema."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.image = cls.built("esprimo-e5730", "5.2.70.1046")
        (cls.folder / "secret").write_text("owner\n")
        (cls.folder / "wrong").write_text("nonsense\n")

    @classmethod
    def built(cls, machine, version, *arguments):
        path = cls.folder / f"{machine}-{version}{''.join(arguments)}.bin"
        done = run("mesim", "image", "build", "--machine", machine, "--version", version, "--output", path, *arguments)
        assert done.returncode == 0, done.stderr
        return path

    def held(self, schema, text):
        document = json.loads(text)
        folder = SOURCE / "docs" / "schema"
        known = {f"{folder.as_uri()}/{path.name}": json.loads(path.read_text()) for path in folder.iterdir()}
        rules = known[f"{folder.as_uri()}/{schema}.schema.json"]
        resolver = jsonschema.RefResolver(f"{folder.as_uri()}/", rules, store=known)
        jsonschema.Draft202012Validator(rules, resolver=resolver).validate(document)
        return document

    def test_info_of_every_machine(self):
        machines = [line.split()[0] for line in run("mesim", "machines").stdout.splitlines()]
        self.assertLessEqual(MACHINES, set(machines))
        for machine in machines:
            document = self.held("info", run("meupdate", "info", "--device", f"sim:{machine}", "--format", "json").stdout)
            self.assertEqual(document["device"], f"sim:{machine}")

    def test_info_without_a_tpm_and_of_recovery_code(self):
        self.held("info", run("meupdate", "info", "--device", "sim:esprimo-e5730", "--set", "tpm.fitted=false",
                              "--format", "json").stdout)
        board = self.folder / "torn"
        shown = ["info", "--device", "sim:esprimo-e5730", "--state", board, "--format", "json"]
        run("meupdate", *shown)
        flash = bytearray((board / "flash.bin").read_bytes())
        manifests = [at.start() - 0x1C for at in re.finditer(rb"\$MAN", bytes(flash))]
        for at in manifests[1:]:  # the first is the recovery code's
            flash[at + 0x184] ^= 1
        (board / "flash.bin").write_bytes(flash)
        self.assertTrue(self.held("info", run("meupdate", *shown).stdout)["recovery_mode"])

    def test_info_of_no_device(self):
        done = run("meupdate", "info", "--device", "/dev/no-such-mei", "--format", "json")
        self.assertEqual(done.returncode, 3)
        self.assertIn("/dev/no-such-mei", self.held("info", done.stdout)["error"]["reason"])

    def test_every_line_of_a_trace_and_every_kind_that_the_schema_knows(self):
        library = SOURCE / "scenarios" / "library"
        stories = [library / name for name in [
            "power/cut-while-staging.toml", "bad-host-input/registers.toml", "bad-host-input/bus-messages.toml",
            "tpm-chip/lockout.toml", "flash/torn-while-staging.toml"]]
        trace = run("mesim", "run", *stories, "--trace", "-")
        self.assertEqual(trace.returncode, 0, trace.stderr)
        rules = json.loads((SOURCE / "docs" / "schema" / "trace.schema.json").read_text())
        validator = jsonschema.Draft202012Validator(rules)
        kinds = set()
        for line in trace.stdout.splitlines():
            record = json.loads(line)
            kinds.add(record["kind"])
            validator.validate(record)
        self.assertEqual(kinds, self.kinds_of(rules))
        page = (SOURCE / "docs" / "mesim.md").read_text().split("### Traces")[1]
        for shape in rules["oneOf"]:
            row = next(row for row in page.splitlines() if row.startswith("| `" + self.names_of(shape)[0] + "`"))
            for word in [*self.names_of(shape), *set(shape["properties"]) - {"t_ns", "kind"}]:
                self.assertIn(f"`{word}`", row)

    @staticmethod
    def names_of(shape):
        kind = shape["properties"]["kind"]
        return kind.get("enum") or [kind["const"]]

    def kinds_of(self, rules):
        return {name for shape in rules["oneOf"] for name in self.names_of(shape)}

    def test_image_of_no_file(self):
        done = run("meupdate", "image", "/no/such/file", "--format", "json")
        self.assertEqual(done.returncode, 2)
        self.assertIn("/no/such/file", self.held("image", done.stdout)["error"]["reason"])

    def test_image_of_every_kind_and_of_none(self):
        for kind in ["update", "region", "flash"]:
            image = self.built("esprimo-e5730", "5.2.70.1046", "--kind", kind)
            self.assertTrue(self.held("image", run("meupdate", "image", image, "--format", "json").stdout)["sound"])
        for name, spoil in [("short", lambda b: b[:100]), ("text", lambda b: b"no image at all"),
                            ("hash", lambda b: b[:0x5000] + b"\0" + b[0x5001:]), ("cut", lambda b: b[:-4096])]:
            path = self.folder / name
            path.write_bytes(spoil(self.image.read_bytes()))
            document = self.held("image", run("meupdate", "image", path, "--format", "json").stdout)
            self.assertFalse(document["sound"], name)
            self.assertTrue(document["defects"], name)

    def test_update_however_it_ends(self):
        over_heci = ["--set", "settings.enabled_update_interfaces=1"]
        known = ["--set", "tpm.state.owner_secret=passphrase", "--set", "tpm.state.active=true"]
        older = self.built("esprimo-e5730", "5.0.0.1")
        broken = self.folder / "broken"
        broken.write_bytes(b"no image")
        for exit_status, arguments in [
                (0, [self.image, "-y", *over_heci]),
                (0, [self.image, "--dry-run", *over_heci]),
                (0, [self.image, "-y", *known, "--owner-passphrase-file", self.folder / "secret"]),
                (1, [older, "-y", *over_heci, "--allow-downgrade", "--set", "update.allow_downgrade=false"]),
                (2, [self.folder / "gone", "-y"]),
                (2, [self.image, "-y", "--log", self.folder / "no" / "log"]),
                (3, [self.image, "-y", "--device", "/dev/nonesuch"]),
                (4, [self.built("esprimo-e5730", "5.0.1.1111"), "-y", *over_heci]),
                (5, [self.image, *over_heci]),
                (5, [self.image, "-y", "--via", "heci"]),
                (5, [broken, "-y"]),
                (20, [self.image, "-y", "--tpm", "none"]),
                (23, [self.image, "-y", "--owner-passphrase-file", self.folder / "secret"]),
                (24, [self.image, "-y"]),
                (25, [self.image, "-y", *known, "--owner-passphrase-file", self.folder / "wrong"]),
                (27, [self.image, "-y", "--set", "tpm.state.ownership=unowned", "--set", "tpm.state.active=true"])]:
            device = [] if "--device" in arguments else ["--device", "sim:esprimo-e5730"]
            done = run("meupdate", "update", *arguments, *device, "--format", "json", stdin=subprocess.DEVNULL)
            self.assertEqual(done.returncode, exit_status, arguments)
            self.assertEqual(self.held("update", done.stdout)["exit"], exit_status, arguments)

    def test_progress_line_by_line(self):
        out, into = os.pipe()
        with open(out, encoding="utf-8") as lines:
            running = subprocess.Popen([BIN / "meupdate", "update", self.image, "-y", "--device", "sim:esprimo-e5730", "--set",
                                        "settings.enabled_update_interfaces=1", "--progress-fd", str(into)], pass_fds=[into],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            os.close(into)
            documents = [self.held("progress", line) for line in lines]
        self.assertEqual(running.wait(), 0)
        self.assertGreater(len(documents), 100)
        self.assertEqual(documents[-1]["exit"], 0)

    def test_results_of_a_run_whatever_they_are(self):
        data = SOURCE / "tests" / "scenarios" / "data"
        story = self.folder / "good.toml"
        story.write_text('schema = 1\ntitle = "good"\nmachine = "esprimo-e5730"\n[[step]]\nwait = "1s"\n')
        results = self.folder / "results.json"
        self.assertEqual(run("mesim", "run", story, data, "--json", results).returncode, 2)
        document = self.held("run", results.read_text())
        self.assertEqual({s["verdict"] for s in document["scenarios"]}, {"passed", "failed", "script_error"})

    def test_tpm_status_and_check_owner(self):
        board = ["--device", "sim:esprimo-e5730", "--format", "json"]
        for extra in [[], ["--set", "tpm.fitted=false"], ["--set", "tpm.state.self_test=failed"],
                      ["--set", "tpm.state.ownership=no_ek"], ["--tpm", "none"]]:
            self.held("tpm-status", run("meupdate", "tpm", "status", *board, *extra).stdout)
            self.held("tpm-check-owner", run("meupdate", "tpm", "check-owner", *board, *extra, "--owner-passphrase-file",
                                             self.folder / "secret").stdout)
        self.held("tpm-check-owner", run("meupdate", "tpm", "check-owner", *board, stdin=subprocess.DEVNULL).stdout)


class KeptFormats(unittest.TestCase):
    def test_their_numbers_in_the_manual_are_the_programs(self):
        numbers = {"kFolderFormat": ("emulator/attach/state_folder.h", "state folder"),
                   "kDescriptionFormat": ("emulator/attach/state_folder.h", "`machine.json`"),
                   "kTraceFormat": ("emulator/trace/trace_writer.h", "trace"),
                   "kSavedFormat": ("emulator/machine/saved_header.h", "snapshot")}
        page = (SOURCE / "docs" / "mesim.md").read_text()
        for name, (header, what) in numbers.items():
            number = re.search(rf"{name} = (\d+);", (SOURCE / header).read_text()).group(1)
            row = re.search(rf"(?m)^\| {re.escape(what)}.*", page).group()
            self.assertEqual(row.split("|")[3].strip(), number, what)


def main():
    global BIN, SOURCE
    BIN, SOURCE = Path(sys.argv[1]), Path(sys.argv[2])
    unittest.main(argv=["manuals_test.py", *sys.argv[3:]])


if __name__ == "__main__":
    main()
