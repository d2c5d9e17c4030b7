# SPDX-License-Identifier: BSD-3-Clause
"""docs/python.md and the Python examples do what they say: files are written, commands are run, outputs compared."""
import re
import subprocess
from dataclasses import dataclass

import pytest

FILE = re.compile(r"`([\w./-]+)`[^`\n]*:\n\n```\w*\n(.*?)```", re.S)
BLOCK = re.compile(r"(?m)(?:^    .*\n)+")


@dataclass
class Command:
    line: str
    printed: list  # lines; "..." is any number of them


def commands_of(page):
    for block in BLOCK.findall(page):
        command = None
        for line in (line[4:] for line in block.splitlines()):
            if line.startswith("$ "):
                command = Command(line[2:], [])
                yield command
            elif command:
                command.printed.append(line)


def pattern_of(printed):
    """Times of the computer differ; a run of blanks is one."""
    parts = []
    for line in printed:
        if line == "...":
            parts.append(r"(?:.*\n)*?")
        else:
            words = re.sub(r"(?:\\? )+", r" +", re.escape(line))
            parts.append(re.sub(r"\d+\\\.\d+s$", r"[\\d.]+s", words) + r" *\n")
    return re.compile("".join(parts) + r"\Z")


@pytest.fixture
def page(tree):
    return (tree / "docs/python.md").read_text()


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    return lambda line: subprocess.run(line + " -p no:cacheprovider", shell=True, cwd=tmp_path, stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT, text=True, check=False).stdout


def test_the_tutorial_prints_what_it_shows(page, run, tmp_path):
    files = FILE.findall(page)
    assert [name for name, _ in files] == ["test_version.py", "survey.py", "test_survey.py", "clock.py", "test_clock.py", "pytest.ini",
                                          "stories/on-and-off.toml"]
    for name, text in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    commands = list(commands_of(page))
    assert len(commands) == 4
    for command in commands:
        printed = run(command.line)
        assert pattern_of(command.printed).match(printed), f"$ {command.line}\n{printed}"


def test_every_word_of_the_tables_is_one(page):
    """`board.WORD` and `mebench.WORD` exist."""
    import mebench

    words = set(re.findall(r"\bboard\.(\w+)", page))
    assert "advance" in words and [word for word in words if not hasattr(mebench.Board, word)] == []
    words = set(re.findall(r"\bmebench\.([A-Za-z]\w*)\b(?!\()", page)) - {"mark"}
    assert "NotFound" in words and [word for word in words if not hasattr(mebench, word)] == []


def test_the_example_passes(tree, run):
    assert re.search(r"\b6 passed", run(f"python3 -m pytest -q {tree}/examples/test_small_update.py"))
