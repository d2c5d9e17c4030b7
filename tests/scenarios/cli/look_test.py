#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""A run one can look at: pages, the terminal, lists, annotations, reports for CI servers, traces side by side.

Usage: look_test.py BIN_DIR SOURCE_DIR [unittest arguments].
"""
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree
from pathlib import Path

import jsonschema

sys.path.insert(0, str(Path(__file__).parent))
import junit_schema  # noqa: E402

MESIM = LIBRARY = SCHEMAS = None
FAILS = '[[step]]\nmeupdate = ["explain", "8721"]\nexpect.exit = 9'
PASSES = '[[step]]\nwait = "1s"'


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def story(self, name, steps, head=""):
        path = self.folder / name
        path.write_text(f'schema = 1\ntitle = "{name}"\nmachine = "esprimo-e5730"\n{head}\n{steps}\n', encoding="utf-8")
        return path

    def run_mesim(self, *arguments, **more):
        """Standard output, standard error and exit status, in the test's folder."""
        done = subprocess.run([MESIM, *map(str, arguments)], capture_output=True, text=True, check=False, cwd=self.folder, **more)
        return done.stdout, done.stderr, done.returncode

    def trace(self, name, *stories):
        path = self.folder / name
        self.assertEqual(self.run_mesim("run", *stories, "--trace", path)[2], 0)
        return path


class RunPage(Folder):
    """mesim run --html and mesim show --html."""

    def page(self, *arguments, status):
        path = self.folder / "run.html"
        self.assertEqual(self.run_mesim("run", *arguments, "--html", path)[2], status)
        return path.read_text(encoding="utf-8")

    def test_what_failed_is_first_and_open_and_each_step_is_told(self):
        self.story("a-good.toml", PASSES)
        self.story("z-bad.toml", PASSES + "\n" + FAILS)
        page = self.page(self.folder, status=1)
        self.assertIn("<h1>1 of 2 scenarios did not pass</h1>", page)
        stories = page[page.index("Every scenario"):]
        self.assertLess(stories.index("z-bad.toml"), stories.index("a-good.toml"))
        self.assertRegex(stories, r'<details class=story id="s0" open>')
        self.assertIn("step 2: meupdate explain 8721", page)
        self.assertIn("exit status", page)

    def test_an_interrupted_update_is_drawn_with_what_struck_it(self):
        page = self.page(LIBRARY / "flash" / "torn-while-staging.toml", status=0)
        picture = page[page.index("Message by message"):]
        self.assertIn('class="tip red"', picture)
        self.assertRegex(picture, r"fault: power_cut_inside \(occurrence \d+\)")
        self.assertIn("FWU: data", picture)
        self.assertIn('class="torn"', page)
        self.assertRegex(page, "<title>staging: [0-9.]+ to [0-9.]+ s</title>")

    def test_it_names_no_folder_of_this_computer_and_runs_no_script(self):
        self.story("broken.toml", '[[step]]\nwiat = "1s"')
        self.story("bad.toml", FAILS)
        page = self.page(self.folder / "bad.toml", self.folder / "broken.toml", status=2)
        for private in [str(self.folder), self.folder.name, tempfile.gettempdir() + "/"]:
            self.assertNotIn(private, page)
        self.assertNotIn("<script", page)
        self.assertIn("default-src 'none'", page)

    def test_every_element_is_closed(self):
        self.story("good.toml", PASSES)
        self.story("bad.toml", FAILS)
        page = self.page(self.folder, status=1)
        for tag in ["details", "summary", "table", "div", "dl", "svg", "ul", "pre", "p", "h3"]:
            self.assertEqual(len(re.findall(rf"<{tag}[ >]", page)), page.count(f"</{tag}>"), tag)

    def test_no_screen_has_to_be_moved_sideways(self):
        """At the width of a telephone, of half a screen and of a whole one: only what is wide scrolls, in a frame of its own."""
        browser = shutil.which("chromium")
        self.assertIsNotNone(browser, "no Chromium here: scripts/setup installs it")
        self.story("bad-with-a-name-that-is-as-long-as-names-of-stories-are-in-the-library-of-this-bench.toml", FAILS)
        page = self.page(self.folder, LIBRARY / "flash" / "torn-while-staging.toml", status=1)
        # What the page forbids itself: a script, which tells how wide it is with everything open.
        page = re.sub(r"<meta http-equiv=[^>]*>", "", page).replace("<details", "<details open").replace(
            "</body>", "<script>parent.postMessage([innerWidth, document.documentElement.scrollWidth], '*')</script></body>")
        (self.folder / "measured.html").write_text(page, encoding="utf-8")
        screens = self.folder / "screens.html"
        screens.write_text("<script>onmessage = told => document.title += ' ' + told.data.join(':')</script>" + "".join(
            f"<iframe width={width} height=800 frameborder=0 src=measured.html></iframe>" for width in [400, 900, 1400]))
        done = subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
             "--virtual-time-budget=5000",
             f"--user-data-dir={self.folder}/browser", "--dump-dom", screens.as_uri()],
            capture_output=True, text=True, check=False, timeout=120)
        title = re.search(r"<title>([^<]*)</title>", done.stdout)
        self.assertIsNotNone(title, done.stdout[-500:] + done.stderr)
        self.assertEqual(sorted(title[1].split()), ["1400:1400", "400:400", "900:900"])

    def test_show_makes_the_same_picture_of_a_trace(self):
        story = [LIBRARY / "flash" / "torn-while-staging.toml", "--filter", "torn=page"]
        trace = self.trace("t.jsonl", *story)
        out, err, status = self.run_mesim("show", trace, "--html", "-")
        self.assertEqual((status, err), (0, ""))
        self.assertNotIn(str(LIBRARY), out)
        run = self.page(*story, status=0)
        states = re.compile(r"(?s)<h3>States and flash over time</h3>.*?</svg>")
        self.assertEqual(states.search(out).group(), states.search(run).group())
        self.assertIn("fault: power_cut_inside", out)

    def test_show_tells_it_in_words(self):
        out, _, status = self.run_mesim("show", self.trace("t.jsonl", LIBRARY / "flash" / "torn-while-staging.toml"))
        self.assertEqual(status, 0)
        self.assertRegex(out, r"(?m)^ +[0-9.]+ s  --> ME   FWU: start$")
        self.assertRegex(out, r"(?m)^ +[0-9.]+ s    !      fault: power_cut_inside")
        self.assertRegex(out, r"(?m)^  update +[0-9.]+ s ")

    def test_what_is_no_trace_is_refused(self):
        for text, words in [("nonsense\n", "line 1 is not of a trace"), ("", "it is empty")]:
            path = self.folder / "x.jsonl"
            path.write_text(text)
            for command, more in [(["show"], []), (["trace", "diff", path], []), (["trace", "pcapng"], ["out"]),
                                  (["trace", "perfetto"], ["out"])]:
                out, err, status = self.run_mesim(*command, path, *more)
                self.assertEqual((status, out), (2, ""), command)
                self.assertIn(words, err)


class Terminal(Folder):
    def on_terminal(self, *arguments, **environment):
        """What a person sees, and the exit status."""
        first, second = pty.openpty()
        done = subprocess.Popen([MESIM, *map(str, arguments)], stdout=second, stderr=second, cwd=self.folder,
                                env={**os.environ, "TERM": "xterm", **environment})
        os.close(second)
        text = b""
        while True:
            try:
                more = os.read(first, 65536)
            except OSError:  # the other side is closed
                break
            if not more:
                break
            text += more
        os.close(first)
        return text.decode().replace("\r\n", "\n"), done.wait()

    def setUp(self):
        super().setUp()
        self.good, self.bad = self.story("1.toml", PASSES), self.story("2.toml", FAILS)

    def test_a_terminal_gets_counts_and_colours(self):
        out, status = self.on_terminal("run", self.good, self.bad)
        self.assertEqual(status, 1)
        self.assertRegex(out, r"(?m)^\x1b\[2m\[1/2\] \x1b\[0m\x1b\[32mpass\x1b\[0m")
        self.assertRegex(out, r"(?m)^\x1b\[2m\[2/2\] \x1b\[0m\x1b\[1;31mFAIL\x1b\[0m")

    def test_no_color_and_a_dumb_terminal_get_none(self):
        for environment in [{"NO_COLOR": "1"}, {"TERM": "dumb"}]:
            out, _ = self.on_terminal("run", self.good, **environment)
            self.assertNotIn("\x1b", out)
            self.assertTrue(out.startswith("[1/1] pass  "), out)
        self.assertIn("\x1b", self.on_terminal("run", self.good, NO_COLOR="")[0])

    def test_a_file_gets_neither(self):
        out, _, _ = self.run_mesim("run", self.good, self.bad)
        self.assertTrue(out.startswith("pass  "), out)
        self.assertNotIn("\x1b", out)

    def test_quiet_tells_what_did_not_pass_and_verbose_each_step(self):
        quiet, _, _ = self.run_mesim("run", self.good, self.bad, "-q")
        self.assertNotIn("pass  ", quiet)
        self.assertTrue(quiet.startswith("FAIL  "), quiet)
        self.assertIn("2 scenarios: 1 passed, 1 failed", quiet)
        verbose, _, _ = self.run_mesim("run", self.good, self.bad, "-v")
        self.assertRegex(verbose, r"(?m)^\[1/2\] pass  .*\n    step 1 at 1\.5s, took 1s: wait")
        self.assertRegex(verbose, r"(?m)^    step 1 at 1\.5s, took 0s: meupdate explain 8721: not as written$")


class Choice(Folder):
    def ids(self, *arguments):
        out, err, status = self.run_mesim("run", *arguments, "--list")
        self.assertEqual(status, 0, err)
        return re.findall(r"(?m)^\S+\.toml\S*$", out)

    def test_a_tag_keeps_the_stories_that_have_it(self):
        self.story("a.toml", PASSES, 'tags = ["power", "flash"]')
        self.story("b.toml", PASSES, 'tags = ["power"]')
        self.story("c.toml", PASSES)
        self.assertEqual(self.ids(self.folder, "--tag", "flash"), ["a.toml"])
        self.assertEqual(self.ids(self.folder, "--tag", "power"), ["a.toml", "b.toml"])
        self.assertEqual(self.ids(self.folder, "--tag", "flash", "--tag", "power"), ["a.toml", "b.toml"])
        _, err, status = self.run_mesim("run", self.folder, "--tag", "pwoer")
        self.assertEqual(status, 2)
        self.assertIn("look at --tag", err)

    def test_each_is_run_so_many_times(self):
        out, _, status = self.run_mesim("run", self.story("a.toml", PASSES), "--repeat", "3")
        self.assertEqual(status, 0)
        self.assertEqual(re.findall(r"a\.toml #(\d)", out), ["1", "2", "3"])
        self.assertIn("3 scenarios: 3 passed", out)

    def test_it_stops_at_the_first_that_does_not_pass(self):
        for name, steps in [("1", PASSES), ("2", FAILS), ("3", PASSES), ("4", PASSES)]:
            self.story(f"{name}.toml", steps)
        report = self.folder / "r.json"
        out, err, status = self.run_mesim("run", self.folder, "--stop-on-failure", "--json", report)
        self.assertEqual(status, 1)
        self.assertIn("stopped at the first that did not pass: 2 of 4 scenarios did not run", err)
        self.assertNotIn("3.toml", out)
        self.assertEqual(json.loads(report.read_text())["totals"]["all"], 2)
        self.story("broken.toml", '[[step]]\nwiat = "1s"')
        out, err, status = self.run_mesim("run", self.folder, "--stop-on-failure")
        self.assertEqual(status, 2)
        self.assertIn("stopped at the first that did not pass: 4 of 4 scenarios did not run", err)
        self.assertNotIn("1.toml", out)

    def test_those_that_failed_are_run_again(self):
        bad = self.story("bad.toml", '[[step]]\nwait = "${t}"\nexpect.took = ["1s", "2s"]', '[matrix]\nt = ["1s", "3s"]')
        self.story("good.toml", PASSES)
        ugly = self.story("ugly.toml", '[[step]]\nwiat = "1s"')
        report = self.folder / "r.json"
        self.assertEqual(self.run_mesim("run", self.folder, "--json", report, "--repeat", "2")[2], 2)
        out, _, status = self.run_mesim("run", self.folder, "--rerun-failed", report)
        self.assertEqual(status, 2)
        self.assertEqual(re.findall(r"(?m)^(\w+) +(\S+\.toml\S*)", out), [("ERROR", "ugly.toml"), ("FAIL", "bad.toml[t=3s]")])
        self.assertNotIn("good.toml", out)
        # Put right, they pass, and the report says so.
        self.story("ugly.toml", PASSES)
        bad.write_text(bad.read_text().replace('"2s"]', '"4s"]'))
        out, _, status = self.run_mesim("run", self.folder, "--rerun-failed", report, "--json", report)
        self.assertEqual(status, 0, out)
        self.assertIn("2 scenarios: 2 passed", out)
        out, _, status = self.run_mesim("run", self.folder, "--rerun-failed", report)
        self.assertEqual((status, out), (0, f"Nothing failed in {report}: nothing is run.\n"))
        self.assertTrue(ugly.exists())

    def test_a_report_that_is_none_and_one_of_other_stories_are_refused(self):
        self.story("bad.toml", FAILS)
        report = self.folder / "r.json"
        report.write_text("{}")
        _, err, status = self.run_mesim("run", self.folder, "--rerun-failed", report)
        self.assertEqual(status, 2)
        self.assertIn("not a report of mesim run --json", err)
        self.run_mesim("run", self.folder, "--json", report)
        _, err, status = self.run_mesim("run", LIBRARY / "person", "--rerun-failed", report)
        self.assertEqual(status, 2)
        self.assertIn("none of the 1 scenarios that failed there", err)


class KeptTrace(Folder):
    """What fails leaves the end of its trace, unasked."""

    def test_it_is_told_where_it_is_and_can_be_shown(self):
        self.story("bad.toml", FAILS)
        self.story("good.toml", PASSES)
        out, _, _ = self.run_mesim("run", self.folder)
        self.assertRegex(out, r"its last \d+ events: mesim show mesim-failed/bad\.toml\.jsonl")
        self.assertEqual([path.name for path in (self.folder / "mesim-failed").iterdir()], ["bad.toml.jsonl"])
        shown, err, status = self.run_mesim("show", "mesim-failed/bad.toml.jsonl")
        self.assertEqual((status, err), (0, ""))
        self.assertIn("firmware: boot: operational", shown)
        validator = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "trace.schema.json").read_text()))
        for line in (self.folder / "mesim-failed" / "bad.toml.jsonl").read_text().splitlines():
            validator.validate(json.loads(line))

    def test_it_goes_where_it_is_told_to_or_nowhere(self):
        bad = self.story("bad.toml", FAILS)
        self.run_mesim("run", bad, "--keep-failed", "elsewhere")
        self.assertEqual(len(list((self.folder / "elsewhere").iterdir())), 1)
        out, _, _ = self.run_mesim("run", bad, "--keep-failed", "")
        self.assertNotIn("its last", out)
        self.assertFalse((self.folder / "mesim-failed").exists())

    def test_nothing_is_left_where_nothing_fails(self):
        self.run_mesim("run", self.story("good.toml", PASSES))
        self.assertEqual([path.name for path in self.folder.iterdir()], ["good.toml"])


class Lists(Folder):
    def listed(self, *arguments):
        out, err, status = self.run_mesim("list", *arguments, "--json", "-")
        self.assertEqual((status, err), (0, ""))
        document = json.loads(out)
        jsonschema.Draft202012Validator(json.loads((SCHEMAS / "list.schema.json").read_text())).validate(document)
        return document[arguments[0]]

    def test_points_tell_what_can_strike_there(self):
        points = {each["name"]: each for each in self.listed("points")}
        self.assertIn("lie", points["flash_erase"]["actions"])
        self.assertNotIn("lie", points["fwu_start"]["actions"])
        self.assertIn("twice", points["fwu_data"]["actions"])
        out, _, _ = self.run_mesim("list", "points")
        self.assertRegex(out, r"(?m)^flash_erase +a sector-erase operation\n    power_cut_before, ")

    def test_facts_tell_what_they_can_be(self):
        facts = {each["name"]: each for each in self.listed("facts")}
        self.assertEqual(facts["powered"]["values"], ["false", "true"] if "false" in facts["powered"]["values"][:1]
                         else ["true", "false"])
        self.assertIn("recovery", facts["boot"]["values"])

    def test_every_point_and_every_fact_is_a_word_of_a_story(self):
        page = (SCHEMAS.parent / "scenarios.md").read_text(encoding="utf-8")
        for what in ["points", "facts"]:
            missing = [each["name"] for each in self.listed(what) if each["name"] not in page]
            self.assertEqual(missing, [], what)

    def test_tags_are_counted(self):
        self.story("a.toml", PASSES, 'tags = ["power", "flash"]')
        self.story("b.toml", PASSES, 'tags = ["power"]')
        self.assertEqual(self.listed("tags", self.folder),
                         [{"name": "flash", "scenarios": 1}, {"name": "power", "scenarios": 2}])

    def test_machines_are_those_of_mesim_machines(self):
        out, _, _ = self.run_mesim("machines")
        self.assertEqual([each["name"] for each in self.listed("machines")], [line.split()[0] for line in out.splitlines()])

    def test_what_makes_no_sense_exits_2(self):
        for arguments, words in [(["tags"], "of which scenarios?"), (["facts", "."], "takes no PATH"),
                                 (["colours"], "must be one of points, facts, tags, machines"), ([], "WHAT")]:
            _, err, status = self.run_mesim("list", *arguments)
            self.assertEqual(status, 2, arguments)
            self.assertIn(words, err)


class CiServers(Folder):
    def setUp(self):
        super().setUp()
        self.story("good.toml", PASSES)
        self.story("bad.toml", FAILS)
        self.story("ugly.toml", '[[step]]\nwiat = "1s"')

    def test_github_is_told_file_and_line(self):
        out, _, status = self.run_mesim("run", self.folder, "--annotate", "github",
                                        env={**os.environ, "GITHUB_WORKSPACE": str(self.folder)})
        self.assertEqual(status, 2)
        commands = re.findall(r"(?m)^::error file=([^,:]+),line=(\d+),col=\d+,title=([^:]+)::(.*)$", out)
        self.assertEqual([(file, line, title) for file, line, title, _ in commands],
                         [("ugly.toml", "6", "ugly.toml"), ("bad.toml", "7", "bad.toml")])
        self.assertIn("exit status: expected 9, got 0", commands[1][3])
        self.assertNotIn("::error", self.run_mesim("run", self.folder)[0])

    def test_gitlab_gets_a_code_quality_report(self):
        path = self.folder / "gl.json"
        self.run_mesim("run", self.folder, "--gitlab", path, env={**os.environ, "CI_PROJECT_DIR": str(self.folder)})
        report = json.loads(path.read_text())
        self.assertEqual([each["location"]["path"] for each in report], ["ugly.toml", "bad.toml"])
        for each in report:
            self.assertIn(each["severity"], {"info", "minor", "major", "critical", "blocker"})
            self.assertEqual(set(each), {"description", "check_name", "fingerprint", "severity", "location"})

    def test_junit_keeps_to_the_schema_of_jenkins(self):
        self.story("skipped.toml", PASSES)
        path, map_of = self.folder / "out.xml", self.folder / "explored.xml"
        self.run_mesim("run", self.folder, LIBRARY / "clean-update", "--junit", path)
        root = xml.etree.ElementTree.parse(path).getroot()
        self.assertGreater(len(root.findall(".//testcase")), 5)
        self.assertEqual(list(junit_schema.complaints(root)), [])
        update = (LIBRARY / "explore" / "over-heci.toml").resolve()
        self.run_mesim("explore", update, "--at", "boot", "--junit", map_of)
        explored = xml.etree.ElementTree.parse(map_of).getroot()
        self.assertEqual(len(explored.findall(".//testcase")), 3)
        self.assertEqual(list(junit_schema.complaints(explored)), [])

    def test_the_schemas_rules_see_what_is_wrong(self):
        for text, words in [('<testsuites skipped="1"/>', "no attribute skipped"),
                            ('<testsuites time="1.0000"/>', "has the time"),
                            ('<testsuites>x</testsuites>', "has text"),
                            ('<testsuites><testsuite name="a" tests="1" failures="0"/></testsuites>', "has no errors"),
                            ('<testcase name="a"><properties/></testcase>', "has a <properties> in it")]:
            self.assertIn(words, "\n".join(junit_schema.complaints(xml.etree.ElementTree.fromstring(text))))


class Perfetto(Folder):
    def test_every_packet_is_of_a_length_that_adds_up(self):
        trace, file = self.trace("t", LIBRARY / "flash" / "torn-while-staging.toml"), self.folder / "t.pftrace"
        self.assertEqual(self.run_mesim("trace", "perfetto", trace, file), ("", "", 0))
        data, at, packets = file.read_bytes(), 0, 0
        while at < len(data):
            self.assertEqual(data[at], 0x0A, "field 1 of Trace, with a length")
            length, shift, at = 0, 0, at + 1
            while data[at] >= 0x80:
                length, shift, at = length | (data[at] & 0x7F) << shift, shift + 7, at + 1
            at += 1 + (length | data[at] << shift)
            packets += 1
        self.assertEqual(at, len(data))
        self.assertGreater(packets, len(trace.read_text().splitlines()))


class TraceDiff(Folder):
    STORY = '[[step]]\nfault = {{ point = "boot", action = "delay", delay = "{}" }}\n[[step]]\nreset = "me"\n[[step]]\nwait = "9s"\n{}'

    def test_the_same_story_leaves_the_same_trace(self):
        story = self.story("a.toml", PASSES)
        out, err, status = self.run_mesim("trace", "diff", self.trace("1", story), self.trace("2", story))
        self.assertEqual((status, err, out), (0, "", "the same: 1 stories\n"))

    def test_a_delay_is_another_time_and_no_other_line(self):
        story = self.story("a.toml", self.STORY.format("1s", ""))
        first = self.trace("1", story)
        second = self.trace("2", self.story("a.toml", self.STORY.format("2s", "")))
        self.assertEqual(self.run_mesim("trace", "diff", first, second)[2], 0)
        out, _, status = self.run_mesim("trace", "diff", first, second, "--times")
        self.assertEqual(status, 1)
        self.assertRegex(out, r"(?m)^- +4s  -- firmware: boot: operational\n(?:.*\n)*\+ +5s  -- firmware: boot: operational$")

    def test_what_only_one_of_them_has_is_marked(self):
        first = self.trace("1", self.story("a.toml", PASSES))
        second = self.trace("2", self.story("a.toml", PASSES + '\n[[step]]\nreset = "me"'))
        out, _, status = self.run_mesim("trace", "diff", first, second)
        self.assertEqual(status, 1)
        self.assertRegex(out, r"(?m)^\+ +2\.5s  -- power: ME reset$")
        self.assertNotRegex(out, r"(?m)^- ")
        self.assertRegex(out, r"0 only in A \(-\), \d+ only in B \(\+\)")

    def test_a_story_that_only_one_of_them_has_is_named(self):
        one, two = self.story("a.toml", PASSES), self.story("b.toml", PASSES)
        out, _, status = self.run_mesim("trace", "diff", self.trace("1", one, two), self.trace("2", one))
        self.assertEqual(status, 1)
        self.assertRegex(out, r"b\.toml: only in A, \d+ lines")


def main():
    global MESIM, LIBRARY, SCHEMAS
    MESIM = Path(sys.argv[1]).resolve() / "mesim"
    LIBRARY = Path(sys.argv[2]).resolve() / "scenarios" / "library"
    SCHEMAS = Path(sys.argv[2]).resolve() / "docs" / "schema"
    unittest.main(argv=["look_test.py", *sys.argv[3:]])


if __name__ == "__main__":
    main()
