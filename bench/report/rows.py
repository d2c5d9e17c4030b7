# SPDX-License-Identifier: BSD-3-Clause
"""One measured figure: a row. Every row says whether its time is the host's or simulated."""
import re
from dataclasses import asdict, dataclass
from statistics import median, quantiles

HOST = "host"            # seconds of this computer
SIMULATED = "simulated"  # seconds that the modelled hardware would take; the same on every computer

KIB, MIB = 1 << 10, 1 << 20
UNITS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}


@dataclass
class Row:
    id: str            # stable: "WholeUpdate/4194304"
    what: str          # for people
    group: str         # the table it stands in
    time: str          # HOST or SIMULATED
    seconds: float     # the median of one operation
    low: float         # lower and upper quartile
    high: float
    runs: int
    x: int = 0         # what the group's plot has on its axis: bytes, slots
    bytes: int = 0     # moved by one operation; 0: nothing is

    @property
    def spread(self):
        """Half the distance of the quartiles, as a share of the median."""
        return (self.high - self.low) / 2 / self.seconds if self.seconds else 0.0

    @property
    def ns_a_byte(self):
        return self.seconds / self.bytes * 1e9 if self.bytes else None

    @property
    def rate(self):
        """Bytes a second."""
        return self.bytes / self.seconds if self.bytes and self.seconds else None


def row(identity, what, group, time, samples, x=0, size=0):
    """A row of several runs' seconds."""
    samples = sorted(samples)
    if len(samples) > 1:
        low, _, high = quantiles(samples, n=4, method="inclusive")
    else:
        low = high = samples[0]
    return Row(identity, what, group, time, median(samples), low, high, len(samples), x, size)


def as_json(rows):
    return [asdict(each) for each in rows]


def from_json(listed):
    return [Row(**each) for each in listed]


def by_id(rows, time=HOST):
    return {each.id: each for each in rows if each.time == time}


def size_text(size):
    if size >= MIB and size % MIB == 0:
        return f"{size // MIB} MiB"
    if size >= KIB and size % KIB == 0:
        return f"{size // KIB} KiB"
    return f"{size} bytes"


# Benchmark -> what it is for people, its group, and what its first argument means.
# "size": bytes that are moved; "slots", "message" and "block": 1 MiB is moved, and that is on the axis.
KNOWN = [
    (r"CopyOfMemory", "copying memory, {size}", "limits", "size"),
    (r"SocketRoundTrip/sleeping", "one byte to another process and back, both ends asleep between", "limits", None),
    (r"SocketRoundTrip/on_one_processor", "the same, both on one processor", "limits", None),
    (r"SocketRoundTrip/spinning", "the same, both ends spinning", "limits", None),
    (r"RegisterReadThroughSeam", "register read (H_CSR)", "registers", None),
    (r"RegisterWriteThroughSeam", "register write (H_CSR)", "registers", None),
    (r"SlotsThroughRegisterFile", "slot through the register file, ring of {x}", "registers", "x"),
    (r"FwuVersionRoundTrip", "FWU version, question and answer", "messages", None),
    (r"LinkStart", "link start: reset, enumeration, connect", "messages", None),
    (r"WholeUpdate", "update over HECI, {size}", "update", "size"),
    (r"UploadThroughTpm", "upload through the TPM, {size}", "upload", "size"),
    (r"WholeUpdateByDepth", "update of 1 MiB, rings of {x} slots", "depth", "slots"),
    (r"WholeUpdateByMessage", "update of 1 MiB, messages of {x} bytes", "message", "message"),
    (r"UploadThroughTpmByBlock", "upload of 1 MiB, blocks of {x} bytes", "block", "block"),
    (r"ParseAndVerifyImage", "parsing and verifying an image, {size}", "image", "size"),
    (r"TpmFirstCommand", "first command after power-on", "tpm", None),
    (r"TpmLaterStart", "the same, of a state that was started before", "tpm", None),
    (r"TpmCommandInProcess", "TPM_GetCapability in process", "tpm", None),
    (r"TpmCommandThroughTis", "TPM_GetCapability through TIS", "tpm", None),
    (r"TpmOwnerCommandThroughTis", "proving the owner through TIS", "tpm", None),
    (r"TpmCommandThroughSwtpmSocket", "TPM_GetCapability through swtpm's own socket", "tpm", None),
    (r"TpmOwnerCommandThroughSwtpmSocket", "proving the owner of a swtpm process", "tpm", None),
    (r"RegisterReadOverVfioUser", "register read, vfio-user", "attach", None),
    (r"RegisterWriteOverVfioUser", "register write, vfio-user, posted", "attach", None),
    (r"FwuVersionOverVfioUser", "FWU version, question and answer, vfio-user", "attach", None),
    (r"TpmCommandOverSocket", "TPM_GetCapability, our swtpm server's socket", "attach", None),
    (r"BoardMadeAndBooted", "a board from its name to running firmware", "library", None),
    (r"BoardSavedAndRestored", "saving and restoring a board that runs", "library", None),
    (r"TpmCommandInTurns/boards:1/commands:1", "TPM command to one board", "library", None),
    (r"TpmCommandInTurns/boards:2/commands:1", "TPM command to two boards in turns", "library", None),
    (r"TpmCommandInTurns/boards:2/commands:100", "the same, a hundred commands at a time", "library", None),
    (r"Interrupted/over_heci", "an update of 64 KiB over HECI interrupted, repaired and judged", "explore", None),
    (r"Interrupted/through_the_tpm", "the same through the TPM", "explore", None),
    (r"MessageCopied/promises:none", "2 KiB copied slot by slot, no promise asserted", "promises", None),
    (r"MessageCopied/promises:one_a_message", "the same, one promise a message", "promises", None),
    (r"MessageCopied/promises:one_a_slot", "the same, one promise a slot", "promises", None),
    (r"MessageCopied/promises:one_a_byte", "the same, one promise a byte", "promises", None),
    (r"ReadFieldLogs", "reading pasted field logs, {x} bytes", "logs", "size"),
    (r"ReadEveryShape", "reading a paste with a line of every shape, {x} bytes", "logs", "size"),
    (r"RegisterReadInGuest/plugin", "register read, plugin", "guest", None),
    (r"RegisterReadInGuest/vfio_user", "register read, vfio-user", "guest", None),
    (r"RegisterWriteInGuest/plugin", "register write, plugin", "guest", None),
    (r"RegisterWriteInGuest/vfio_user", "register write, vfio-user", "guest", None),
    (r"FwuVersionInGuest/plugin", "FWU version through /dev/mei0, plugin", "guest", None),
    (r"FwuVersionInGuest/vfio_user", "FWU version through /dev/mei0, vfio-user", "guest", None),
    (r"UpdateInGuest/plugin_fast", "update of 64 KiB, plugin, idle time left out", "guest", None),
    (r"UpdateInGuest/plugin", "update of 64 KiB, plugin, real time", "guest", None),
    (r"UpdateInGuest/vfio_user", "update of 64 KiB, vfio-user, real time", "guest", None),
]
SUFFIX = re.compile(r"/(iterations:\d+|manual_time|real_time|repeats:\d+)")


def described(name):
    """(id, what, group, x, bytes) of a benchmark's run name; None for one that no table has."""
    plain = SUFFIX.sub("", name)
    for pattern, what, group, meaning in KNOWN:
        match = re.fullmatch(pattern + r"(?:/(\d+))?", plain)
        if not match:
            continue
        x = int(match.group(1) or 0)
        size = {"size": x, "slots": MIB, "message": MIB, "block": MIB}.get(meaning, 0)
        return plain, what.format(x=x, size=size_text(x)), group, x, size
    return None


def from_benchmark(output):
    """The rows of one Google Benchmark program's JSON, and the errors it told."""
    samples, errors = {}, []
    for run in output.get("benchmarks", []):
        if run.get("run_type") != "iteration":
            continue
        name = run["run_name"]
        if run.get("error_occurred"):
            errors.append(f"{SUFFIX.sub('', name)}: {run.get('error_message', 'it failed')}")
            continue
        host, simulated = samples.setdefault(name, ([], []))
        host.append(seconds_of(run))
        if run.get("simulated_s"):
            simulated.append(run["simulated_s"])
    rows = []
    for name, (host, simulated) in samples.items():
        known = described(name)
        if known is None or not host:
            continue
        identity, what, group, x, size = known
        rows.append(row(identity, what, group, HOST, host, x, size))
        if simulated:
            rows.append(row(identity, what, group, SIMULATED, simulated, x, size))
    return rows, errors


def seconds_of(run):
    """Of one operation: what its own clock says, or its share of an iteration."""
    if "host_s" in run:
        return run["host_s"]
    if run.get("items_per_second"):
        return 1 / run["items_per_second"]
    return run["real_time"] * UNITS[run["time_unit"]]
