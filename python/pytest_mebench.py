# SPDX-License-Identifier: BSD-3-Clause
"""pytest and simulated boards: `def test_update(board): ...`.

The fixture `board` is a board that has booted. Which one, the nearest of these says:

    @pytest.mark.mebench("thinkpad-t400", settings={"tpm.fitted": False}, seed=7, boot=False)
    pytest --mebench-machine esprimo-e5730
    mebench_machine = esprimo-e5730          (pytest.ini; [tool.pytest.ini_options] of pyproject.toml)

When a test fails, its report shows what the bus of each of its boards carried last. A test that passes though a fault it armed
never struck has proved nothing: it fails. With `mebench_stories = stories/*.toml` in the same place stories are tests as well.
"""
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Iterator, Mapping, Optional

import pytest

# pytest loads this for every project on the computer: the library is loaded where a test wants a board.
if TYPE_CHECKING:
    import mebench

_BOARDS = pytest.StashKey["list[mebench.Board]"]()
_MARK = "mebench"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("mebench", "simulated boards")
    group.addoption("--mebench-machine", metavar="NAME|FILE", help="the machine of the fixture `board`: a name, or a profile")
    group.addoption("--mebench-seed", type=int, metavar="N", help="of everything random on those boards (1)")
    parser.addini("mebench_machine", "the machine of the fixture `board`: a name, or a profile beside this file")
    parser.addini("mebench_stories", "stories (*.toml) that are tests, such as stories/*.toml", type="args", default=[])


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "mebench(machine, *, settings={}, seed=1, boot=True): the board of the fixture `board`")


def _beside(folder: Path, machine: str) -> str:
    """A profile's path, from the folder of the file that names it; a name as it is."""
    return str(folder / machine) if "/" in machine or machine.endswith(".toml") else machine


def _named(request: pytest.FixtureRequest, marked: Optional[str]) -> str:
    """Errors: UsageError (nobody names a machine)."""
    config = request.config
    if marked is not None:
        return _beside(request.path.parent, marked)
    if option := config.getoption("--mebench-machine"):
        return _beside(config.invocation_params.dir, option)
    if ini := config.getini("mebench_machine"):
        return _beside((config.inipath or config.rootpath / "pytest.ini").parent, ini)
    import mebench

    raise pytest.UsageError("which machine has the fixture `board`? Mark the test with @pytest.mark.mebench(\"esprimo-e5730\"), "
                            "say --mebench-machine esprimo-e5730, or write mebench_machine = esprimo-e5730 into pytest.ini. "
                            "There are " + ", ".join(mebench.machines()))


@pytest.fixture
def make_board(request: pytest.FixtureRequest) -> Iterator[Callable[..., mebench.Board]]:
    """make_board("thinkpad-t400", settings={...}, seed=7): as mebench.Board, without power, and the bus of it is shown when
    the test fails. Without a machine it is the one that the fixture `board` would have."""
    import mebench

    boards = request.node.stash.setdefault(_BOARDS, [])

    def make(machine: Optional[str] = None, *, settings: Optional[Mapping[str, Any]] = None, seed: Optional[int] = None,
             flash: Optional[bytes] = None) -> mebench.Board:
        seed = seed or request.config.getoption("--mebench-seed") or 1
        made = mebench.Board(_named(request, machine), settings=settings, seed=seed, flash=flash)
        boards.append(made)
        return made

    yield make
    for each in boards:
        each.close()


@pytest.fixture
def board(request: pytest.FixtureRequest, make_board: Callable[..., mebench.Board]) -> mebench.Board:
    """A simulated board that has booted (docs/python.md)."""
    mark = request.node.get_closest_marker(_MARK)
    words = dict(mark.kwargs) if mark else {}
    boots = words.pop("boot", True)
    made = make_board(*(mark.args if mark else ()), **words)
    return made.boot() if boots else made


def _bus_of(board: mebench.Board) -> str:
    lines = board.bus or ["(nothing yet)"]
    return "\n".join([*lines, f"{board.now_ns / 10**9:.6f} s: the end; boot is {board.fact('boot')}, powered {board.fact('powered')}"])


@pytest.hookimpl(hookwrapper=True)  # type: ignore[misc]
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    boards: list[mebench.Board] = item.stash.get(_BOARDS, [])
    if call.when == "teardown":
        return
    idle = [f"{fault} ({board.machine})" for board in boards for fault in board.unfired]
    if call.when == "call" and report.passed and not hasattr(report, "wasxfail") and idle:
        report.outcome = "failed"
        report.longrepr = ("A fault that was armed never struck, so the test has proved nothing: " + "; ".join(idle) +
                           ". Let the test come there, or take it back with board.disarm().")
    if report.failed:
        report.sections += [(f"bus of {board.machine}", _bus_of(board)) for board in boards]


class StoryFile(pytest.File):
    """The stories of one file: with a matrix they are several."""

    def collect(self) -> Iterator[pytest.Item]:
        yield StoryItem.from_parent(self, name=self.path.stem)


class StoryFailed(Exception):
    """What `mesim run` would print."""


class StoryItem(pytest.Item):
    def runtest(self) -> None:
        import mebench

        told = mebench.run(self.path)
        reports = [each.report for each in told if each.verdict not in (mebench.Verdict.PASSED, mebench.Verdict.SKIPPED)]
        if reports:
            raise StoryFailed("\n".join(reports))
        if all(each.verdict is mebench.Verdict.SKIPPED for each in told):
            pytest.skip(told[0].data["message"])

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, StoryFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, Optional[int], str]:
        return self.path, None, f"story {self.path.name}"


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Optional[pytest.Collector]:
    root = (parent.config.inipath or parent.config.rootpath / "pytest.ini").parent
    if file_path.suffix != ".toml" or file_path.name.startswith("_") or not file_path.is_relative_to(root):
        return None
    here = file_path.relative_to(root)
    if not any(here.match(pattern) for pattern in parent.config.getini("mebench_stories")):
        return None
    stories: StoryFile = StoryFile.from_parent(parent, path=file_path)
    return stories
