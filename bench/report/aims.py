# SPDX-License-Identifier: BSD-3-Clause
"""What the figures are to be, and whether they are. An aim is a figure out of rows, a bound, and what is in the way."""
from dataclasses import dataclass

from .rows import by_id


@dataclass
class Aim:
    what: str
    figure: object          # (rows by id) -> number; raises KeyError where a row is missing
    bound: float
    at_least: bool          # else: at most
    unit: str
    in_the_way: str = ""    # said where it is not met


@dataclass
class Judged:
    aim: Aim
    value: float | None
    missing: str = ""

    @property
    def met(self):
        if self.value is None:
            return None
        return self.value >= self.aim.bound if self.aim.at_least else self.value <= self.aim.bound

    @property
    def verdict(self):
        if self.value is None:
            return f"not measured ({self.missing})"
        if self.met:
            return "met"
        times = self.aim.bound / self.value if self.aim.at_least else self.value / self.aim.bound
        return f"not met, by a factor of {times:.2g}. {self.aim.in_the_way}".strip()


def seconds(identity, scale=1.0):
    return lambda rows: rows[identity].seconds * scale


def share_of_sha1(identity):
    return lambda rows: 100 * rows[identity].rate / rows["limit/sha1"].rate


def times_faster(slow, fast):
    """How many times as fast: of rows that move bytes, for a byte of each."""
    def ratio(rows):
        a, b = rows[slow], rows[fast]
        if a.bytes and b.bytes:
            return a.ns_a_byte / b.ns_a_byte
        return a.seconds / b.seconds
    return ratio


def growth(prefix, sizes):
    """The dearest byte over the cheapest, of updates of these sizes."""
    def worst_over_best(rows):
        costs = [rows[f"{prefix}/{size}"].ns_a_byte for size in sizes]
        return max(costs) / min(costs)
    return worst_over_best


SIZES = [256 << 10, 1 << 20, 4 << 20, 16 << 20]
FOUR = 4 << 20

AIMS = [
    Aim("register read", seconds("RegisterReadThroughSeam", 1e9), 3, False, "ns"),
    Aim("register write", seconds("RegisterWriteThroughSeam", 1e9), 3, False, "ns",
        "A write looks for a doorbell, the edge of a reset and a change of the interrupt line."),
    Aim("update of 4 MiB over HECI, share of the SHA-1 rate", share_of_sha1(f"WholeUpdate/{FOUR}"), 12, True, "%",
        "Three SHA-1 passes and a register write a slot are 23 % at best; the rest is mostly the host, which looks at the rings "
        "of this board with fourteen register reads a fragment."),
    Aim("the same against flashrom's dummy, a byte of each", times_faster("peer/flashrom", f"WholeUpdate/{FOUR}"), 30, True, "x",
        "It goes by the row above: both are the same update."),
    Aim("upload of 4 MiB through the TPM, share of the SHA-1 rate", share_of_sha1(f"UploadThroughTpm/{FOUR}"), 6, True, "%"),
    Aim("TPM commands in process against swtpm's socket", times_faster("TpmCommandThroughSwtpmSocket", "TpmCommandInProcess"), 3,
        True, "x"),
    Aim("TPM commands through our swtpm server against swtpm's", times_faster("TpmCommandThroughSwtpmSocket",
                                                                                "TpmCommandOverSocket"), 1.2, True, "x",
        "Both are two wake-ups of a sleeping process; the command itself is a fiftieth of it."),
    Aim("register read over vfio-user, our own client", seconds("RegisterReadOverVfioUser", 1e6), 12, False, "us",
        "Client and server look for 50 us before they sleep; on a busy computer that is in vain."),
    Aim("FWU version in a guest, plugin, beyond the modelled 300 us", seconds("FwuVersionInGuest/plugin", 1e6), 360, False, "us",
        "QEMU runs here without KVM, and Linux' own driver waits for its timers."),
    Aim("FWU version in a guest, vfio-user, beyond the modelled 300 us", seconds("FwuVersionInGuest/vfio_user", 1e3), 1.8, False,
        "ms", "Every register access of the guest is a request to another process."),
    Aim("start of a TPM's state that was started before", seconds("TpmLaterStart", 1e3), 3, False, "ms",
        "libtpms reads and checks its state anew at each start."),
    Aim("saving and restoring a board of 8 MiB", seconds("BoardSavedAndRestored", 1e6), 50, False, "us",
        "Each goes over all of it: which sectors are erased, a copy and a SHA-1 of the rest; restoring saves the board first, to be able to "
        "go back. No TPM starts in it: the next TPM command pays for that, see the row of a later start."),
    Aim("an interrupted update over HECI, repaired and judged", seconds("Interrupted/over_heci", 1e3), 2, False, "ms",
        "Half of it is the update that repairs, message by message; the rest checks the code and keeps what was said for the report."),
    Aim("the same through the TPM", seconds("Interrupted/through_the_tpm", 1e3), 10, False, "ms"),
    Aim("growth of an update over HECI, 256 KiB to 16 MiB, dearest byte over cheapest", growth("WholeUpdate", SIZES), 1.3, False, "x"),
    Aim("the whole library, --jobs 2", seconds("process/library"), 3, False, "s",
        "Each story is a process of its own, and makes all it needs anew. Of the processor time 43 % makes boards' flashes (a third of "
        "that is memory which the system clears), 24 % signs code, there and for updates, and 10 % starts libtpms."),
    Aim("reproducing the Esprimo's report", seconds("process/reproduce"), 2, False, "s"),
]


def judge(rows):
    known = by_id(rows)
    judged = []
    for aim in AIMS:
        try:
            judged.append(Judged(aim, aim.figure(known)))
        except KeyError as missing:
            judged.append(Judged(aim, None, missing.args[0]))
    return judged
