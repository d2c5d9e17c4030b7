# SPDX-License-Identifier: BSD-3-Clause
"""docs/performance.md and its plots, out of one run's results. Nobody types a figure into that page."""
from . import aims, plots
from .rows import HOST, by_id, from_json, size_text

PARTS = ["transfer", "erase", "program", "verify", "restart", "looking"]
GROUPS = [
    ("limits", "What this computer can do at best",
     "Nothing is faster than this here. An update hashes its image three times: before it is sent, at its end, at the next boot."),
    ("registers", "Registers", "One access through the seam that every driver uses."),
    ("messages", "Messages over HECI", "In one process, register by register."),
    ("tpm", "TPM commands", "Beside swtpm, which is not ours, in the same run."),
    ("attach", "At the sockets of a served board", "The board in a process of its own, on the same computer."),
    ("guest", "From inside a guest", "QEMU without KVM; Linux' own drivers."),
    ("image", "Reading images", "Hashes, LZMA, the RSA signature."),
    ("logs", "Reading field logs", "Runs of MEInfo and FWUpdLcl with prose between them."),
    ("explore", "Interrupted updates",
     "Power lost at a flash operation, then `meupdate` again as its words said, and every invariant checked. Only what was run counts."),
    ("promises", "Promises between our own parts", "What one assertion costs, by how often it is made."),
    ("library", "Through the public library", "A board's whole life."),
    ("process", "Whole processes", "From the command to its exit status."),
    ("peers", "What one would use instead", "On the same computer, in the same run."),
]
PLOTS = {
    "size": "performance-size.svg",
    "depth": "performance-depth.svg",
    "message": "performance-message.svg",
    "block": "performance-block.svg",
    "spent": "performance-spent.svg",
}


def duration(seconds):
    for unit, scale in (("s", 1), ("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9)):
        if seconds >= scale or unit == "ns":
            return f"{seconds / scale:.3g} {unit}"
    return ""


def rate(bytes_a_second):
    return f"{bytes_a_second / 1e6:.3g} MB/s" if bytes_a_second else ""


def table(head, body):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(line) + " |" for line in body]) + "\n"


def group_table(rows, group):
    chosen = [each for each in rows if each.group == group]
    moves = any(each.bytes for each in chosen)
    head = ["operation", "time", "median", "quartiles", "runs"] + (["a byte", "rate"] if moves else [])
    body = []
    for each in chosen:
        line = [each.what, each.time, duration(each.seconds), f"{duration(each.low)} to {duration(each.high)}", str(each.runs)]
        if moves:
            line += [f"{each.ns_a_byte:.3g} ns" if each.bytes else "", rate(each.rate)]
        body.append(line)
    return table(head, body)


def aims_table(rows):
    body = []
    for each in aims.judge(rows):
        bound = f"{'>=' if each.aim.at_least else '<='} {each.aim.bound:g} {each.aim.unit}"
        value = f"{each.value:.3g} {each.aim.unit}" if each.value is not None else "-"
        body.append([each.aim.what, bound, value, each.verdict])
    return table(["aim (host time)", "bound", "here", "verdict"], body)


def ratios_table(rows):
    known = by_id(rows)
    pairs = [
        ("an update of 4 MiB over HECI", "WholeUpdate/4194304", "flashrom's dummy, a byte of each", "peer/flashrom"),
        ("an upload of 4 MiB through the TPM", "UploadThroughTpm/4194304", "flashrom's dummy, a byte of each", "peer/flashrom"),
        ("a TPM command in process", "TpmCommandInProcess", "swtpm's socket", "TpmCommandThroughSwtpmSocket"),
        ("proving the owner through TIS", "TpmOwnerCommandThroughTis", "a swtpm process", "TpmOwnerCommandThroughSwtpmSocket"),
        ("a TPM command over our socket", "TpmCommandOverSocket", "swtpm's socket", "TpmCommandThroughSwtpmSocket"),
        ("a register read in process", "RegisterReadThroughSeam", "QEMU's qtest socket", "peer/qtest"),
        ("a register read over vfio-user", "RegisterReadOverVfioUser", "QEMU's qtest socket", "peer/qtest"),
        ("an update of 4 MiB over HECI", "WholeUpdate/4194304", "SHA-1 alone, a byte of each", "limit/sha1"),
    ]
    body = []
    for ours, our_id, theirs, their_id in pairs:
        if our_id not in known or their_id not in known:
            continue
        times = aims.times_faster(their_id, our_id)(known)
        body.append([ours, duration(known[our_id].seconds), theirs, duration(known[their_id].seconds),
                     f"{times:.3g} x as fast" if times >= 1 else f"{1 / times:.3g} x as long"])
    return table(["ours (host)", "takes", "beside (host)", "takes", "ratio"], body)


def growth_table(rows):
    """The fixed cost apart: the line through the smallest and the largest size."""
    body = []
    for name, group in (("update over HECI", "update"), ("upload through the TPM", "upload")):
        chosen = sorted((each for each in rows if each.group == group and each.time == HOST), key=lambda each: each.bytes)
        if len(chosen) < 2:
            continue
        first, last = chosen[0], chosen[-1]
        slope = (last.seconds - first.seconds) / (last.bytes - first.bytes)
        fixed = first.seconds - slope * first.bytes
        large = [each.ns_a_byte for each in chosen if each.bytes >= 256 << 10]
        spread = f"{max(large) / min(large):.2f}" if large else "-"
        body.append([name, HOST, duration(max(fixed, 0)), f"{slope * 1e9:.3g} ns", spread])
    return table(["path", "time", "fixed cost", "each byte more", "dearest byte over cheapest, from 256 KiB"], body)


def draw(results):
    """Name of the file -> SVG, of what there are figures for."""
    rows, drawn = from_json(results["rows"]), {}

    def points(group, time=HOST):
        return [(each.x, each.bytes / each.seconds / 1e6) for each in rows if each.group == group and each.time == time]

    sizes = {name: points(group) for name, group in (("update over HECI", "update"), ("upload, TPM", "upload"))}
    sizes = {name: listed for name, listed in sizes.items() if listed}
    if sizes:
        drawn[PLOTS["size"]] = plots.lines("Throughput against image size (host time)", "image", "MB/s", sizes, size_text)
    for group, label in (("depth", "slots in each ring"), ("message", "bytes in an FWU message"), ("block", "bytes in a block")):
        if points(group):
            drawn[PLOTS[group]] = plots.lines(f"Throughput against {label} (host time)", label, "MB/s",
                                              {"1 MiB": points(group)})
    bars = spent_bars(results.get("forecasts", {}))
    if bars:
        drawn[PLOTS["spent"]] = plots.stacked("Where an update's time goes (simulated time)", "s", bars, PARTS)
    return drawn


def spent_bars(forecasts):
    bars = []
    for way in forecasts.get("machine", {}).get("ways", []):
        if "forecast" in way:
            bars.append((way["via"], way["forecast"]["shares_s"]))
    for key, told in forecasts.items():
        for way in told.get("ways", []) if key != "machine" else []:
            sweep = way.get("sweep", {"points": []})
            bars += [(f"{short(sweep['key'])} {point['value']}", point["forecast"]["shares_s"])
                     for point in sweep["points"] if "forecast" in point]
    return bars


def short(key):
    return key.rsplit(".", 1)[-1].replace("fwu_mtu", "mtu").replace("max_block", "block")


def levers_table(forecasts):
    body = []
    for way in forecasts.get("machine", {}).get("ways", []):
        for lever in way.get("what_if", [])[:3]:
            body.append([way["via"], lever["key"], lever["now"], lever["then"], f"{lever['saved_s']:.1f} s"])
    return table(["via", "value", "now", "twice as good", "saves (simulated)"], body)


def picture(drawn, name, text):
    return f"![{text}](pictures/{PLOTS[name]})\n" if PLOTS[name] in drawn else ""


def page(results, drawn):
    """The page as text."""
    rows = from_json(results["rows"])
    on = results["on"]
    out = [
        "# Performance\n",
        "This page is the output of `scripts/bench`; nobody types a figure into it. Run the script to have yours:\n",
        "    scripts/bench            # all of it, and this page\n"
        "    scripts/bench --quick    # two minutes, prints its tables\n",
        "Two kinds of time stand here, and every row says which it is. **host** is what the bench costs on this computer. "
        "**simulated** is what the modelled hardware would take, and comes out the same on every computer. "
        "For example, an update that takes 24 minutes simulated may take 20 ms host.\n",
        f"Measured at commit {on['commit']}: {on['build']} build, {on['compiler']}, {on['system']}, {on['processor']} "
        f"({on['processors']} processors), load {on['load']:.1f} at the start. Medians of several runs.\n",
        "## The aims\n", aims_table(rows),
        "## Beside others\n", ratios_table(rows),
        "## Throughput of an update\n",
        picture(drawn, "size", "Throughput against image size"), growth_table(rows),
        group_table(rows, "update"), group_table(rows, "upload"),
        picture(drawn, "depth", "Throughput against ring depth"), group_table(rows, "depth"),
        picture(drawn, "message", "Throughput against message size"), group_table(rows, "message"),
        picture(drawn, "block", "Throughput against block size"), group_table(rows, "block"),
        "## Where simulated time goes\n",
        "The update is carried out on the simulated Esprimo, and each moment of the board's time is given to one kind of work "
        "(`mesim bench esprimo-e5730`). What decides it most, by trying each value twice as good:\n",
        levers_table(results.get("forecasts", {})), picture(drawn, "spent", "Where an update's time goes"),
    ]
    for group, title, words in GROUPS:
        if any(each.group == group for each in rows):
            out += [f"## {title}\n", words + "\n", group_table(rows, group)]
    out += ["## What was left out of this run\n",
            table(["what", "why"], [[each["what"], each["why"]] for each in results["skipped"]]) if results["skipped"]
            else "Nothing.\n",
            "## How it is measured\n", HOW]
    return "\n".join(part for part in out if part)


HOW = """The programs in `bench/` are Google Benchmark programs; the script runs each several times and takes the median.
An update's clock runs from its plan to the check behind it; making the board stands outside. The same results, with
the compiler and the processor, are in `build/bench/results.json`; `scripts/bench --compare OLD.json` says what changed by
more than the runs differ among themselves.

Speed is not watched by a clock in the tests. `scripts/instructions` counts our own instructions under callgrind for a slot, a
message, a KiB of an update and a line of a log, which comes out the same each time, and `scripts/test` compares them
with the committed baseline.

What keeps the host cheap is its shape. A host that waits sleeps until the board's next event, because until then no look
could see anything new. Slots and FIFO bytes go in runs, a call for each run and not for each slot; each is still one access to the register file.
"""


def text_tables(results):
    """For a terminal: the aims, and every row."""
    rows = from_json(results["rows"])
    out = []
    for each in rows:
        extra = f"  {each.ns_a_byte:8.3g} ns/byte" if each.bytes else ""
        out.append(f"  {each.what:<66} {each.time:<9} {duration(each.seconds):>9}  +-{each.spread * 100:4.1f} %{extra}")
    out.append("")
    for each in aims.judge(rows):
        value = f"{each.value:.3g} {each.aim.unit}" if each.value is not None else "-"
        sign = ">=" if each.aim.at_least else "<="
        out.append(f"  {each.aim.what:<82} {sign} {each.aim.bound:g} {each.aim.unit}: {value}: {each.verdict}")
    return "\n".join(out) + "\n"


