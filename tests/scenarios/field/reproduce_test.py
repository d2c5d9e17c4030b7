#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""mesim reproduce as a person meets it: exit statuses, the page, the JSON, the HTML in a browser, what it saves.

Usage: reproduce_test.py BIN_DIR SOURCE_DIR [unittest arguments].
"""
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import jsonschema

MESIM = REPORTS = SCHEMA = None


def run(*arguments):
    """Standard output, standard error and exit status of one mesim command."""
    done = subprocess.run([MESIM, *map(str, arguments)], capture_output=True, check=False)
    return done.stdout.decode(), done.stderr.decode(), done.returncode


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name, text):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path


def in_browser(test, page):
    """What a browser makes of the page: its document, with the scripts of the page (none) run, and its text."""
    browser = shutil.which("chromium")
    test.assertIsNotNone(browser, "no Chromium here: scripts/setup installs it")
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--virtual-time-budget=2000",
         f"--user-data-dir={page.parent}/browser", "--dump-dom", page.as_uri()],
        capture_output=True, check=False, timeout=120)
    document = done.stdout.decode()
    test.assertIn("</html>", document, done.stderr.decode())
    return document, re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", document))


class KernelLog(Folder):
    NEVER_STARTS = ("[   24.9] mei_me 0000:00:03.0: wait hw ready failed\n"
                    "[   24.9] mei_me 0000:00:03.0: hw_start failed ret = -62\n"
                    "[   24.9] mei_me 0000:00:03.0: link layer initialization failed.\n")

    def test_without_a_guest_the_reason_stands_there_and_the_answer_is_the_same(self):
        log = self.write("dmesg.txt", self.NEVER_STARTS)
        page, told = self.folder / "page.html", self.folder / "told.json"
        text, errors, status = run("reproduce", "--in", "guest", "--qemu", "no-such-qemu", "--html", page, "--json", told, log)
        self.assertEqual(status, 2, errors)
        self.assertIn("never became ready", text.splitlines()[0])
        self.assertRegex(text, "not booted: .*missing")
        boot, = json.loads(told.read_text())["boots"]
        jsonschema.validate(json.loads(told.read_text()), json.loads(SCHEMA.read_text()))
        self.assertEqual(boot["state"], "no_guest")
        self.assertIn("boot@1=ignore", boot["our_command"])
        self.assertNotIn(str(self.folder), page.read_text())
        self.assertIn('href="#kernels"', page.read_text())

    def test_a_boot_is_offered_and_not_made_unasked(self):
        text, _, status = run("reproduce", self.write("dmesg.txt", self.NEVER_STARTS))
        self.assertEqual(status, 2)
        self.assertIn("--in guest (some ten seconds)", text)


class Reproduce(Folder):
    def test_a_real_report_is_reproduced_and_all_that_is_written_is_sound(self):
        """One reproduction of each report: it takes the longest of all here."""
        for report in ["esprimo-e5730", "thinkpad-t400"]:
            with self.subTest(report=report):
                files = self.folder / report
                files.mkdir()
                out, err, status = run("reproduce", REPORTS / report, "--json", files / "r.json", "--html", files / "r.html",
                                       "--save-scenario", files / "s", "--save-profile", files / "p")
                self.assertEqual(status, 0, out + err)
                self.assertNotIn("DIFFERS", out)
                self.assertIn("Explanations: ", out)
                self.assertIn("Advice: ", out)
                self.json_keeps_to_its_schema(files / "r.json")
                self.page_needs_nothing_else(files / "r.html")
                self.profiles_load(files / "p")
                self.stories_pass(files / "s")
                if report == "esprimo-e5730":
                    self.stories_notice_a_changed_machine(files / "s")
                    self.browser_shows_all_of_it(files / "r.html")

    def json_keeps_to_its_schema(self, path):
        jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(json.loads(path.read_text()))

    def page_needs_nothing_else(self, page):
        self.assertEqual(re.findall(r"""(?:src|url)\s*[=(]|href\s*=(?!"#)|https?:""", page.read_text()), [])

    def profiles_load(self, folder):
        profiles = list(folder.glob("*.toml"))
        self.assertTrue(profiles)
        for profile in profiles:
            out, err, status = run("image", "build", "--machine", profile, "--version", "5.9.0.1", "--output", self.folder / "image.bin")
            self.assertEqual(status, 0, out + err)
            for line in profile.read_text().splitlines():
                if " = " in line and not line.startswith(("schema", "description", "#")):
                    self.assertRegex(line, r"# \[(observed|derived|assumed)[^\]]*\] ")

    def stories_pass(self, folder):
        out, err, status = run("run", folder)
        self.assertEqual(status, 0, out + err)
        self.assertRegex(out, r"[1-9]\d* scenarios: ")

    def stories_notice_a_changed_machine(self, folder):
        for machine in folder.glob("_*.toml"):
            machine.write_text(machine.read_text().replace('mac = "00-19', 'mac = "00-18'))
        self.assertEqual(run("run", folder)[2], 1)

    def browser_shows_all_of_it(self, page):
        _, text = in_browser(self, page)
        for words in ["Field report, reproduced", "Error (8721): Firmware update through TPM is enabled. Use -tpm switch",
                      "TPM Operational Mode: Enabled Owned Inactive", "surroundings.wired.mac", "observed", "derived",
                      "assumed", "Explanations", "What to do", "What happened", "How sure", "FWU"]:
            self.assertIn(words, text)

    def test_a_log_that_differs_exits_1_and_shows_both_lines(self):
        log = (REPORTS / "esprimo-e5730/meinfo-dos-5.0.1.1111.txt").read_text()
        changed = log.replace("Cryptography fuse: Enabled", "Cryptography fuse: Molten")
        self.write("log.txt", changed)
        out, _, status = run("reproduce", self.folder / "log.txt")
        self.assertEqual(status, 1)
        self.assertRegex(out, r"DIFFERS at .*log\.txt:19")
        self.assertIn("log:  Cryptography fuse: Molten", out)
        self.assertIn("ours: Cryptography fuse: Enabled", out)

    def test_the_standard_input_and_pipes_are_read(self):
        log = (REPORTS / "esprimo-e5730/meinfo-dos-5.0.1.1111.txt").read_bytes()
        for path, name in [("-", "(standard input)"), ("/dev/stdin", "stdin")]:
            done = subprocess.run([MESIM, "reproduce", path], input=log, capture_output=True, check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertIn(f"{name}:1-50", done.stdout.decode())

    def test_the_standard_output_takes_one_report_and_people_read_on_the_other(self):
        log = self.write("log.txt", (REPORTS / "esprimo-e5730/meinfo-dos-5.0.1.1111.txt").read_bytes())
        out, err, status = run("reproduce", log, "--json", "-")
        self.assertEqual(status, 0)
        jsonschema.validate(json.loads(out), json.loads(SCHEMA.read_text()))
        self.assertIn("1 of 1 log reproduced", err)
        out, err, status = run("reproduce", log, "--html", "-")
        self.assertEqual(status, 0)
        self.assertRegex(out, r"(?s)\A<!DOCTYPE html>.*</html>\s*\Z")
        out, err, status = run("reproduce", log, "--html", "-", "--json", "-")
        self.assertEqual((out, status), ("", 2))
        self.assertIn("cannot both go to the standard output", err)

    def test_what_cannot_be_written_is_said_before_anything_is_read(self):
        out, err, status = run("reproduce", "/nowhere/log.txt", "--json", self.folder / "no-such-folder" / "r.json")
        self.assertEqual((out, status), ("", 3))
        self.assertIn("nothing was read", err)
        self.assertNotIn("log.txt", err)

    def with_an_early_error(self, number):
        """MEInfo's log of a sound board, and an update on it that says no more than that."""
        log = (REPORTS / "esprimo-e5730/meinfo-dos-5.0.1.1111.txt").read_text()
        return self.write("log.txt", log + "C:\\>FWUpdLcl.exe 5.2.70.1046.bin\nTrying to connect to MEI driver.\n"
                                     f"Error ({number}): words\n")

    def test_stories_of_what_keeps_a_tool_from_the_board_pass(self):
        for number in [8193, 8743]:
            with self.subTest(number=number):
                saved = self.folder / str(number)
                out, err, status = run("reproduce", self.with_an_early_error(number), "--save-scenario", saved)
                self.assertEqual(status, 0, out + err)
                self.assertEqual(len([p for p in saved.glob("*.toml") if not p.name.startswith("_")]), 2)
                out, err, status = run("run", saved)
                self.assertEqual(status, 0, out + err)

    def test_stories_are_not_mixed_with_those_of_another_report(self):
        saved = self.folder / "s"
        self.assertEqual(run("reproduce", self.with_an_early_error(8193), "--save-scenario", saved)[2], 0)
        self.assertEqual(run("reproduce", self.folder / "log.txt", "--save-scenario", saved)[2], 0)
        before = {path.name: path.read_bytes() for path in saved.iterdir()}
        other = self.write("other.txt", (REPORTS / "thinkpad-t400/meinfo-windows-4.0.3.1124.txt").read_text())
        out, err, status = run("reproduce", other, "--save-scenario", saved)
        self.assertEqual(status, 3, out + err)
        self.assertIn("log1-board1-dos-5.0.1.1111.toml", err)
        self.assertEqual({path.name: path.read_bytes() for path in saved.iterdir()}, before)

    def test_what_is_not_worked_on_is_in_the_status_and_in_every_report(self):
        bare = self.write("bare.txt", "C:\\>FWUpdLcl.exe x.bin\nError (8719): words\n")
        many = self.write("many.txt", "BIOS Version: x\nVendorID: 8086\n" * 61)
        begun = self.write("begun.txt", "BIOS Version: x\nVendorID: 8086\nC:\\>FWUpdLcl.exe x.bin\nFirmware Update Utility Version 5.2.50.1042\n")
        for path, left_out, without in [(many, 1, 0), (begun, 0, 1), (bare, 0, 1)]:
            with self.subTest(path=path.name):
                page, data = self.folder / "r.html", self.folder / "r.json"
                out, _, status = run("reproduce", path, "--html", page, "--json", data)
                told = json.loads(data.read_text())
                jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(told)
                self.assertEqual(status, 2 if path == bare else 1, out)
                self.assertEqual(told["exit_status"], status)
                self.assertEqual(told["left_out"], left_out)
                self.assertEqual(len(told["without_a_board"]), without)
                for text in [out, page.read_text()]:
                    self.assertEqual("1 more run is not worked on" in text, left_out == 1)
                    self.assertEqual("shows too little of its board" in text, without == 1)
                    self.assertEqual("Give the whole output of the tools" in text, without == 1)
                self.assertEqual("explanations" in told, False)
                self.assertEqual("advice" in told, False)


class NothingToWorkOn(Folder):
    def refused(self, path, words):
        out, err, status = run("reproduce", path)
        self.assertEqual(status, 2, out + err)
        self.assertIn(words, out + err)

    def test_a_binary_file(self):
        self.refused(self.write("me.bin", bytes(range(256))), "is a binary file, not a text log")

    def test_text_without_a_log(self):
        self.refused(self.write("letter.txt", "Dear all,\nmy board is broken.\n"), "No line of MEInfo, FWUpdLcl or MEManuf")

    def test_a_persons_words_are_answered_where_they_say_enough(self):
        letter = self.write("letter.txt", "The BIOS shows ME version 0.0.0.0.\nThe computer turns off after half an hour.\n")
        out, _, status = run("reproduce", letter, "--json", self.folder / "r.json")
        self.assertEqual(status, 2, out)
        self.assertRegex(out, r"^What is wrong:  The ME does not run")
        self.assertIn("No line of MEInfo, FWUpdLcl or MEManuf was found in 1 file.", out)
        told = json.loads((self.folder / "r.json").read_text())
        jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(told)
        self.assertIn("winraid 34971", told["answer"]["how_sure"])

    def test_lines_that_the_json_leaves_out_are_counted(self):
        run("reproduce", self.write("letter.txt", "my board is broken\n" * 1005), "--json", self.folder / "r.json")
        told = json.loads((self.folder / "r.json").read_text())
        jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(told)
        self.assertEqual((len(told["unknown_lines"]), told["unknown_lines_left_out"]), (1000, 5))

    def test_an_empty_file(self):
        self.refused(self.write("empty.txt", ""), "No line of MEInfo")

    def test_a_path_that_is_not_there(self):
        self.refused(self.folder / "nowhere", "there is no such file or folder")

    def test_a_hundred_megabytes(self):
        path = self.folder / "large.txt"
        with path.open("wb") as file:
            file.seek(100 << 20)
            file.write(b".")
        self.refused(path, "has 100 MiB")

    def test_a_hundred_megabytes_from_a_pipe(self):
        done = subprocess.run(f"head -c 104857600 /dev/zero | tr '\\0' 'x' | {MESIM} reproduce -", shell=True,
                              capture_output=True, check=False)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn(b"(standard input) has more than 32 MiB", done.stdout)

    def test_a_file_that_cannot_be_read(self):
        path = self.folder / "socket.txt"
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(path))
            self.refused(path, "cannot be read: No such device or address")

    def test_a_folder_that_cannot_be_entered_is_named_and_the_rest_is_read(self):
        """Where the superuser runs the tests, without what lets him enter every folder."""
        self.write("z.txt", "VendorID: 8086\nBuild Number: 1111\n")
        (self.folder / "a").mkdir(mode=0)
        less = "-dac_override,-dac_read_search"
        plain = ["setpriv", "--bounding-set", less, "--inh-caps", less] if os.geteuid() == 0 else []
        done = subprocess.run([*plain, MESIM, "reproduce", self.folder], capture_output=True, check=False)
        self.assertIn(b"not used: cannot be entered: Permission denied", done.stdout)
        self.assertIn(b"1 of 1 log reproduced", done.stdout)

    def test_a_path_that_leads_nowhere(self):
        (self.folder / "loop").symlink_to("loop")
        self.refused(self.folder / "loop", "Too many levels of symbolic links")

    def test_a_pipe_that_nobody_writes_into(self):
        """It is not waited for: `timeout` would give 124."""
        path = self.folder / "pipe"
        os.mkfifo(path)
        done = subprocess.run(["timeout", "60", MESIM, "reproduce", path], capture_output=True, check=False)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn(b"is a pipe into which nothing was written", done.stdout)

    def test_a_later_generation_is_named(self):
        self.refused(self.write("log.txt", "Intel(R) MEInfo Version: 18.0.5.2000\nBIOS Version: X\n"),
                     "not covered: MEInfo 18.0.5.2000 of generation 18")


class LaterBoards(Folder):
    """Logs of ME 6 and later: the tree's own reports, whose words are their owners'."""
    def told(self, report):
        path = self.folder / "r.json"
        out, err, status = run("reproduce", report, "--json", path, "--html", self.folder / "r.html")
        self.assertEqual(err, "")
        told = json.loads(path.read_text())
        jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(told)
        return out, told, status

    def test_a_failed_update_of_nine_comes_about(self):
        out, told, status = self.told(REPORTS / "owners/me9-8741-8707.txt")
        self.assertEqual(status, 0, out)
        self.assertIn("1 of 1 log reproduced", out)
        log, = told["later"]["logs"]
        self.assertEqual(log["explanations"][0]["id"], "flash-refuses")
        self.assertTrue(log["explanations"][0]["tried_and_helped"])
        self.assertIn({"known": "assumed", "key": "extends"},
                      [{key: value[key] for key in ("known", "key")} for value in told["later"]["machines"][0]["values"]])
        page = (self.folder / "r.html").read_text()
        self.assertIn("flash refused a page", page)
        self.assertIn("updates no real board of firmware 6", page)
        self.assertNotIn("Not simulated, or not read", page, "all of it was")

    def test_what_nothing_brings_about_is_told_so(self):
        log = (REPORTS / "owners/me9-8741-8707.txt").read_text().replace("8707", "8728").replace("Error 8741", "Error 8728")
        out, told, status = self.told(self.write("log.txt", log))
        self.assertEqual(status, 2, out)
        self.assertEqual(told["later"]["logs"], [])


HOSTILE = ("Intel(R) MEInfo Version: 5.0.0.1167\n"
           "BIOS Version: \x1b]0;owned\x07\x1b[2J<script>document.title='owned'</script>\"><img src=x onerror=alert(1)>\n"
           "VendorID: 8086\nNonsense, owned: \x1b[31m \x9b31m \u202e [toml] \"\"\"\n")


class Hostile(Folder):
    def test_nothing_unescaped_reaches_the_terminal(self):
        path = self.write("log.txt", HOSTILE.encode("utf-8", "surrogateescape"))
        done = subprocess.run([MESIM, "reproduce", path], capture_output=True, check=False)
        text = (done.stdout + done.stderr).decode()
        self.assertIn("owned", text)
        self.assertEqual(re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text), [])

    def test_nothing_unescaped_reaches_the_page(self):
        path = self.write("log.txt", HOSTILE)
        run("reproduce", path, "--html", self.folder / "r.html")
        page = (self.folder / "r.html").read_text()
        self.assertIn("&lt;script&gt;", page)
        self.assertNotIn("<script", page)
        self.assertNotIn("<img", page)
        self.assertEqual(re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", page), [])

    def test_saved_files_are_still_sound(self):
        log = (REPORTS / "esprimo-e5730/meinfo-dos-5.0.1.1111.txt").read_text()
        bios = re.search("^BIOS Version: .*$", log, re.M).group()
        path = self.write("log.txt", log.replace(bios, "BIOS Version: \"\"\"] \\u0022 '<b> ${x} $${image:a} ${"))
        out, err, status = run("reproduce", path, "--save-scenario", self.folder / "s")
        self.assertEqual(status, 0, out + err)
        out, err, status = run("run", self.folder / "s")
        self.assertEqual(status, 0, out + err)

    def test_a_log_that_differs_becomes_no_story(self):
        path = self.write("log.txt", HOSTILE)
        out, err, status = run("reproduce", path, "--save-scenario", self.folder / "s")
        self.assertEqual(status, 1, out + err)
        self.assertEqual([p for p in (self.folder / "s").glob("*.toml") if not p.name.startswith("_")], [])


class Page(Folder):
    def both(self, text):
        """What the terminal and the page say of a log."""
        out, err, _ = run("reproduce", self.write("log.txt", text), "--html", self.folder / "r.html")
        self.assertEqual(err, "")
        return {"terminal": out, "page": (self.folder / "r.html").read_text()}

    def test_the_page_has_what_the_terminal_has(self):
        log = (REPORTS / "esprimo-e5730/meinfo-dos-5.0.1.1111.txt").read_text()
        lone = "C:\\>FWUpdLcl.exe x.bin\nError (8704): words\n"
        later = "Intel(R) MEInfo Version: 18.0.5.2000\nBIOS Version: X\n"
        said = self.both("I have cleared the TPM.\n" + log + "What does this mean?\n" + lone + later)
        for where, text in said.items():
            with self.subTest(where=where):
                for words in ["1 of 2 logs reproduced, 1 differs, 1 not covered", "Lines that belong to no tool we know",
                              "What does this mean?", "Tried already, says the report", "TPM cleared",
                              "MEInfo 18.0.5.2000", "8704 (", "board1-dos-5.0.1.1111"]:
                    self.assertIn(words, text)
        self.assertTrue(said["terminal"].startswith("Machines, one for every state a log shows\n"))
        self.assertLess(said["page"].index("1 of 2 logs"), said["page"].index("<h2"))

    def test_both_say_that_nothing_was_found(self):
        for where, text in self.both("Dear all,\nmy board is broken.\n").items():
            with self.subTest(where=where):
                self.assertIn("No line of MEInfo, FWUpdLcl or MEManuf was found in 1 file.", text)
                self.assertNotIn("<h2", text)

    def test_a_hostile_log_does_nothing_in_a_browser(self):
        page = self.folder / "r.html"
        run("reproduce", self.write("log.txt", HOSTILE), "--html", page)
        document, text = in_browser(self, page)
        self.assertIn("<title>Field report, reproduced</title>", document)
        self.assertIn("document.title=", text)


if __name__ == "__main__":
    BIN = Path(sys.argv[1])
    SOURCE = Path(sys.argv[2])
    MESIM = BIN / "mesim"
    REPORTS = SOURCE / "scenarios/field-reports"
    SCHEMA = SOURCE / "docs/schema/reproduce.schema.json"
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
