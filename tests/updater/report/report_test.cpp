// SPDX-License-Identifier: BSD-3-Clause
// People's text, JSON and explanations: nothing invented, nothing lost, nothing dangerous.
#include <gtest/gtest.h>

#include <fstream>

#include "base/lines.h"
#include "tests/source_dir.h"
#include "tests/updater/report/collected.h"
#include "updater/report/explain_query.h"
#include "updater/report/gaps.h"
#include "updater/report/json.h"
#include "updater/report/people.h"
#include "updater/report/printable.h"
#include "updater/report/words.h"

namespace {

using namespace updater;
using report::Json;
using tests::collected;

TEST(Printable, ShowsEveryByteThatIsNotPlainAsItsNumber) {
  EXPECT_EQ(report::printable("a\x1b[31m\n\x7f\xc2\x9b~"), "a\\x1b[31m\\x0a\\x7f\\xc2\\x9b~");
}

/// The values beside `label` and on the lines without a label that follow it.
std::vector<std::string> labelled(const std::string& text, const std::string& label) {
  constexpr std::size_t values_at = 16;
  std::vector<std::string> values;
  std::string at;
  for (const std::string& line : base::lines_of(text)) {
    if (line.size() < values_at) continue;
    if (line[2] != ' ') at = line.substr(2, line.find(' ', 2) - 2);
    if (at == label) values.push_back(line.substr(values_at));
  }
  return values;
}

TEST(PlanText, PutsEveryNoteUnderItsLabelAndNothingElseUnderWhatIsLost) {
  const std::string power = "do not take the power away before it has ended";
  update::Plan plan;
  plan.message_payload = 1;
  EXPECT_EQ(labelled(report::plan_text(plan), "lost"), std::vector<std::string>{"nothing"});
  EXPECT_EQ(labelled(report::plan_text(plan), "note"), std::vector<std::string>{power});
  plan.warnings = {"an older version"};
  plan.lost = {"a key", "a set-up"};
  EXPECT_EQ(labelled(report::plan_text(plan), "lost"), plan.lost);
  EXPECT_EQ(labelled(report::plan_text(plan), "note"),
            (std::vector<std::string>{"an older version", power}));
}

TEST(InfoJson, CarriesTheDevicesValues) {
  const Json json = report::info_json(collected({}));
  EXPECT_EQ(json["version"]["code"], "5.0.1.1111");
  EXPECT_EQ(json["firmware_status"], 0x3009065A);
  EXPECT_EQ(json["capabilities"]["value"], 62);
  EXPECT_EQ(json["wired"]["mac"], "00:19:39:47:bb:dd");
  EXPECT_EQ(json["version"]["enabled_update_interface_names"], Json::array({"local", "tpm"}));
  EXPECT_EQ(json["recovery_mode"], false);
}

TEST(InfoJson, KeepsTheTrueRegisterWhereTheErasToolCouldNotReadIt) {
  tests::Esprimo board;
  board.era_tools.register_access_blocked = true;
  EXPECT_EQ(report::info_json(collected(board))["firmware_status"], 0x3009065A);
}

TEST(Info, TellsWhatALaterEngineSaysOfItself) {
  inventory::Inventory i;
  i.firmware_status_words = {0x1E003052, 0x1632017A};
  const Json json = report::info_json(i);
  EXPECT_EQ(json["engine_says"]["fields"]["error"], "image failure");
  EXPECT_EQ(json["engine_says"]["words"], (Json{0x1E003052, 0x1632017A}));
  const std::string text = report::info_text(i);
  EXPECT_NE(text.find("What the engine says of itself"), std::string::npos) << text;
  EXPECT_NE(text.find("recovery code"), std::string::npos) << text;
}

TEST(Info, DoesNotExplainTheStatusWordOfFirmware5) {
  const auto board = collected({});
  EXPECT_EQ(board.firmware_status_words, (std::vector<std::uint32_t>{0x3009065A}));
  EXPECT_EQ(report::info_json(board)["engine_says"]["layout"], "undocumented");
  EXPECT_EQ(report::info_text(board).find("What the engine says"), std::string::npos);
}

TEST(InfoJson, GivesNullAndTheReasonForWhatIsMissing) {
  const Json json = report::info_json(collected({}));
  EXPECT_TRUE(json["wireless"].is_null());
  EXPECT_EQ(json["gaps"]["wireless"]["code"], "refused");
  EXPECT_EQ(json["gaps"]["wireless"]["status"], 0x24);
}

TEST(InfoJson, NamesAGapForExactlyTheFactsThatAreNull) {
  tests::Esprimo board;
  board.recovery = true;
  const Json json = report::info_json(collected(board));
  for (const auto& [key, value] : json.items())
    EXPECT_EQ(value.is_null(), json["gaps"].contains(key)) << key;
}

TEST(InfoJson, SurvivesBytesThatAreNoUtf8) {
  inventory::Inventory i;
  i.code_versions = protocol::amthi::CodeVersions{.bios = "\xff\x1b\x9b", .entries = {}};
  const std::string text = report::document(report::info_json(i));
  for (const char c : text) EXPECT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7f));
}

Json schema(const std::string& name) {
  std::ifstream file(std::string(MEBENCH_SOURCE_DIR) + "/docs/schema/" + name);
  return Json::parse(file);
}

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> names;
  for (const auto& [key, value] : object.items()) names.push_back(key);
  return names;
}

/// Every object of `json` has the keys that its schema lists, and no others.
void expect_keys(const Json& json, const Json& schema, const std::string& where) {
  if (json.is_array()) {
    for (const Json& entry : json) expect_keys(entry, schema["items"], where + "[]");
  }
  if (!json.is_object() || !schema.contains("properties")) return;
  EXPECT_EQ(keys(json), keys(schema["properties"])) << where;
  for (const auto& [key, value] : json.items())
    expect_keys(value, schema["properties"][key], where + "." + key);
}

TEST(InfoJson, HasTheKeysOfItsSchema) {
  const Json json = report::info_json(collected({}));
  expect_keys(json, schema("info.schema.json"), "info");
}

TEST(InfoJson, HasTheTruthWhereAnOldToolMisreadsTheTpm) {
  tests::Esprimo board;
  board.era_tools.lockout_read_late = 3;
  const Json json = report::info_json(collected(board));
  EXPECT_EQ(json["tpm"]["lockout_rule"]["threshold"], 10);
  EXPECT_EQ(json["tpm"]["lockout_rule"]["initial_seconds"], 240);
  EXPECT_EQ(json["host"]["lockout_read_late"], 3);
}

TEST(InfoJson, SaysWhyThereIsNoTpm) {
  tests::ScriptedTpm dead;
  dead.dead = base::Error{base::Errc::busy, "another program has the TPM"};
  const Json json = report::info_json(collected({}, dead));
  EXPECT_TRUE(json["tpm"].is_null());
  EXPECT_EQ(json["gaps"]["tpm"]["code"], "busy");
}

TEST(InfoJson, NamesTheFactsThatATpmDoesNotTell) {
  tests::ScriptedTpm mute;
  mute.refuse(protocol::tpm::Ordinal::get_capability, protocol::tpm::ReturnCode::failed_self_test);
  const Json json = report::info_json(collected({}, mute));
  EXPECT_EQ(json["tpm"]["state"], "self_test_failed");
  EXPECT_TRUE(json["tpm"]["owned"].is_null());
  EXPECT_EQ(json["gaps"]["tpm.owned"]["status"], 0x1C);
}

TEST(TpmStatusJson, HasTheKeysOfItsSchema) {
  const Json json = report::tpm_status_json(*collected({}).tpm);
  expect_keys(json, schema("tpm-status.schema.json")["oneOf"][0], "status");
}

TEST(InfoText, ShowsPeopleTheTrueLockoutRule) {
  tests::Esprimo board;
  board.era_tools.lockout_read_late = 3;
  const std::string text = report::info_text(collected(board));
  EXPECT_NE(text.find("after 10 wrong secrets 240 s, times 2 for each further one"),
            std::string::npos);
  EXPECT_EQ(text.find("61440"), std::string::npos);
}

TEST(InfoText, SaysThatALockoutRunsAndHowLong) {
  tests::ScriptedTpm locked;
  locked.lockout.active = true;
  locked.lockout.current_count = 11;
  locked.lockout.action_depend_value = 480;
  EXPECT_NE(report::info_text(collected({}, locked)).find("a lockout RUNS, 8 min 00 s left"),
            std::string::npos);
}

TEST(ErrorText, HasTheNumberOfADeviceThatSaidNoAndNotTheSystems) {
  EXPECT_EQ(report::error_text({base::Errc::refused, "asking", 5}), "asking (status 5)");
  EXPECT_EQ(report::error_text({base::Errc::io, "opening: No such file", 2}),
            "opening: No such file");
}

TEST(ProgressJson, HasTheKeysOfItsSchema) {
  const Json lines = schema("progress.schema.json")["oneOf"];
  expect_keys(report::progress_json({}), lines[0], "step");
  Json last = report::outcome_json({});
  last["exit"] = 0;
  expect_keys(last, lines[1], "last line");
}

TEST(InfoText, ListsWhatIsNotKnownWithItsReason) {
  const std::string text = report::info_text(collected({}));
  EXPECT_NE(text.find("Not known\n  wireless "), std::string::npos);
  EXPECT_NE(text.find("(status 36)"), std::string::npos);
}

TEST(InfoText, SaysThatTheRecoveryCodeRuns) {
  tests::Esprimo board;
  board.recovery = true;
  EXPECT_NE(report::info_text(collected(board)).find("RUNS ITS RECOVERY CODE"), std::string::npos);
}

TEST(Words, ShowAnUndocumentedValueAsItsNumber) {
  EXPECT_EQ(report::words(static_cast<protocol::amthi::ProvisioningMode>(9)), "unknown (9)");
  EXPECT_EQ(report::update_status_words(1), "1");
  EXPECT_EQ(report::capability_names(0x80000002),
            (std::vector<std::string>{"Intel (R) QST", "bit 31"}));
}

TEST(Words, TellDurationsInTheUnitThatFits) {
  using namespace std::chrono_literals;
  EXPECT_EQ(report::duration_text(350ms), "350 ms");
  EXPECT_EQ(report::duration_text(12'400ms), "12.4 s");
  EXPECT_EQ(report::duration_text(247s), "4 min 07 s");
}

TEST(Explanations, KnowEveryNumberThatTheProgramCanGive) {
  using protocol::update::ToolError;
  for (const ToolError error : {ToolError::not_me_sku,
                                ToolError::no_device,
                                ToolError::transfer_failed,
                                ToolError::wrong_message_type,
                                ToolError::buffer_too_small,
                                ToolError::sku_mismatch,
                                ToolError::version_mismatch,
                                ToolError::invalid_image,
                                ToolError::internal_error,
                                ToolError::update_in_progress,
                                ToolError::no_memory,
                                ToolError::invalid_header,
                                ToolError::file_access,
                                ToolError::usage,
                                ToolError::timed_out,
                                ToolError::local_update_disabled,
                                ToolError::tpm_update_required,
                                ToolError::unsupported_message,
                                ToolError::no_update_in_progress,
                                ToolError::no_response,
                                ToolError::last_status_unreadable,
                                ToolError::parameters_unreadable,
                                ToolError::tool_incompatible,
                                ToolError::owner_password_required,
                                ToolError::update_failed,
                                ToolError::unknown_platform,
                                ToolError::oem_verification_failed,
                                ToolError::oem_id_incorrect,
                                ToolError::invalid_length,
                                ToolError::no_global_buffer,
                                ToolError::invalid_parameters,
                                ToolError::write_file,
                                ToolError::version_display,
                                ToolError::image_not_supported,
                                ToolError::internal_error_2,
                                ToolError::downgrade_vetoed,
                                ToolError::file_write,
                                ToolError::file_read,
                                ToolError::file_delete,
                                ToolError::partition_layout,
                                ToolError::downgrade_data_mismatch,
                                ToolError::password_mismatch,
                                ToolError::password_needed,
                                ToolError::polling_failed,
                                ToolError::allow_same_version_required,
                                ToolError::version_unreadable,
                                ToolError::password_retries}) {
    EXPECT_NE(report::find_tool_error(protocol::update::number(error)), nullptr)
        << protocol::update::number(error);
  }
  EXPECT_EQ(report::exit_statuses().size(), 19u);
}

/// How an update ended that stopped `where` and was `seen` so.
update::Report stopped(update::Stopped where, update::Seen seen,
                       update::Way way = update::Way::heci) {
  const update::WayHome& home = way_home(where, way, seen);
  return {.outcome = home.outcome, .stopped = where, .home = &home};
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(OutcomeText, NamesTheStateAndTheCommandThatContinues) {
  update::Report broken = stopped(update::Stopped::transferring, update::Seen::unchanged);
  broken.error = base::Error{base::Errc::disconnected, "the link was reset"};
  broken.version_after = protocol::FirmwareVersion{5, 0, 1, 1111};
  broken.bytes_sent = 500;
  const std::string text = report::outcome_text(broken, {}, "meupdate update x.bin -y");
  EXPECT_TRUE(holds(text, "runs 5.0.1.1111")) << text;
  EXPECT_TRUE(holds(text, "run:\n  meupdate update x.bin -y\n"));
  EXPECT_TRUE(holds(text, "the link was reset"));
  EXPECT_TRUE(holds(text, "while data was transferred, after 500 bytes"));
}

TEST(OutcomeText, DoesNotKnowWhatASilentDeviceRuns) {
  const auto broken = stopped(update::Stopped::committing, update::Seen::silent);
  EXPECT_TRUE(holds(report::outcome_text(broken, {}, "again"), "not known"));
}

TEST(OutcomeText, LeavesADeviceWithHalfOfTheCodeItsPower) {
  // 8709 and 8720 stand in no list; the advice for 8718 is to take the power away.
  for (const std::uint32_t status : {8707u, 8709u, 8720u, 8718u}) {
    update::Report half = stopped(update::Stopped::committing, update::Seen::failed);
    half.device_status = status;
    const std::string text = report::outcome_text(half, {}, "meupdate update x.bin");
    EXPECT_TRUE(holds(text, "Leave the machine's power on")) << text;
    EXPECT_TRUE(holds(text, "run:\n  meupdate update x.bin\n")) << text;
    EXPECT_FALSE(holds(text, "power away")) << text;
    EXPECT_TRUE(holds(text, std::to_string(status))) << text;
  }
}

/// It runs on from memory: what this update has left alone is not what starts again.
TEST(OutcomeText, DoesNotCallUnchangedWhatAnUpdateBeforeItMayHaveHalfWritten) {
  using update::Seen;
  using update::Stopped;
  update::Plan after_failure;
  after_failure.status_before = 8707;
  for (const auto& [at, seen] : {std::pair{Stopped::starting, Seen::declined},
                                 {Stopped::starting, Seen::unchanged},
                                 {Stopped::transferring, Seen::unchanged},
                                 {Stopped::ending, Seen::declined}}) {
    const std::string text = report::outcome_text(stopped(at, seen), after_failure, "again");
    EXPECT_FALSE(holds(text, "was not changed")) << text;
    EXPECT_FALSE(holds(text, "Nothing was changed")) << text;
    EXPECT_TRUE(holds(text, "may be half written")) << text;
    EXPECT_TRUE(holds(text, "To continue, run:\n  again\n")) << text;
    EXPECT_TRUE(holds(text, "Leave the machine's power on until an update has gone through"))
        << text;
    const std::string sound = report::outcome_text(stopped(at, seen), {}, "again");
    EXPECT_FALSE(holds(sound, "half written")) << sound;
  }
  update::Plan in_recovery = after_failure;
  in_recovery.recovery_mode = true;
  EXPECT_FALSE(holds(
      report::outcome_text(stopped(Stopped::transferring, Seen::unchanged), in_recovery, "again"),
      "half written"));
}

/// A no to a sound image can come of a flash that lies: a board that needs an update is not left
/// without a command.
TEST(OutcomeText, HasACommandForADeviceInRecoveryThatRefusedTheImage) {
  update::Report declined = stopped(update::Stopped::ending, update::Seen::declined);
  declined.device_status = 8706;
  update::Plan repair;
  repair.recovery_mode = true;
  const std::string text = report::outcome_text(declined, repair, "meupdate update x.bin");
  EXPECT_TRUE(holds(text, "Next step: Fetch the image again")) << text;
  EXPECT_TRUE(holds(text, "To continue, run:\n  meupdate update x.bin\n")) << text;
}

TEST(OutcomeText, HasADeviceRestartedThatOnlyStillRunsItsOldCode) {
  const auto old = stopped(update::Stopped::committing, update::Seen::unchanged);
  const std::string text = report::outcome_text(old, {}, "again");
  EXPECT_LT(text.find("Take the power away"), text.find("To continue, run:\n  again")) << text;
}

TEST(OutcomeText, DoesNotClaimThatNothingWasChangedOnceTheEndWasSent) {
  const auto unheard = stopped(update::Stopped::ending, update::Seen::unchanged);
  const std::string text = report::outcome_text(unheard, {}, "again");
  EXPECT_FALSE(holds(text, "Nothing was changed")) << text;
  EXPECT_TRUE(holds(text, "it tells of no failure")) << text;
}

TEST(OutcomeText, LeavesTheDeviceThatStillWritesItsPowerForTenMinutes) {
  const auto busy = stopped(update::Stopped::committing, update::Seen::busy);
  const std::string text = report::outcome_text(busy, {}, "meupdate update x.bin");
  EXPECT_TRUE(holds(text, "Leave the power on and wait ten minutes")) << text;
  EXPECT_FALSE(holds(text, "recovery code"));
  EXPECT_TRUE(holds(text, "run:\n  meupdate update x.bin\n"));
}

TEST(OutcomeText, SaysUnchangedOnlyOfADeviceThatWasSeenAtRest) {
  using update::Seen;
  using update::Stopped;
  for (const update::WayHome& home : update::ways_home()) {
    if (home.outcome != update::Outcome::failed_unchanged) continue;
    const auto at = home.stopped.has(Stopped::starting) ? Stopped::starting : Stopped::ending;
    const std::string text = report::outcome_text(stopped(at, home.seen), {}, "again");
    EXPECT_TRUE(holds(text, "The device is at rest")) << text;
    EXPECT_EQ(holds(text, "was not changed"), home.seen != Seen::occupied) << text;
  }
}

TEST(OutcomeText, FollowsTheNumbersOwnAdviceOnlyWhereTheTableHasNone) {
  update::Report declined = stopped(update::Stopped::ending, update::Seen::declined);
  declined.device_status = 8706;
  const std::string text = report::outcome_text(declined, {}, "again");
  EXPECT_TRUE(holds(text, "Next step: Fetch the image again")) << text;
  EXPECT_FALSE(holds(text, "To continue")) << text;
}

}  // namespace
