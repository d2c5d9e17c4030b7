#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""mesim bench as people and programs meet it.

Usage: bench_test.py BIN_DIR SOURCE_DIR [unittest arguments].
"""
import json
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import jsonschema

BIN = SOURCE = None
SMALL = ["--set", "flash.code_size=0x10000"]


def bench(*arguments):
    return subprocess.run([BIN / "mesim", "bench", *map(str, arguments)], capture_output=True, text=True, check=False)


class Bench(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def told(self, *arguments):
        done = bench(*arguments, "--json", "-")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        document = json.loads(done.stdout)
        schema = json.loads((SOURCE / "docs/schema/bench.schema.json").read_text())
        jsonschema.Draft202012Validator(schema).validate(document)
        return document

    def test_tells_people_and_programs_the_same_time(self):
        document = self.told("esprimo-e5730", *SMALL)
        self.assertEqual([way["via"] for way in document["ways"]], ["heci", "tpm"])
        text = bench("esprimo-e5730", *SMALL).stdout
        for way in document["ways"]:
            forecast = way["forecast"]
            self.assertAlmostEqual(sum(forecast["shares_s"].values()), forecast["total_s"], places=6)
            self.assertIn(f"{forecast['total_s']:.2f} s simulated", text)

    def test_takes_as_long_as_meupdate_does_on_that_board(self):
        image = self.folder / "new.bin"
        made = subprocess.run([BIN / "mesim", "image", "build", "--machine", "esprimo-e5730", "--version", "5.2.70.1046", "--size",
                               "65536", "--output", image], capture_output=True, check=False)
        self.assertEqual(made.returncode, 0, made.stderr)
        document = self.told("esprimo-e5730", *SMALL, "--via", "heci", "--image", image)
        update = subprocess.run([BIN / "meupdate", "update", image, "--device", "sim:esprimo-e5730", *SMALL, "--set",
                                 "settings.enabled_update_interfaces=1", "-y", "--format", "json"], capture_output=True, text=True,
                                check=False)
        self.assertEqual(update.returncode, 0, update.stderr)
        took = re.findall(r'"took_ms": ?(\d+)', update.stdout)
        self.assertTrue(took, update.stdout)
        # The link may have been used before, which costs its own start or not.
        self.assertAlmostEqual(document["ways"][0]["forecast"]["total_s"], int(took[-1]) / 1000, delta=0.1)

    def test_draws_a_sweep_and_says_which_values_no_board_can_have(self):
        document = self.told("esprimo-e5730", *SMALL, "--via", "heci", "--sweep", "heci.depth=2,3,128")
        points = document["ways"][0]["sweep"]["points"]
        self.assertEqual([point["value"] for point in points], ["2", "3", "128"])
        self.assertGreater(points[0]["forecast"]["total_s"], points[2]["forecast"]["total_s"])
        self.assertIn("depth is 3", points[1]["error"])

    def test_writes_a_page_that_loads_nothing(self):
        page = self.folder / "forecast.html"
        done = bench("esprimo-e5730", *SMALL, "--via", "heci", "--html", page)
        self.assertEqual(done.returncode, 0, done.stderr)
        text = page.read_text()
        self.assertIn("Simulated time", text)
        self.assertNotIn("<script", text)
        self.assertNotIn("src=", text)

    def test_a_board_without_a_tpm_has_one_way_and_none_where_that_is_asked_for(self):
        without = [*SMALL, "--set", "tpm.fitted=false"]
        self.assertEqual([way["via"] for way in self.told("esprimo-e5730", *without)["ways"]], ["heci"])
        done = bench("esprimo-e5730", *without, "--via", "tpm")
        self.assertEqual(done.returncode, 1)
        self.assertIn("no TPM", done.stdout)

    def test_what_makes_no_sense_is_refused_with_what_would(self):
        for arguments, said in [(["no-such-machine"], "esprimo-e5730"), (["esprimo-e5730", "--sweep", "depth"], "heci.depth=2..128"),
                                (["esprimo-e5730", "--via", "smoke"], "heci"),
                                (["esprimo-e5730", "--image", "/no/such/file"], "/no/such/file"),
                                (["esprimo-e5730", "--json", "-", "--html", "-"], "standard output")]:
            done = bench(*arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(said, done.stderr)
            self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    BIN, SOURCE = (Path(argument).resolve() for argument in (sys.argv.pop(1), sys.argv.pop(1)))
    unittest.main()
