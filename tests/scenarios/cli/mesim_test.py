#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""mesim as people and CI servers meet it: exit statuses, what is printed, and the files it writes.

Usage: mesim_test.py BIN_DIR SOURCE_DIR [unittest arguments].
"""
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree
from pathlib import Path

MESIM = MEUPDATE = LIBRARY = DATA = SOURCE = None


def run(*arguments, program=None):
    """Standard output, standard error and exit status of one command."""
    done = subprocess.run([program or MESIM, *map(str, arguments)], capture_output=True, text=True, check=False)
    return done.stdout, done.stderr, done.returncode


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def story(self, name, steps, head=""):
        return self.write(name, f'schema = 1\ntitle = "{name}"\nmachine = "esprimo-e5730"\n{head}\n{steps}\n')


class MesimExplore(Folder):
    """On the library's 64 KiB update over HECI, struck where the ME boots: three histories."""

    def setUp(self):
        super().setUp()
        self.update = (LIBRARY / "explore" / "over-heci.toml").resolve()

    def own(self, more):
        """The same update with `more` behind it."""
        return self.write("own.toml", f'schema = 1\nextends = "{self.update}"\ntitle = "own"\n{more}\n')

    def test_an_update_that_always_comes_home_exits_0_and_says_how_often(self):
        out, err, status = run("explore", self.update, "--at", "boot")
        self.assertEqual((status, err), (0, ""), out)
        self.assertRegex(out, r"over-heci\.toml: 3 singles, 0 violations\.")
        self.assertRegex(out, r"(?m)^  idle +\d+ +\d+ +\d+ +0 +0$")

    def test_a_violation_exits_1_and_its_id_runs_it_again(self):
        story = self.own('[explore.device]\npower_policy = "77"')
        out, _, status = run("explore", story, "--at", "boot", "--what", "fail")
        self.assertEqual(status, 1)
        self.assertIn(f"mesim run {story} --replay boot:1:fail", out)
        trace = self.folder / "trace.jsonl"
        out, _, status = run("run", story, "--replay", "boot:1:fail", "--trace", trace)
        self.assertEqual(status, 1)
        self.assertIn("boot:1:fail: VIOLATION\n", out)
        self.assertIn("power_policy: expected 77", out)
        self.assertIn('"kind":"fault"', trace.read_text(encoding="utf-8").replace(" ", ""))

    def test_a_strike_that_never_comes_exits_4(self):
        out, _, status = run("run", self.update, "--replay", "boot:9:fail")
        self.assertEqual(status, 4)
        self.assertIn("boot:9:fail: never_struck", out)

    def test_what_makes_no_sense_exits_2(self):
        for arguments, words in [(["--at", "nowhere"], "--at nowhere: no point"),
                                 (["--what", "burn"], "--what burn: there is no such action"),
                                 (["--while", "asleep"], "--while asleep: must be idle"),
                                 (["--pairs", "some"], "--pairs some: must be all"),
                                 (["--pairs", "3", "--random", "3"], "choose one of them"),
                                 (["--shard", "3/2"], "--shard 3/2: must be I/N"),
                                 (["--shrink", "boot"], "POINT:COUNT:ACTION"),
                                 (["--at", "boot", "--what", "twice"], "nothing that is wished for")]:
            _, err, status = run("explore", self.update, *arguments)
            self.assertEqual(status, 2, arguments)
            self.assertIn(words, err)
        _, err, status = run("explore", LIBRARY / "explore")
        self.assertEqual(status, 2)
        self.assertRegex(err, r"\d stories, and one is explored at a time")

    def test_a_story_that_fails_by_itself_is_not_explored(self):
        story = self.own('[[step]]\nmeupdate = ["update", "${image:new.bin}", "-y"]\nexpect.exit = 5')
        out, err, status = run("explore", story, "--at", "boot")
        self.assertEqual(status, 1)
        self.assertIn("FAIL", out)
        self.assertIn("does not pass when nothing strikes; nothing was explored", err)

    def test_shares_are_merged_to_the_whole(self):
        parts = [self.folder / f"{i}.json" for i in (1, 2)]
        for i, part in enumerate(parts, 1):
            self.assertEqual(run("explore", self.update, "--at", "boot", "--shard", f"{i}/2", "--json", part)[2], 0)
        page, results, whole = self.folder / "map.html", self.folder / "all.xml", self.folder / "all.json"
        out, _, status = run("merge", *parts, "--html", page, "--junit", results, "--json", whole)
        self.assertEqual(status, 0)
        self.assertIn("3 singles, 0 violations", out)
        ids = [case["id"] for case in json.loads(whole.read_text(encoding="utf-8"))["cases"]]
        self.assertEqual(sorted(ids), ["boot:1:fail", "boot:1:ignore", "boot:1:power_cut_inside"])
        self.assertEqual(len(xml.etree.ElementTree.parse(results).findall(".//testcase")), 3)
        self.assertIn("boot:1:ignore", page.read_text(encoding="utf-8"))
        _, err, status = run("merge", parts[0], parts[0])
        self.assertEqual(status, 2)
        self.assertIn("is there twice", err)

    def test_a_test_runner_says_which_share_is_meant(self):
        for names in ("GTEST_TOTAL_SHARDS", "GTEST_SHARD_INDEX"), ("TEST_TOTAL_SHARDS", "TEST_SHARD_INDEX"):
            told = self.folder / names[0]
            environment = {**os.environ, names[0]: "3", names[1]: "1", "TEST_SHARD_STATUS_FILE": str(told)}
            done = subprocess.run([MESIM, "explore", str(self.update), "--at", "boot"], capture_output=True, text=True,
                                  check=False, env=environment)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("1 singles", done.stdout)
            self.assertEqual(told.exists(), names[0].startswith("TEST"))


class MesimCoverage(Folder):
    """Which places stories and explorations come to."""

    def test_what_run_and_explore_reached_is_put_together(self):
        heci = (LIBRARY / "explore" / "over-heci.toml").resolve()
        for arguments in (("run", LIBRARY / "explore" / "over-heci.toml"), ("explore", heci, "--at", "boot")):
            file = self.folder / f"{arguments[0]}.json"
            self.assertEqual(run(*arguments, "--reached", file)[2], 0)
        told = json.loads((self.folder / "run.json").read_text(encoding="utf-8"))
        self.assertIn("session_committed", told["reached"])
        self.assertNotIn("boot_recovery", told["reached"])
        out, _, status = run("coverage", self.folder / "run.json", self.folder / "explore.json")
        self.assertEqual(status, 1, "two runs do not come to all that must be reached")
        self.assertNotIn("boot_recovery", out, "a boot that was struck came to it")
        self.assertRegex(out, r"(?m)^MUST BE REACHED  tis_seized +TIS: a locality is seized$")
        self.assertRegex(out, r"(?m)^[0-9]+ of [0-9]+ places were reached$")

    def test_a_file_of_another_kind_exits_2(self):
        _, err, status = run("coverage", self.write("other.json", "{}"))
        self.assertEqual(status, 2)
        self.assertIn("not what --reached writes", err)


class PlantedBugs(unittest.TestCase):
    """base/planted.h: only the preset of that name holds any of it."""

    def test_the_programs_hold_nothing_of_them(self):
        names = re.findall(r"BUG\((\w+),", (SOURCE / "base/planted.h").read_text(encoding="utf-8"))
        self.assertEqual(len(names), 20)
        for program in (MESIM, MEUPDATE):
            held = Path(program).read_bytes()
            self.assertEqual([name for name in [*names, "MEBENCH_PLANTED"] if name.encode() in held], [], program)


class MesimRun(Folder):
    def test_a_failed_expectation_exits_1_and_shows_expected_got_time_and_bus(self):
        out, _, status = run("run", DATA / "goes-wrong.toml")
        self.assertEqual(status, 1)
        self.assertRegex(out, r"(?m)^FAIL .*goes-wrong\.toml")
        self.assertIn("step 2: the version, wrongly", out)
        self.assertRegex(out, r"goes-wrong\.toml:12:25: device: version")
        self.assertIn("expected: 9.9.9.9", out)
        self.assertIn("got:      5.0.1.1111", out)
        self.assertRegex(out, r"virtual time: 1\.\d+s")
        self.assertRegex(out, r"(?s)last messages on the bus:\n.*(->|<-) ")
        self.assertIn("1 scenario: 0 passed, 1 failed", out)

    def test_a_script_error_exits_2_with_file_line_and_column(self):
        out, _, status = run("run", DATA / "makes-no-sense.toml")
        self.assertEqual(status, 2)
        self.assertIn('makes-no-sense.toml:9:1: unknown key "tok" in [step[0].expect]; did you mean "took"?', out)

    def test_the_gravest_result_is_the_exit_status(self):
        out, _, status = run("run", DATA)
        self.assertEqual(status, 2)
        self.assertIn("3 scenarios: 1 passed, 1 failed, 1 script error, 0 internal errors", out)

    def test_a_path_that_is_not_there_is_a_script_error(self):
        _, err, status = run("run", self.folder / "gone.toml")
        self.assertEqual(status, 2)
        self.assertIn("no such file or folder", err)

    def test_a_file_that_cannot_be_written_is_an_internal_error(self):
        story = self.story("short.toml", '[[step]]\nwait = "1s"')
        for option in ["--junit", "--json", "--trace"]:
            out, err, status = run("run", story, option, self.folder / "no-folder" / "out")
            self.assertEqual(status, 3, option)
            self.assertIn("no-folder/out: No such file or directory; nothing was run", err)
            self.assertEqual(out, "")

    def test_output_that_goes_nowhere_is_an_internal_error(self):
        story = self.story("short.toml", '[[step]]\nwait = "1s"')
        with open("/dev/full", "w", encoding="utf-8") as full:
            for arguments in [["run", story], ["machines"]]:
                done = subprocess.run([MESIM, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
                self.assertEqual(done.returncode, 3, arguments)
                self.assertIn("cannot write to standard output", done.stderr)

    def test_half_a_report_is_not_left_behind_nor_the_last_one_lost(self):
        def small_files_only():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

        story = self.story("short.toml", '[[step]]\nwait = "1s"')
        folder = self.folder / "reports"
        folder.mkdir()
        report = folder / "r.json"
        for before in [None, "the last one"]:
            if before:
                report.write_text(before, encoding="utf-8")
            done = subprocess.run([MESIM, "run", story, "--json", report], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  text=True, check=False, preexec_fn=small_files_only)
            self.assertEqual(done.returncode, 3)
            self.assertIn(f"writing {report}: File too large", done.stderr)
            self.assertEqual([path.name for path in folder.iterdir()], ["r.json"] if before else [])
        self.assertEqual(report.read_text(encoding="utf-8"), "the last one")

    def test_a_device_that_is_full_is_told_and_stays_a_device(self):
        story = self.story("short.toml", '[[step]]\nwait = "1s"')
        _, err, status = run("run", story, "--json", "/dev/full")
        self.assertEqual(status, 3)
        self.assertIn("writing /dev/full: No space left on device", err)
        self.assertTrue(Path("/dev/full").is_char_device())

    def test_a_story_cannot_control_the_terminal(self):
        story = self.write("evil.toml", 'schema = 1\ntitle = "\\u001b[2J"\nmachine = "esprimo-e5730"\n'
                                        '[[step]]\ntitle = "\\u001b[31m"\nwait = "1s"\nexpect.exit = 0\nexpect.took = ["2s", "3s"]\n')
        out, _, status = run("run", story)
        self.assertEqual(status, 1)
        self.assertNotIn("\x1b", out)
        self.assertIn("\\x1b[31m", out)

    def test_wrong_options_exit_2(self):
        for arguments in [["run"], [], ["fly"], ["run", LIBRARY, "--jobs", "0"], ["run", LIBRARY, "--shard", "3/2"],
                          ["run", LIBRARY, "--qemu", "q"], ["run", LIBRARY, "--filter", "("], ["run", LIBRARY, "--filter", "matches nothing"]]:
            _, err, status = run(*arguments)
            self.assertEqual(status, 2, arguments)
            self.assertTrue(err, arguments)

    def test_a_word_that_is_no_choice_is_told_the_words(self):
        for arguments, words in [(["run", LIBRARY, "--in", "bed"], "--in: bed: must be one of process, guest"),
                                 (["guest", "--attach", "usb", "--", "true"], "--attach: usb: must be one of plugin, vfio-user")]:
            _, err, status = run(*arguments)
            self.assertEqual(status, 2)
            self.assertEqual(err, f"mesim: {words}\nSee `mesim {arguments[0]} --help`.\n")

    def test_a_command_that_is_none_is_named_with_those_there_are(self):
        for arguments, words in [(["frob", "x.bin"], '"frob"; there are run, explore, merge, coverage, reproduce, image, '),
                                 (["rnu", "x.bin"], '"rnu"; did you mean "run"? there are run, explore, merge, coverage, reproduce, image, '),
                                 (["image", "frob"], '"frob"; there are build\nSee `mesim image --help`.\n')]:
            _, err, status = run(*arguments)
            self.assertEqual(status, 2)
            self.assertIn(f"mesim: there is no command {words}", err)

    def test_an_option_that_is_none_is_named_with_what_was_meant_and_whose_help_tells(self):
        for arguments, words in [
                (["run", LIBRARY, "--shrad", "1/2"], 'run has no option "--shrad"; did you mean "--shard"?\nSee `mesim run --help`.'),
                (["run", "--junti=x", LIBRARY], 'run has no option "--junti"; did you mean "--junit"?\nSee `mesim run --help`.'),
                (["image", "build", "--machine", "m", "--key-file", "k"],
                 'image build has no option "--key-file"; did you mean "--key"?\nSee `mesim image build --help`.'),
                (["machines", "--colour"], 'machines has no option "--colour"\nSee `mesim machines --help`.'),
                (["--verison"], 'there is no option "--verison"; did you mean "--version"?\nSee `mesim --help`.')]:
            _, err, status = run(*arguments)
            self.assertEqual(status, 2, arguments)
            self.assertEqual(err, f"mesim: {words}\n", arguments)

    def test_help_teaches(self):
        out, _, status = run("run", "--help")
        self.assertEqual(status, 0)
        for word in ["--junit", "--json", "--jobs", "--shard", "--filter", "--list", "--trace", "Exit status", "Examples"]:
            self.assertIn(word, out)

    def test_list_runs_nothing_and_names_every_story_with_its_title(self):
        out, _, status = run("run", LIBRARY / "host", "--list")
        self.assertEqual(status, 0)
        self.assertIn("bios-asks-without-hbm.toml\n    A BIOS asks at fixed address 7", out)
        self.assertIn("ring-depth.toml[depth=128]", out)
        self.assertNotIn("pass", out)

    def test_the_library_tells_at_least_forty_stories(self):
        out, _, status = run("run", LIBRARY, "--list")
        self.assertEqual(status, 0)
        files = {line.split("[")[0] for line in out.splitlines() if re.match(r"\S+\.toml", line)}
        self.assertGreaterEqual(len(files), 40)
        self.assertEqual(len(files), len([p for p in LIBRARY.rglob("*.toml") if not p.name.startswith("_")]))

    def test_shards_together_are_the_whole(self):
        def ids(*extra):
            out, _, status = run("run", LIBRARY, "--list", *extra)
            self.assertEqual(status, 0)
            return [line for line in out.splitlines() if re.match(r"\S+\.toml", line)]

        shares = [ids("--shard", f"{i}/4") for i in range(1, 5)]
        self.assertEqual(sorted(sum(shares, [])), sorted(ids()))
        self.assertEqual(len(set(sum(shares, []))), len(ids()))

    def test_a_filter_keeps_what_it_finds(self):
        out, _, status = run("run", LIBRARY, "--filter", "nothing-to-do|not-firmware")
        self.assertEqual(status, 0)
        self.assertIn("2 scenarios: 2 passed", out)


class Interrupted(Folder):
    def test_ctrl_c_keeps_what_was_told_and_leaves_nothing_behind(self):
        scratch = self.folder / "scratch"
        scratch.mkdir()
        report = self.folder / "results.json"
        running = subprocess.Popen([MESIM, "run", LIBRARY, "--jobs", "1", "--json", report], text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "TMPDIR": str(scratch)})
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=60)
        self.assertEqual(running.returncode, 130)
        self.assertRegex(err, r"interrupted: \d+ of \d+ scenarios did not run to their end")
        self.assertGreaterEqual(json.loads(report.read_text())["totals"]["passed"], 1)
        self.assertEqual(list(scratch.iterdir()), [])


class Reports(Folder):
    def test_junit_is_well_formed_and_counts_right(self):
        self.story("good.toml", '[[step]]\nwait = "1s"')
        self.story("bad.toml", '[[step]]\nmeupdate = ["explain", "<&>\\uffff"]\nexpect.exit = 9')
        self.story("ugly.toml", '[[step]]\nwiat = "1s"')
        junit = self.folder / "out.xml"
        _, _, status = run("run", self.folder, "--junit", junit)
        self.assertEqual(status, 2)
        suites = xml.etree.ElementTree.parse(junit).getroot()
        self.assertEqual(suites.tag, "testsuites")
        self.assertEqual([suites.get(k) for k in ["tests", "failures", "errors"]], ["3", "1", "1"])
        cases = {case.get("name"): case for case in suites.iter("testcase")}
        self.assertEqual(set(cases), {"good.toml", "bad.toml", "ugly.toml"})
        self.assertEqual([child.tag for child in cases["good.toml"]], [])
        self.assertLess(len(cases["bad.toml"].find("failure").get("message")), 200)
        self.assertEqual(cases["bad.toml"].find("failure").get("type"), "failed")
        self.assertIn("expected: 9", cases["bad.toml"].find("failure").text)
        self.assertIn("wiat", cases["ugly.toml"].find("error").get("message"))

    def test_json_holds_every_result(self):
        self.story("good.toml", '[[step]]\nwait = "1s"')
        self.story("bad.toml", '[[step]]\nwait = "1s"\nexpect.took = ["2s", "3s"]')
        out = self.folder / "out.json"
        _, _, status = run("run", self.folder, "--json", out)
        self.assertEqual(status, 1)
        document = json.loads(out.read_text())
        self.assertEqual(document["schema"], 1)
        self.assertEqual(document["totals"]["passed"], 1)
        self.assertEqual(document["totals"]["failed"], 1)
        by_id = {result["id"]: result for result in document["scenarios"]}
        self.assertEqual(by_id["good.toml"]["verdict"], "passed")
        self.assertEqual(by_id["good.toml"]["virtual_time_ns"], 2_500_000_000)
        failure = by_id["bad.toml"]["failures"][0]
        self.assertEqual((failure["expected"], failure["got"]), ("2s to 3s", "1s"))

    def test_the_same_results_however_many_run_at_once(self):
        def report(jobs):
            path = self.folder / f"{jobs}.json"
            out, _, status = run("run", LIBRARY / "refusals-by-the-device", "--jobs", jobs, "--json", path)
            self.assertEqual(status, 0)
            told, text = re.subn(r"[0-9.ms in]+ real", "", out), path.read_text(encoding="utf-8")
            kept, times = re.subn(r'"wall_time_ns": \d+', "", text)
            return told, kept, times

        self.assertEqual(report(1), report(3))

    def test_a_report_can_have_standard_output_to_itself(self):
        self.story("good.toml", '[[step]]\nwait = "1s"')
        self.story("bad.toml", '[[step]]\nmeupdate = ["explain", "8721"]\nexpect.exit = 9')
        out, err, status = run("run", self.folder, "--junit", "-")
        self.assertEqual(status, 1)
        self.assertEqual(xml.etree.ElementTree.fromstring(out).get("tests"), "2")
        self.assertIn("2 scenarios: 1 passed, 1 failed", err)
        out, err, status = run("run", self.folder, "--json", "-")
        self.assertEqual(json.loads(out)["totals"]["all"], 2)
        self.assertIn("FAIL", err)
        out, err, status = run("run", self.folder, "--trace", "-", "--jobs", "2")
        self.assertEqual([json.loads(line)["id"] for line in out.splitlines() if '"story"' in line], ["bad.toml", "good.toml"])
        _, err, status = run("run", self.folder, "--junit", "-", "--json", "-")
        self.assertEqual((status, err), (2, "mesim: --junit and --json: only one report can go to standard output\n"))
        self.assertFalse((self.folder / "-").exists())

    def test_what_the_updater_printed_is_shown_once_and_beside_it_what_was_missed(self):
        self.story("bad.toml", '[[step]]\nmeupdate = ["explain", "8721"]\nexpect.exit = 9\n'
                               'expect.stdout_contains = ["nonsense", "more nonsense"]\nexpect.stdout_lacks = ["8721"]')
        out, _, status = run("run", self.folder)
        self.assertEqual(status, 1)
        self.assertEqual(out.count("Next step"), run("explain", "8721", program=MEUPDATE)[0].count("Next step"))
        self.assertEqual(out.count("printed on standard output:"), 1)
        self.assertEqual(out.count("got:      no such line"), 2)
        self.assertRegex(out, r'expected: no line that contains "8721"\n      got:      ".*8721.*"')


class Traces(Folder):
    def trace(self, name, *arguments):
        path = self.folder / name
        _, _, status = run("run", *arguments, "--trace", path)
        self.assertEqual(status, 0)
        return path.read_bytes()

    def test_the_same_story_leaves_the_same_trace_byte_for_byte(self):
        stories = [LIBRARY / "clean-update" / "whole-files.toml", LIBRARY / "me-misbehaves" / "resets-while-committing.toml",
                   LIBRARY / "snapshot"]
        first = self.trace("1", *stories)
        self.assertGreater(len(first), 100_000)
        self.assertEqual(first, self.trace("2", *stories, "--jobs", "3"))

    def test_another_story_leaves_another_trace(self):
        story = '[[image]]\nname = "a"\nversion = "5.0.0.%d"\nsize = 0x10000\n[[step]]\nfwu = [{ start = { image = "a" } }, ' \
                '{ data = { image = "a", count = 500 } }]'
        head = "[set]\nsettings.enabled_update_interfaces = 1"
        one = self.trace("1", self.story("same.toml", story % 1, head))
        two = self.trace("2", self.story("same.toml", story % 2, head))
        self.assertNotEqual(one, two)

    def test_every_line_is_an_object_with_virtual_time_first_and_never_going_back(self):
        last = 0
        kinds = set()
        for line in self.trace("t", LIBRARY / "clean-update" / "same-version-again.toml").decode().splitlines():
            record = json.loads(line)
            self.assertEqual(next(iter(record)), "t_ns")
            self.assertGreaterEqual(record["t_ns"], last)
            last = record["t_ns"]
            kinds.add(record["kind"])
        self.assertLessEqual({"story", "message_to_me", "message_to_host", "flash_erase", "flash_program", "link",
                              "firmware", "power"}, kinds)

    def test_traces_of_several_stories_stand_in_the_stories_order(self):
        text = self.trace("t", LIBRARY / "snapshot", "--jobs", "2").decode()
        ids = [json.loads(line)["id"] for line in text.splitlines() if '"kind":"story"' in line]
        self.assertEqual(ids, sorted(ids))
        self.assertEqual(len(ids), 2)


class FieldReport(Folder):
    """The first real input. Each line of the owner's log is computed: a changed profile value must show."""

    def told_with(self, story, change):
        self.write("changed.toml", f'schema = 1\nextends = "{LIBRARY}/field-report/{story}.toml"\n[set]\n{change}\n')
        out, _, status = run("run", self.folder / "changed.toml")
        return out, status

    def test_the_first_command_depends_on_every_value_it_shows(self):
        story = "esprimo-first-command"
        self.assertEqual(self.told_with(story, "")[1], 0)
        for change in ['firmware.version = "5.0.1.1112"', "firmware.sku = 62", "settings.last_update_status = 0",
                       "settings.enabled_update_interfaces = 7", "settings.enabled_update_interfaces = 1",
                       'host.system = "dos"', 'host.windows.mei_driver_version = "5.2.0.1009"']:
            out, status = self.told_with(story, change)
            self.assertEqual(status, 1, change + "\n" + out)
            self.assertIn("standard output, line", out, change)

    def test_the_meinfo_log_depends_on_every_value_it_shows(self):
        story = "esprimo-meinfo-dos"
        self.assertEqual(self.told_with(story, "")[1], 0)
        for change in ["pci.firmware_status = 1", 'surroundings.bios_version = "6.00 R1.20"',
                       'firmware.version = "5.0.2.1111"', 'firmware.version = "5.0.1.1112"', "firmware.capabilities = 60",
                       "surroundings.wired.link_up = true", "firmware.crypto_fuse = false",
                       "firmware.flash_protection = false", 'surroundings.reset_reason = "power_up"',
                       'settings.provisioning_state = "pre"', 'surroundings.bios_boot_state = "pre_boot"',
                       'surroundings.wired.mac = "00-19-39-47-bb-de"', "settings.override_counter = 3",
                       'settings.override_qualifier = "never"', 'surroundings.wired.ipv4 = "10.0.0.1"',
                       'surroundings.mebx_version = "5.0.5.9"',
                       "settings.enabled_update_interfaces = 7", "settings.remote_connectivity = true",
                       'settings.provisioning_mode = "enterprise"', 'host.system = "windows"']:
            out, status = self.told_with(story, change)
            self.assertEqual(status, 1, change + "\n" + out)
            self.assertIn("standard output, line", out, change)


class Images(Folder):
    def build(self, *arguments):
        path = self.folder / "image.bin"
        out, err, status = run("image", "build", "--machine", "esprimo-e5730", "--version", "5.2.70.1046",
                               "--output", path, *arguments)
        self.assertEqual(status, 0, err)
        self.assertIn(str(path.stat().st_size), out)
        return path

    def test_every_kind_is_sound_for_meupdate(self):
        for kind, beginning in [("update", b"\x04\0\0\0"), ("region", b""), ("flash", b"\x5a\xa5\xf0\x0f")]:
            path = self.build("--kind", kind)
            self.assertTrue(path.read_bytes().startswith(beginning), kind)
            out, err, status = run("image", path, program=MEUPDATE)
            self.assertEqual(status, 0, kind + out + err)
            self.assertIn("5.2.70.1046", out)

    def test_size_and_sku_are_as_asked(self):
        path = self.build("--size", 0x20000, "--sku", "0x60D")
        self.assertEqual(path.stat().st_size, 0x20000)
        out, _, _ = run("image", path, "--format", "json", program=MEUPDATE)
        self.assertIn(0x60D, json.loads(out).get("sku", {}).values() if isinstance(json.loads(out).get("sku"), dict)
                      else [json.loads(out).get("sku")])

    def test_another_key_makes_another_signature(self):
        subprocess.run(["openssl", "genrsa", "-out", self.folder / "key.pem", "2048"], check=True, capture_output=True)
        ours = self.build().read_bytes()
        theirs = self.build("--key", self.folder / "key.pem").read_bytes()
        self.assertNotEqual(ours[0x80:0x284], theirs[0x80:0x284])
        self.assertEqual(ours[0x290:], theirs[0x290:])

    def test_what_cannot_be_made_is_said(self):
        output = self.folder / "x.bin"
        for arguments, word in [(["--machine", "esprimo", "--version", "5.0.0.1"], "no machine"),
                                (["--machine", "esprimo-e5730", "--version", "5.0"], "--version"),
                                (["--machine", "esprimo-e5730", "--version", "5.0.0.1", "--size", "100"], "size"),
                                (["--machine", "esprimo-e5730", "--version", "5.0.0.1", "--kind", "tape"], "--kind"),
                                (["--machine", "esprimo-e5730", "--version", "5.0.0.1", "--key", "/gone"], "key")]:
            _, err, status = run("image", "build", *arguments, "--output", output)
            self.assertEqual(status, 2, arguments)
            self.assertIn(word, err)
            self.assertFalse(output.exists())

    def test_machines_are_listed(self):
        out, _, status = run("machines")
        self.assertEqual(status, 0)
        self.assertRegex(out, r"(?m)^esprimo-e5730 +8086:2E14 +5\.0\.1\.1111 ")
        self.assertRegex(out, r"(?m)^thinkpad-t400 +8086:2A44 +4\.0\.3\.1124 ")


class Boards(Folder):
    def setUp(self):
        super().setUp()
        self.dump = self.folder / "own.bin"
        _, err, status = run("image", "build", "--machine", "esprimo-e5730", "--version", "5.0.2.7", "--kind", "flash",
                             "--output", self.dump)
        self.assertEqual(status, 0, err)

    def board(self, *arguments, machine="esprimo-e5730"):
        return run("board", "import", self.dump, "--machine", machine, "--state", self.folder / "board", *arguments)

    def test_a_dump_becomes_a_board_that_meupdate_and_serve_find(self):
        out, err, status = self.board()
        self.assertEqual((status, err), (0, ""))
        self.assertRegex(out, r"operational code +at 0x36000: 5\.0\.2\.7, SKU 2110")
        out, err, status = run("info", "--device", "sim:esprimo-e5730", "--state", self.folder / "board", program=MEUPDATE)
        self.assertEqual(status, 0, err)
        self.assertRegex(out, r"running version +5\.0\.2\.7")

    def test_what_is_no_flash_of_that_board_is_told_with_file_and_offset(self):
        for spoil, machine, told in [(lambda b: b[0x3000:], "esprimo-e5730", "own.bin: offset 0x0: no flash descriptor"),
                                     (lambda b: b, "thinkpad-t400", "with --set firmware.sku=2110 it fits"),
                                     (lambda b: b + b, "esprimo-e5730", "with --set flash.part=MX25L12805D it fits"),
                                     (lambda b: b[:0x40000] + b"\0" + b[0x40001:], "esprimo-e5730", "offset 0x36000: the operational")]:
            good = self.dump.read_bytes()
            self.dump.write_bytes(spoil(good))
            out, err, status = self.board(machine=machine)
            self.dump.write_bytes(good)
            self.assertEqual((status, out), (2, ""), told)
            self.assertIn(told, err)
            self.assertNotIn("remove", err)
            self.assertFalse((self.folder / "board").exists())

    def test_a_file_that_is_not_there_and_a_folder_that_is_taken(self):
        _, err, status = run("board", "import", self.folder / "gone", "--machine", "esprimo-e5730", "--state", self.folder / "b")
        self.assertEqual(status, 2)
        self.assertIn("gone", err)
        self.assertEqual(self.board()[2], 0)
        _, err, status = self.board()
        self.assertEqual(status, 2)
        self.assertIn("name another folder", err)

    def test_a_board_that_lost_its_description_gets_one_in_place(self):
        self.assertEqual(self.board()[2], 0)
        (self.folder / "board" / "machine.json").unlink()
        self.dump = self.folder / "board" / "flash.bin"
        _, err, status = self.board()
        self.assertEqual(status, 0, err)
        self.assertTrue((self.folder / "board" / "machine.json").exists())


def indented_blocks(page):
    """The page's blocks that are indented by four, without that; those in lists and tables are none."""
    blocks = re.split(r"(?m)^(?! {4}|$).*\n", page + "\n")
    return [re.sub(r"(?m)^ {4}", "", block).strip("\n") + "\n" for block in blocks if block.strip()]


def shown_commands(page):
    """(command line, what the page shows of its output) for each "$ mesim ..." and "$ meupdate ..."."""
    for block in indented_blocks(page):
        for part in re.split(r"(?m)^\$ ", block)[1:]:
            line, _, output = part.partition("\n")
            yield line, output


class Pages(Folder):
    """What the pages show is what comes."""
    PAGES = ["tutorial", "scenarios", "mesim", "meupdate", "reproduce", "machines", "real-boards"]

    def page(self, name):
        return (SOURCE / "docs" / f"{name}.md").read_text(encoding="utf-8")

    def test_every_story_of_the_pages_goes_as_written(self):
        seen = 0
        for name in self.PAGES:
            page = self.page(name)
            fenced = re.findall(r"(?s)```toml\n(.*?)```", page)
            for text in fenced + indented_blocks(page):
                if "[[step]]" not in text or "title = " not in text:
                    continue
                out, err, status = run("run", self.write(f"{name}-{seen}.toml", text))
                self.assertEqual(status, 0, f"docs/{name}.md\n{out}{err}")
                seen += 1
        self.assertEqual(seen, 6)

    def test_every_command_that_is_shown_with_its_output_gives_it(self):
        (self.folder / "scenarios").symlink_to(SOURCE / "scenarios")
        seen = 0
        for name in self.PAGES:
            for line, output in shown_commands(self.page(name)):
                program, *words = line.split()
                if program == "cat":
                    self.write(words[0], output)  # what the page shows is what the reader has written
                if program == "openssl":
                    subprocess.run([program, *words], check=True, capture_output=True, cwd=self.folder)
                if program not in ("mesim", "meupdate"):
                    continue
                done = subprocess.run([MESIM.parent / program, *words], capture_output=True, text=True, check=False,
                                      cwd=self.folder)
                self.assertEqual(done.returncode, 0, f"docs/{name}.md: {line}\n{done.stdout}{done.stderr}")
                if output.strip():
                    real = re.compile(r"[0-9.ms in]+ real")  # another on every computer
                    self.assertEqual(real.sub("", done.stdout), real.sub("", output), f"docs/{name}.md: {line}")
                seen += 1
        self.assertGreaterEqual(seen, 4)

    def test_real_boards_lists_every_message_that_looking_sends_and_no_other(self):
        listed = set(re.findall(r"(?m)^\| (FWU|MKHI|AMTHI|TPM) \| `([0-9a-f]+)` \|", self.page("real-boards")))
        self.assertGreater(len(listed), 20)
        sent = set()
        for machine in run("machines")[0].split("\n"):
            for command in [["info"], ["tpm", "status"]]:
                if not machine:
                    continue
                log = self.folder / "log"
                log.unlink(missing_ok=True)
                run(*command, "--device", f"sim:{machine.split()[0]}", "--log", log, program=MEUPDATE)
                text = log.read_text(encoding="utf-8")
                sent |= set(re.findall(r"mei (\w+) <- \d+ bytes: ([0-9a-f]+)$", text, re.M))
                sent |= {("TPM", data) for data in re.findall(r"tpm <- \w+ \d+ bytes: ([0-9a-f]+)$", text, re.M)}
        self.assertEqual(sent, listed)


def main():
    global MESIM, MEUPDATE, LIBRARY, DATA, SOURCE
    SOURCE = Path(sys.argv[2])
    MESIM = Path(sys.argv[1]) / "mesim"
    MEUPDATE = Path(sys.argv[1]) / "meupdate"
    LIBRARY = Path(sys.argv[2]) / "scenarios" / "library"
    DATA = Path(sys.argv[2]) / "tests" / "scenarios" / "data"
    unittest.main(argv=["mesim_test.py", *sys.argv[3:]])


if __name__ == "__main__":
    main()
