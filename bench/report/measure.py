# SPDX-License-Identifier: BSD-3-Clause
"""Runs the benchmark programs of a build, a few times each, and makes rows of what they say."""
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import rows

# Program -> what a quick run leaves out of it, as Google Benchmark's own --benchmark_filter takes it ("-": all but these).
PROGRAMS = {
    "limits_bench": "",
    "register_bench": "",
    "message_bench": "",
    "update_bench": "-WholeUpdate/16777216",
    "image_bench": "-ParseAndVerifyImage/16777216",
    "tpm_bench": "",
    "attach_bench": "",
    "field_log_bench": "-ReadFieldLogs/10000000",
    "explore_bench": "",
    "promise_bench": "",
    "library_bench": "BoardMadeAndBooted|BoardSavedAndRestored",
    "guest_bench": None,  # boots a guest for each figure: not in a quick run
}
# A guest is booted for each figure, once; the others are fast enough for the median of several runs.
ONCE = {"guest_bench"}


class Skipped:
    """What was not measured, and why."""

    def __init__(self):
        self.all = []

    def add(self, what, why):
        self.all.append({"what": what, "why": why})
        print(f"  left out: {what}: {why}", flush=True)


def run_programs(folder, quick, only, skipped):
    """The rows of all programs in `folder`, those whose program or benchmark `only` finds."""
    measured = []
    for number, (program, quick_filter) in enumerate(PROGRAMS.items(), 1):
        path = Path(folder) / program
        if quick and quick_filter is None:
            skipped.add(program, "a quick run boots no guest")
            continue
        if not path.exists():
            skipped.add(program, f"it is not in {folder}: what it needs was missing when it was built")
            continue
        wanted = quick_filter if quick and quick_filter else ""
        if only and not re.search(only, program):
            wanted = only
        measured += run_program(path, number, wanted, quick, skipped)
    return measured


def run_program(path, number, wanted, quick, skipped):
    repetitions = 1 if path.name in ONCE else 3 if quick else 7
    began = time.monotonic()
    print(f"[{number}/{len(PROGRAMS)}] {path.name}, {repetitions} run(s) of each", flush=True)
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        command = [str(path), f"--benchmark_out={out.name}", "--benchmark_out_format=json",
                   f"--benchmark_repetitions={repetitions}", f"--benchmark_filter={wanted}",
                   f"--benchmark_min_time={0.05 if quick else 0.2}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=measuring()) as child:
            said = tell(child.stdout, began)
        text = Path(out.name).read_text(encoding="utf-8")
    if child.returncode != 0:
        skipped.add(path.name, f"it ended with status {child.returncode}: {said}")
        return []
    if not text:
        return []  # nothing in it has a wanted name
    measured, errors = rows.from_benchmark(json.loads(text))
    for error in errors:
        skipped.add(path.name, error)
    return measured


def measuring():
    """As mesim runs by itself: what is freed is kept, and memory comes in large pages."""
    return {**os.environ, "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}


def tell(lines, began):
    """Says every few seconds that a program is still at it. Gives its last line."""
    last, told = "", time.monotonic()
    for line in lines:
        last = line.strip() or last
        if time.monotonic() - told > 10:
            told = time.monotonic()
            print(f"    {last.split(' ')[0]} (after {told - began:.0f} s)", flush=True)
    return last


def timed(command, runs, folder=None):
    """Wall seconds of each run of a command; None where it fails."""
    taken = []
    for _ in range(runs):
        began = time.monotonic()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder, check=False)
        taken.append(time.monotonic() - began)
        if done.returncode != 0:
            print(f"    {' '.join(map(str, command))}: status {done.returncode}", file=sys.stderr)
            return None
    return taken


def run_commands(folder, root, quick, skipped):
    """Whole processes, from their start to their end."""
    mesim, meupdate = Path(folder) / "mesim", Path(folder) / "meupdate"
    if not mesim.exists() or not meupdate.exists():
        skipped.add("whole processes", f"{folder} has no mesim or no meupdate")
        return []
    measured = []
    print("whole processes", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        image = Path(scratch) / "new.bin"
        machine = ["--set", "flash.part=BENCH-64MiB", "--set", f"flash.code_size={4 * rows.MIB}", "--set",
                   "settings.enabled_update_interfaces=1"]
        subprocess.run([mesim, "image", "build", "--machine", "esprimo-e5730", "--version", "5.2.70.1046", "--size",
                        str(4 * rows.MIB), "--output", image], stdout=subprocess.DEVNULL, check=True)
        commands = [
            ("process/update", "meupdate update of a simulated board, 4 MiB", 4 * rows.MIB, 3 if quick else 7,
             [meupdate, "update", image, "--device", "sim:esprimo-e5730", *machine, "-y"]),
            ("process/reproduce", "mesim reproduce of the Esprimo's report", 0, 1 if quick else 3,
             [mesim, "reproduce", root / "scenarios/field-reports/esprimo-e5730", "--json", Path(scratch) / "out.json"]),
            ("process/library", "mesim run of the whole library, --jobs 2", 0, 1 if quick else 3,
             [mesim, "run", root / "scenarios/library", "--jobs", "2"]),
        ]
        for identity, what, size, runs, command in commands:
            taken = timed([str(part) for part in command], runs, scratch)
            if taken is None:
                skipped.add(what, "the command fails")
                continue
            measured.append(rows.row(identity, what, "process", rows.HOST, taken, size, size))
    return measured


def run_forecasts(folder, quick, skipped):
    """Where simulated time goes: what `mesim bench` says of the owner's board, and its sweeps."""
    mesim = Path(folder) / "mesim"
    if not mesim.exists():
        skipped.add("mesim bench", f"{folder} has no mesim")
        return {}
    print("where simulated time goes (mesim bench)", flush=True)
    sweeps = ["heci.depth=2..128", "update.fwu_mtu=128..4096", "tpm.upgrade.max_block=64..2048"]
    told = {}
    for sweep in sweeps[:1] if quick else sweeps:
        via = "tpm" if sweep.startswith("tpm.") else "heci"
        told[sweep] = forecast([mesim, "bench", "esprimo-e5730", "--via", via, "--sweep", sweep, "--json", "-"], skipped)
    told["machine"] = forecast([mesim, "bench", "esprimo-e5730", "--json", "-"], skipped)
    return {key: value for key, value in told.items() if value is not None}


def forecast(command, skipped):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        skipped.add("mesim bench", done.stderr.strip() or f"status {done.returncode}")
        return None
    return json.loads(done.stdout)
