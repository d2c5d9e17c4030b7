# SPDX-License-Identifier: BSD-3-Clause
"""Times of a board's clock: seconds as a number, or a datetime.timedelta."""
from __future__ import annotations

from datetime import timedelta
from typing import Union

Duration = Union[float, int, timedelta]
_LONGEST = 2**63 - 1


def nanoseconds(duration: Duration) -> int:
    """Errors: ValueError (less than nothing, or more than 292 years), TypeError."""
    if isinstance(duration, timedelta):
        amount = (duration.days * 86400 + duration.seconds) * 10**9 + duration.microseconds * 1000
    elif isinstance(duration, (int, float)) and not isinstance(duration, bool):
        amount = round(duration * 10**9)
    else:
        raise TypeError(f"a time is seconds or a timedelta, not {duration!r}")
    if not 0 <= amount <= _LONGEST:
        raise ValueError(f"a time is from 0 to {_LONGEST} ns, not {duration!r}")
    return amount
