# SPDX-License-Identifier: BSD-3-Clause
"""Plots as SVG, drawn here: nothing is fetched and nothing beside Python is needed."""
import math
from html import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 340, 70, 150, 40, 50
COLOURS = ["#4c78a8", "#e45756", "#54a24b", "#f58518", "#b279a2", "#9d9da0"]
STYLE = ("<style>text{font:12px sans-serif;fill:#222}.t{font-weight:bold;font-size:14px}.g{stroke:#ddd}.a{stroke:#666}"
         "@media (prefers-color-scheme:dark){text{fill:#ddd}.g{stroke:#43474c}.a{stroke:#9aa0a6}}</style>")


def lines(title, x_label, y_label, series, x_text=str):
    """`series`: name -> [(x, y)], on a logarithmic x axis of powers of two and a linear y axis from 0."""
    xs = sorted({x for points in series.values() for x, _ in points})
    top = nice(max((y for points in series.values() for _, y in points), default=1))
    low, high = math.log2(xs[0]), math.log2(xs[-1])
    across = WIDTH - LEFT - RIGHT
    up = HEIGHT - TOP - BOTTOM

    def place(x, y):
        share = (math.log2(x) - low) / (high - low) if high > low else 0.5
        return LEFT + share * across, HEIGHT - BOTTOM - y / top * up

    out = [head(title, HEIGHT)]
    for i in range(5):
        y = top * i / 4
        _, at = place(xs[0], y)
        out.append(f'<line class="g" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>'
                   f'<text x="{LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{number(y)}</text>')
    for x in xs:
        at, _ = place(x, 0)
        out.append(f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{escape(x_text(x))}</text>')
    out.append(f'<line class="a" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{HEIGHT - BOTTOM}" y2="{HEIGHT - BOTTOM}"/>'
               f'<text x="{LEFT + across / 2:.0f}" y="{HEIGHT - 12}" text-anchor="middle">{escape(x_label)}</text>'
               f'<text x="8" y="{TOP - 8}">{escape(y_label)}</text>')
    for index, (name, points) in enumerate(series.items()):
        colour = COLOURS[index % len(COLOURS)]
        placed = [place(x, y) for x, y in sorted(points)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in placed]
        at = TOP + 16 * index
        out.append(f'<rect x="{WIDTH - RIGHT + 10}" y="{at}" width="10" height="10" fill="{colour}"/>'
                   f'<text x="{WIDTH - RIGHT + 25}" y="{at + 10}">{escape(name)}</text>')
    return "\n".join(out) + "\n</svg>\n"


def stacked(title, unit, bars, parts):
    """`bars`: [(label, {part: value})], horizontal, on one linear scale."""
    longest = max((sum(values.values()) for _, values in bars), default=1) or 1
    across = WIDTH - LEFT - RIGHT - 60
    height = TOP + 24 * len(bars) + 40
    out = [head(title, height)]
    for index, (label, values) in enumerate(bars):
        y = TOP + 24 * index
        x = LEFT + 60.0
        out.append(f'<text x="{LEFT + 54}" y="{y + 13}" text-anchor="end">{escape(label)}</text>')
        for number_of, part in enumerate(parts):
            width = values.get(part, 0) / longest * across
            out.append(f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="17" '
                       f'fill="{COLOURS[number_of % len(COLOURS)]}"><title>{escape(part)}: '
                       f'{values.get(part, 0):.3g} {escape(unit)}</title></rect>')
            x += width
        out.append(f'<text x="{x + 5:.1f}" y="{y + 13}">{sum(values.values()):.4g} {escape(unit)}</text>')
    x = LEFT
    for number_of, part in enumerate(parts):
        out.append(f'<rect x="{x}" y="{height - 24}" width="10" height="10" fill="{COLOURS[number_of % len(COLOURS)]}"/>'
                   f'<text x="{x + 14}" y="{height - 15}">{escape(part)}</text>')
        x += 30 + 7 * len(part)
    return "\n".join(out) + "\n</svg>\n"


def head(title, height):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
            f'aria-label="{escape(title, quote=True)}">{STYLE}<text class="t" x="8" y="18">{escape(title)}</text>')


def nice(value):
    """The next of 1, 2, 4, 5, 8, 10 times a power of ten, which quarters can be read off."""
    if value <= 0:
        return 1
    power = 10 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 4, 5, 8, 10) if step * power >= value)


def number(value):
    return f"{value:g}" if value < 1e4 else f"{value:.0f}"
