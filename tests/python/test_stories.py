# SPDX-License-Identifier: BSD-3-Clause
"""Stories out of Python, with their verdicts."""
import mebench
import pytest
from mebench import Verdict


@pytest.fixture
def stories(tree):
    return tree / "tests/scenarios/data"


def test_a_story_that_goes_well_has_passed(stories):
    (told,) = mebench.run(stories / "goes-well.toml")
    assert told.passed and told.verdict is Verdict.PASSED
    assert told.title == "A story that goes well"
    assert told.data["steps_run"] == 1


def test_a_story_that_goes_wrong_says_where(stories):
    (told,) = mebench.run(stories / "goes-wrong.toml")
    assert told.verdict is Verdict.FAILED and not told.passed
    assert "goes-wrong.toml:12:25" in told.report and "9.9.9.9" in told.report
    assert told.data["failures"][0]["got"] == "5.0.1.1111"


def test_a_folder_has_a_result_for_each_story(stories):
    told = {each.id: each for each in mebench.run(stories)}
    assert {name: each.verdict for name, each in told.items()} == {
        "goes-well.toml": Verdict.PASSED, "goes-wrong.toml": Verdict.FAILED, "makes-no-sense.toml": Verdict.SCRIPT_ERROR}
    assert "makes-no-sense.toml:9:1" in told["makes-no-sense.toml"].report


def test_a_filter_leaves_out_the_others(stories):
    assert [each.id for each in mebench.run(stories, "well|sense") if each.passed] == ["goes-well.toml"]


def test_a_story_that_starts_a_program_is_skipped_and_says_who_tells_it(tree):
    (told,) = mebench.run(tree / "examples/own_updater.toml")
    assert told.verdict is Verdict.SKIPPED and not told.passed
    assert "it starts a program, which `mesim run` does" in told.data["message"]


def test_what_is_not_there_is_named(tmp_path):
    with pytest.raises(mebench.NotFound, match="no-such"):
        mebench.run(tmp_path / "no-such.toml")
