# SPDX-License-Identifier: BSD-3-Clause
"""The module's board, as a program sees it that does nothing but `import mebench`."""
import threading
import uuid
from datetime import timedelta

import mebench
import pytest

GET_VERSION = bytes(4)
# TPM_GetCapability(property, manufacturer), and TPM_GetRandom(16), of the TPM 1.2 specification.
MANUFACTURER = bytes.fromhex("00c1 00000016 00000065 00000005 00000004 00000103")
GET_RANDOM = bytes.fromhex("00c1 0000000e 00000046 00000010")
ME_CSR, ME_READY = 0x0C, 0x08


@pytest.fixture
def q35():
    with mebench.Board("desktop-q35") as board:
        yield board.boot()


def test_is_made_by_the_name_of_a_machine_that_comes_along():
    assert "thinkpad-t400" in mebench.machines()
    with pytest.raises(mebench.NotFound, match="esprimo-e5730"):
        mebench.Board("esprimo")
    with pytest.raises(LookupError):
        mebench.Board("esprimo")


def test_is_another_one_with_other_settings():
    board = mebench.Board("esprimo-e5730", settings={"firmware.version": "5.0.3.1126", "tpm.fitted": False}).boot()
    assert board.fact("version") == "5.0.3.1126"
    assert board.fact("tpm_version") == "none"
    with pytest.raises(mebench.Invalid, match='did you mean "version"'):
        mebench.Board("desktop-q35", settings={"firmware.versoin": "5.0.1.1"})


@pytest.mark.parametrize("value, words", [(True, "true"), (False, "false"), (7, "7"), ('a "b" \\', r'"a \"b\" \\"'), (["x", 1], '["x", 1]')])
def test_settings_are_written_as_toml_writes_them(value, words):
    assert mebench.board.toml_of(value) == words


def test_time_is_the_boards_own(q35):
    before = q35.now_ns
    q35.advance(240)
    assert q35.now_ns == before + 240 * 10**9
    q35.advance(timedelta(minutes=1, microseconds=3))
    assert q35.now_ns == before + 300 * 10**9 + 3000
    assert q35.now == pytest.approx(before / 1e9 + 300.000003)
    with pytest.raises(ValueError):
        q35.advance(-1)
    with pytest.raises(TypeError):
        q35.advance("1s")


def test_has_power_and_resets(q35):
    q35.power_cut()
    assert q35.fact("powered") == "false"
    q35.power_on()
    with pytest.raises(mebench.Timeout, match="still boots"):
        q35.boot(limit=1e-9)
    with pytest.raises(TimeoutError):
        q35.boot(limit=1e-9)
    q35.boot()
    assert q35.read32(ME_CSR) & ME_READY
    q35.reset_me()
    assert not q35.read32(ME_CSR) & ME_READY
    q35.reset_platform()
    assert q35.fact("boot") == "booting"


def test_drives_its_registers(q35):
    q35.write32(0x04, 0x10)  # H_CSR: H_RST
    assert q35.read32(0x04) & 0x10


def test_answers_whole_messages_of_a_client_by_its_guid(q35):
    with q35.connect(mebench.UPDATE_CLIENT) as client:
        assert client.max_message_length >= 47
        assert client.protocol_version > 0
        assert len(client.ask(GET_VERSION)) == 47  # of ME 3
        with pytest.raises(mebench.Timeout):
            client.receive(timeout=0.001)
    with pytest.raises(ValueError, match="closed"):
        client.send(GET_VERSION)
    assert q35.connect(uuid.UUID(mebench.UPDATE_CLIENT)).ask(GET_VERSION)[0] == 1
    with pytest.raises(mebench.NotFound):
        q35.connect(uuid.UUID(int=1))
    with pytest.raises(mebench.Invalid, match="no GUID"):
        q35.connect("update")


def test_a_connection_keeps_its_board(q35):
    client = q35.connect(mebench.UPDATE_CLIENT)
    q35.close()
    assert len(client.ask(GET_VERSION)) == 47
    with pytest.raises(ValueError, match="the board is closed"):
        q35.boot()
    q35.close()


def test_answers_commands_of_its_tpm(q35):
    board = mebench.Board("esprimo-e5730").boot()
    assert board.tpm(MANUFACTURER)[-4:] == b"INTC"
    board.bios("enable", "activate")
    board.boot()
    assert board.fact("tpm_bios_results") == "0 0"
    with pytest.raises(mebench.Invalid, match="explode"):
        board.bios("explode")
    with pytest.raises(mebench.Unsupported, match="no TPM"):
        q35.tpm(MANUFACTURER)


def random_numbers(seed):
    board = mebench.Board("esprimo-e5730", settings={"tpm.state.active": True}, seed=seed).boot()
    return board.tpm(GET_RANDOM)


def test_has_one_history_for_one_seed():
    first = random_numbers(1)
    assert len(first) == 30
    assert random_numbers(1) == first
    assert random_numbers(2) != first


def test_boards_of_two_threads_do_not_disturb_each_other():
    wanted = random_numbers(1)
    got = []
    threads = [threading.Thread(target=lambda: got.append(random_numbers(1))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [wanted] * 4


def test_has_faults_in_the_words_of_stories(q35):
    q35.arm("boot", "power_cut_after")
    assert q35.unfired == ["power_cut_after at boot, occurrence 1"]
    q35.reset_me()
    q35.advance(60)
    assert q35.unfired == []
    assert q35.fact("powered") == "false"
    q35.arm("flash_erase", "fail", occurrence=2)
    q35.disarm()
    assert q35.unfired == []
    with pytest.raises(mebench.Invalid, match="flash_program"):
        q35.arm("moon", "fail")
    with pytest.raises(mebench.Invalid, match="delay"):
        q35.arm("boot", "delay")
    with pytest.raises(ValueError, match="from 1"):
        q35.arm("boot", "fail", occurrence=0)


def test_tells_facts_by_name(q35):
    assert q35.facts["boot"] == "operational"
    assert q35.meanings.keys() == q35.facts.keys()
    assert all(q35.meanings.values())
    with pytest.raises(mebench.NotFound, match="reset_reason"):
        q35.fact("mood")


def test_shows_the_last_messages_by_name(q35):
    q35.connect(mebench.UPDATE_CLIENT).ask(GET_VERSION)
    assert any("FWU GET_VERSION" in line for line in q35.bus)


def test_goes_on_from_a_snapshot(q35):
    saved, then = q35.snapshot(), q35.now_ns
    q35.power_cut()
    q35.restore(saved)
    assert (q35.fact("boot"), q35.now_ns) == ("operational", then)
    with pytest.raises(mebench.Invalid):
        q35.restore(saved[:-1] + bytes([saved[-1] ^ 1]))


def test_starts_with_the_flash_that_it_is_given(q35):
    flash = q35.flash
    assert mebench.Board("desktop-q35", flash=flash).flash == flash
    with pytest.raises(mebench.Invalid):
        mebench.Board("desktop-q35", flash=flash[:-1])


def test_makes_images_of_a_version(q35):
    assert q35.update_image("5.2.70.1046")[0x1C:0x20] == b"$MAN"
    with pytest.raises(mebench.Invalid, match="5.2.70.1046"):
        q35.update_image("5.2")


def test_every_function_of_the_header_is_declared(tree):
    """What the C interface has and Python does not is somebody's oversight."""
    import re

    from mebench import _library

    header = (tree / "include/mebench/mebench.h").read_text()
    declared = set(re.findall(r"\bmebench_(\w+)\(", header.split("Which one this is")[1]))
    assert declared == set(_library._CAN_FAIL) | set(_library._CANNOT_FAIL)
