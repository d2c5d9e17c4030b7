# SPDX-License-Identifier: BSD-3-Clause
"""Two runs of one computer: what changed by more than their runs differ among themselves."""
from .rows import from_json

# Less is not told even where the runs of each agree better: caches and clocks of processors drift.
LEAST = 0.03


def changes(old, new):
    """[(what, time, old seconds, new seconds, share of change, noise)], the largest change first; and what is in one of them."""
    before = {(each.id, each.time): each for each in from_json(old["rows"])}
    after = {(each.id, each.time): each for each in from_json(new["rows"])}
    found = []
    for key in before.keys() & after.keys():
        a, b = before[key], after[key]
        if not a.seconds:
            continue
        change = b.seconds / a.seconds - 1
        noise = max(LEAST, 2 * (a.spread + b.spread)) if a.time == "host" else 0
        if abs(change) > noise:
            found.append((b.what, b.time, a.seconds, b.seconds, change, noise))
    found.sort(key=lambda each: -abs(each[4]))
    alone = [f"only in the old run: {before[key].what}" for key in sorted(before.keys() - after.keys())]
    alone += [f"only in the new run: {after[key].what}" for key in sorted(after.keys() - before.keys())]
    return found, alone


def told(old, new):
    lines = []
    for name in ("processor", "compiler", "system", "build"):
        if old["on"].get(name) != new["on"].get(name):
            lines.append(f"  another {name}: {old['on'].get(name)} then, {new['on'].get(name)} now: differences may be its")
    found, alone = changes(old, new)
    for what, time, a, b, change, noise in found:
        word = "slower" if change > 0 else "faster"
        lines.append(f"  {what} ({time}): {a:.4g} s -> {b:.4g} s, {abs(change) * 100:.1f} % {word} (noise {noise * 100:.1f} %)")
    if not found:
        lines.append("  nothing changed beyond noise")
    return "\n".join(lines + [f"  {line}" for line in alone]) + "\n"
