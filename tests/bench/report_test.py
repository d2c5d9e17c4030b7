#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""What scripts/bench makes of measurements, and what scripts/instructions makes of a profile.

Usage: report_test.py SOURCE_DIR [unittest arguments].
"""
import importlib.util
import re
import sys
import tempfile
import unittest
import xml.etree.ElementTree
from importlib.machinery import SourceFileLoader
from pathlib import Path

sys.dont_write_bytecode = True
SOURCE = Path(sys.argv.pop(1)).resolve()
sys.path.insert(0, str(SOURCE / "bench"))
from report import aims, compare, measure, page, peers, plots, rows  # noqa: E402

loader = SourceFileLoader("instructions", str(SOURCE / "scripts" / "instructions"))
instructions = importlib.util.module_from_spec(importlib.util.spec_from_loader("instructions", loader))
loader.exec_module(instructions)


def iteration(name, real_time, unit="ns", **counters):
    return {"run_type": "iteration", "run_name": name, "real_time": real_time, "time_unit": unit, **counters}


def host_row(identity, seconds, size=0, group="update", spread=0.0):
    half = seconds * spread
    return rows.Row(identity, identity, group, rows.HOST, seconds, seconds - half, seconds + half, 3, size, size)


def results(listed, **more):
    on = {"commit": "c", "build": "Release", "compiler": "GNU 12.2.0", "system": "Debian 12", "processor": "P", "processors": 2,
          "load": 0.0}
    return {"schema": 1, "made": "2026-01-01T00:00:00Z", "quick": False, "on": on, "rows": rows.as_json(listed), "forecasts": {},
            "skipped": [], **more}


class Rows(unittest.TestCase):
    def test_the_two_clocks_of_a_benchmark_are_two_rows(self):
        output = {"benchmarks": [iteration("WholeUpdate/65536/manual_time", 1, "ms", host_s=s, simulated_s=11.5)
                                 for s in (0.003, 0.001, 0.002)]}
        made, errors = rows.from_benchmark(output)
        self.assertEqual(errors, [])
        self.assertEqual([(each.id, each.time, each.seconds) for each in made],
                         [("WholeUpdate/65536", "host", 0.002), ("WholeUpdate/65536", "simulated", 11.5)])
        self.assertEqual(made[0].bytes, 65536)

    def test_a_row_is_of_one_operation_whatever_the_benchmark_counts(self):
        output = {"benchmarks": [iteration("RegisterReadThroughSeam", 2.5),
                                 iteration("SlotsThroughRegisterFile/32", 96, items_per_second=4e8)]}
        made, _ = rows.from_benchmark(output)
        self.assertAlmostEqual(made[0].seconds, 2.5e-9)
        self.assertAlmostEqual(made[1].seconds, 2.5e-9)

    def test_a_benchmark_that_fails_is_told_and_has_no_row(self):
        output = {"benchmarks": [iteration("LinkStart", 0, error_occurred=True, error_message="no answer")]}
        self.assertEqual(rows.from_benchmark(output), ([], ["LinkStart: no answer"]))

    def test_every_benchmark_of_the_programs_is_known(self):
        named = set()
        for program in SOURCE.glob("bench/*_bench.cpp"):
            for line in program.read_text(encoding="utf-8").splitlines():
                renamed = re.match(r'BENCHMARK\(.*->Name\("(.*)"\);', line)
                if renamed:
                    named.add(renamed.group(1))
                elif line.startswith(("BENCHMARK(", "BENCHMARK_CAPTURE(")):
                    named.add(", ".join(line.split("(")[1].rstrip(");").split(", ")[:2]).split(")")[0])
        self.assertGreater(len(named), 25)
        arguments = {"TpmCommandInTurns": "TpmCommandInTurns/boards:2/commands:1"}
        names = [arguments.get(name, name.replace(", ", "/")) for name in named]
        self.assertEqual([name for name in names if rows.described(name) is None], [])

    def test_every_program_is_run(self):
        there = {program.stem for program in SOURCE.glob("bench/*_bench.cpp")} - {"tpm_swtpm_bench"}  # a part of tpm_bench
        self.assertEqual(set(measure.PROGRAMS), there)


class Flashrom(unittest.TestCase):
    def test_of_several_definitions_one_is_named(self):
        one = 'Found Macronix flash chip "A" (8192 kB, SPI) on dummy.\n'
        self.assertEqual(peers.definition_of("nothing\n" + one), [])
        self.assertEqual(peers.definition_of(one + one.replace('"A"', '"B/C"')), ["-c", "B/C"])


class Littlefs(unittest.TestCase):
    def test_cuts_of_littlefs_are_read_from_its_runners_last_line(self):
        with tempfile.TemporaryDirectory() as checkout:
            (Path(checkout) / "scripts").mkdir()
            (Path(checkout) / "scripts" / "test.py").write_text(
                'print("running")\nprint()\nprint("done: 20/20 passed, 0/20 failed, 200pls!, in 0.50s")\n')
            skipped = measure.Skipped()
            made = peers.littlefs_cuts(checkout, skipped)
            self.assertEqual([each.seconds for each in made], [0.0025, 0.0025])
            self.assertEqual(skipped.all, [])

    def test_littlefs_is_left_out_with_the_reason(self):
        skipped = measure.Skipped()
        self.assertEqual(peers.littlefs_cuts(None, skipped), [])
        with tempfile.TemporaryDirectory() as empty:
            self.assertEqual(peers.littlefs_cuts(empty, skipped), [])
        self.assertIn("--littlefs", skipped.all[0]["why"])
        self.assertIn("test.py", skipped.all[1]["why"])


class Aims(unittest.TestCase):
    def judged(self, what, listed):
        return next(each for each in aims.judge(listed) if each.aim.what.startswith(what))

    def test_an_aim_is_met_at_its_bound_and_not_beyond(self):
        self.assertTrue(self.judged("register read", [host_row("RegisterReadThroughSeam", 3e-9)]).met)
        missed = self.judged("register read", [host_row("RegisterReadThroughSeam", 6e-9)])
        self.assertFalse(missed.met)
        self.assertIn("by a factor of 2", missed.verdict)

    def test_the_share_of_the_sha1_rate_is_of_rates(self):
        listed = [host_row("WholeUpdate/4194304", 0.02, 4 << 20), host_row("limit/sha1", 0.0005, 1 << 20, "limits")]
        judged = self.judged("update of 4 MiB over HECI", listed)
        self.assertAlmostEqual(judged.value, 10.0)  # 4 MiB in 20 ms against 1 MiB in 0.5 ms: a tenth of the rate
        self.assertFalse(judged.met)

    def test_what_was_not_measured_is_neither_met_nor_missed(self):
        judged = self.judged("register read", [])
        self.assertIsNone(judged.met)
        self.assertIn("not measured (RegisterReadThroughSeam)", judged.verdict)

    def test_a_simulated_time_is_never_judged_as_the_hosts(self):
        simulated = host_row("RegisterReadThroughSeam", 1e-9)
        simulated.time = rows.SIMULATED
        self.assertIsNone(self.judged("register read", [simulated]).met)


class Compare(unittest.TestCase):
    def test_less_than_the_noise_is_no_change(self):
        old, new = results([host_row("a", 1.0, spread=0.05)]), results([host_row("a", 1.15, spread=0.05)])
        self.assertIn("nothing changed beyond noise", compare.told(old, new))

    def test_more_than_the_noise_is_told_with_both_figures(self):
        told = compare.told(results([host_row("a", 1.0, spread=0.01)]), results([host_row("a", 1.5, spread=0.01)]))
        self.assertIn("a (host): 1 s -> 1.5 s, 50.0 % slower", told)

    def test_simulated_time_has_no_noise(self):
        old, new = host_row("a", 100.0), host_row("a", 100.001)
        old.time = new.time = rows.SIMULATED
        self.assertIn("a (simulated)", compare.told(results([old]), results([new])))

    def test_another_computer_is_told(self):
        new = results([])
        new["on"]["processor"] = "Q"
        self.assertIn("another processor: P then, Q now", compare.told(results([]), new))

    def test_what_only_one_run_has_is_told(self):
        told = compare.told(results([host_row("a", 1.0)]), results([host_row("b", 1.0)]))
        self.assertIn("only in the old run: a", told)
        self.assertIn("only in the new run: b", told)


class Page(unittest.TestCase):
    def test_every_row_of_a_table_says_which_time_it_is(self):
        listed = [host_row("WholeUpdate/65536", 0.001, 65536), host_row("WholeUpdate/1048576", 0.01, 1 << 20)]
        made = results(listed)
        text = page.page(made, page.draw(made))
        lines = [line for line in text.splitlines() if line.startswith("| WholeUpdate/")]
        self.assertEqual(len(lines), 2)
        for line in lines:
            self.assertIn(line.split("|")[2].strip(), ("host", "simulated"))

    def test_what_was_left_out_stands_there_with_its_reason(self):
        made = results([], skipped=[{"what": "flashrom -p dummy", "why": "flashrom is not installed"}])
        self.assertIn("| flashrom -p dummy | flashrom is not installed |", page.page(made, {}))

    def test_the_fixed_cost_stands_apart_from_what_each_byte_costs(self):
        listed = [host_row("a", 0.001 + 2e-9 * size, size) for size in (65536, 1 << 20, 4 << 20)]
        self.assertIn("| update over HECI | host | 1 ms | 2 ns |", page.growth_table(listed))


class Plots(unittest.TestCase):
    def test_a_plot_is_a_drawing_with_a_point_for_each_figure(self):
        svg = plots.lines("a & b", "x", "MB/s", {"one": [(64, 1.0), (128, 2.0)], "two": [(64, 3.0)]})
        root = xml.etree.ElementTree.fromstring(svg)
        self.assertEqual(len(root.findall("{http://www.w3.org/2000/svg}circle")), 3)
        self.assertNotIn("href", svg)

    def test_bars_are_as_long_as_their_shares(self):
        svg = plots.stacked("t", "s", [("a", {"p": 3.0, "q": 1.0})], ["p", "q"])
        widths = [float(bar.get("width")) for bar in
                  xml.etree.ElementTree.fromstring(svg).findall("{http://www.w3.org/2000/svg}rect")[:2]]
        self.assertAlmostEqual(widths[0], 3 * widths[1], delta=0.2)


class Peers(unittest.TestCase):
    def test_both_spellings_of_openssl_speed_give_seconds_of_a_verification(self):
        self.assertAlmostEqual(peers.verification_of("+F2:2:2048:0.000600:0.000018\n"), 1.8e-5)
        self.assertAlmostEqual(peers.verification_of("+F2:2:2048:1666.0:50000.0\n"), 2e-5)


PROFILE = """fn=updater::mei::HeciRing::look()
12 30
calls=4 0
12 999
+1 5
fn=SHA1_Update
3 700
fn=std::vector<base::Bytes>::push_back(base::Bytes const&)
3 50

fn=emulator::sim::Scheduler::now() const
9
fn=emulator::heci::HeciDevice::read32(unsigned int)
7 7
"""


class Instructions(unittest.TestCase):
    def test_only_our_functions_count_and_none_of_them_twice(self):
        self.assertEqual(instructions.own_instructions(PROFILE), 30 + 5 + 7)

    def test_more_than_three_percent_either_way_is_red(self):
        for now, within in ((100, True), (102.9, True), (103.1, False), (97.1, True), (96.9, False)):
            self.assertEqual(instructions.verdict("slot", now, 100)[1], within, now)

    def test_a_count_that_the_baseline_lacks_is_red(self):
        self.assertFalse(instructions.compare({"slot": 10.0}, {}))
        self.assertTrue(instructions.compare({"slot": 10.0}, {"slot": 10.1}))


if __name__ == "__main__":
    unittest.main()
