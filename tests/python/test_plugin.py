# SPDX-License-Identifier: BSD-3-Clause
"""The pytest plug-in, in projects of its own: each test writes one and runs pytest there."""
import pytest

VERSION = "import mebench\ndef test_it(board):\n    assert board.fact('version') == '5.0.1.1111'\n"


@pytest.fixture
def run(pytester, monkeypatch):
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    return lambda *words: pytester.runpytest_subprocess("-p", "no:cacheprovider", *words)


def test_a_mark_names_the_machine(pytester, run):
    pytester.makepyfile("""
        import pytest
        @pytest.mark.mebench("thinkpad-t400", settings={"firmware.version": "4.0.1.1"}, seed=3)
        def test_booted(board):
            assert board.fact("version") == "4.0.1.1"
            assert board.fact("boot") == "operational"
        @pytest.mark.mebench("desktop-q35", boot=False)
        def test_off(board):
            assert board.fact("powered") == "false"
    """)
    run("--strict-markers").assert_outcomes(passed=2)


def test_an_option_names_the_machine(pytester, run):
    pytester.makepyfile(VERSION)
    run("--mebench-machine", "esprimo-e5730").assert_outcomes(passed=1)


def test_the_ini_names_the_machine_and_the_option_wins(pytester, run):
    pytester.makeini("[pytest]\nmebench_machine = esprimo-e5730\n")
    pytester.makepyfile(VERSION)
    run().assert_outcomes(passed=1)
    run("--mebench-machine", "desktop-q35").assert_outcomes(failed=1)


def test_a_profile_lies_beside_what_names_it(pytester, run):
    pytester.mkdir("machines").joinpath("mine.toml").write_text('schema = 1\nextends = "esprimo-e5730"\nfirmware.version = "5.0.2.2"\n')
    pytester.makeini("[pytest]\nmebench_machine = machines/mine.toml\n")
    inner = pytester.mkdir("inner")
    inner.joinpath("test_inner.py").write_text(
        "import pytest\n"
        "def test_of_the_ini(board):\n    assert board.fact('version') == '5.0.2.2'\n"
        "@pytest.mark.mebench('../machines/mine.toml')\n"
        "def test_of_the_mark(board):\n    assert board.fact('version') == '5.0.2.2'\n")
    run().assert_outcomes(passed=2)


def test_without_a_machine_it_is_said_how_to_name_one(pytester, run):
    pytester.makepyfile(VERSION)
    result = run()
    result.assert_outcomes(errors=1)
    for words in ("@pytest.mark.mebench", "--mebench-machine esprimo-e5730", "mebench_machine = esprimo-e5730", "thinkpad-t400"):
        result.stdout.fnmatch_lines([f"*{words}*"])


def test_a_failure_shows_what_the_bus_carried(pytester, run):
    pytester.makepyfile("""
        import mebench
        def test_it(board):
            board.connect(mebench.UPDATE_CLIENT).ask(bytes(4))
            assert False
        def test_good(board):
            pass
    """)
    result = run("--mebench-machine", "esprimo-e5730")
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["*- bus of esprimo-e5730 -*", "*FWU GET_VERSION*", "*the end; boot is operational, powered true"])
    assert str(result.stdout).count("bus of esprimo-e5730") == 1


def test_each_board_of_a_test_is_shown(pytester, run):
    pytester.makepyfile("""
        def test_two(make_board):
            make_board("desktop-q35").boot()
            make_board("thinkpad-t400", seed=2).boot()
            assert False
    """)
    result = run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*- bus of desktop-q35 -*", "*- bus of thinkpad-t400 -*"])


def test_a_fault_that_never_strikes_is_no_pass(pytester, run):
    pytester.makepyfile("""
        def test_idle(board):
            board.arm("flash_erase", "fail", occurrence=3)
        def test_taken_back(board):
            board.arm("flash_erase", "fail")
            board.disarm()
    """)
    result = run("--mebench-machine", "desktop-q35")
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["*never struck*fail at flash_erase, occurrence 3 (desktop-q35)*board.disarm()*", "*- bus of desktop-q35 -*"])


def test_boards_are_closed_after_the_test(pytester, run):
    pytester.makepyfile("""
        kept = []
        def test_one(board):
            kept.append(board)
        def test_two():
            assert repr(kept[0]) == "<mebench.Board desktop-q35, closed>"
    """)
    run("--mebench-machine", "desktop-q35").assert_outcomes(passed=2)


def test_stories_are_tests_where_the_ini_says_so(pytester, run, tree):
    folder = pytester.mkdir("stories")
    for name in ("goes-well", "goes-wrong"):
        folder.joinpath(name + ".toml").write_text((tree / f"tests/scenarios/data/{name}.toml").read_text())
    folder.joinpath("_base.toml").write_text("this is there to be extended")
    run().assert_outcomes()
    pytester.makeini("[pytest]\nmebench_stories = stories/*.toml\n")
    result = run()
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["*FAIL*goes-wrong.toml*", "*goes-wrong.toml:12:25*"])


def test_a_story_that_starts_a_program_is_skipped(pytester, run, tree):
    pytester.mkdir("stories").joinpath("own.toml").write_text((tree / "examples/own_updater.toml").read_text())
    pytester.makeini("[pytest]\nmebench_stories = stories/*.toml\n")
    result = run("-rs")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["*it starts a program, which `mesim run` does*"])


def test_a_project_without_boards_needs_no_library(pytester, run, monkeypatch):
    monkeypatch.setenv("MEBENCH_LIBRARY", "/no/such/library")
    pytester.makepyfile("def test_it():\n    pass\n")
    run().assert_outcomes(passed=1)
    pytester.makepyfile(VERSION)
    result = run()
    result.stdout.fnmatch_lines(["*ImportError: mebench needs libmebench.so.1: /no/such/library*MEBENCH_LIBRARY*"])
