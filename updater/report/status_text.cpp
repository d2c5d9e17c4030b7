// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/status_text.h"

#include <fmt/format.h>

#include <type_traits>

namespace updater::report {
namespace {

using namespace protocol::heci;

std::string told(const char* words, std::uint32_t value) {
  return words != nullptr ? std::string(words) : fmt::format("{} (no document names it)", value);
}

const char* yes_no(std::uint32_t bit) {
  return bit != 0 ? "yes" : "no";
}

template <class Value>
bool is(const FirmwareStatus& status, Value value) {
  const auto first = status.first();
  const auto number = static_cast<std::uint32_t>(value);
  if constexpr (std::is_same_v<Value, WorkingState>) return first[Hfs1::state] == number;
  if constexpr (std::is_same_v<Value, OperationMode>) return first[Hfs1::mode] == number;
  return first[Hfs1::error] == number;
}

void add_first(const FirmwareStatus& status, std::vector<StatusRow>& rows) {
  const auto first = status.first();
  rows.push_back({"state", told(status.state_words(), first[Hfs1::state])});
  rows.push_back({"mode", told(status.mode_words(), first[Hfs1::mode])});
  rows.push_back({"error", told(status.error_words(), first[Hfs1::error])});
  rows.push_back({"operation", told(status.operation_words(), first[Hfs1::operation])});
  rows.push_back({"recovery", yes_no(is(status, WorkingState::recovery) ? 1 : 0)});
  rows.push_back({"update in progress", yes_no(first[Hfs1::update_in_progress])});
  const auto manufacturing = status.manufacturing();
  rows.push_back({"manufacturing mode",
                  !manufacturing ? "these words do not tell" : yes_no(*manufacturing ? 1 : 0)});
  rows.push_back({"initialisation", first[Hfs1::init_complete] != 0 ? "complete" : "not complete"});
  if (first[Hfs1::bad_partition_table] != 0) rows.push_back({"partition table", "bad"});
  if (first[Hfs1::bring_up_load_failure] != 0) rows.push_back({"bring-up", "could not be loaded"});
  if (!is_csme(status.layout)) return;
  if (first[Hfs1::resets] != 0)
    rows.push_back({"resets in a row", std::to_string(first[Hfs1::resets])});
  constexpr std::uint32_t kMains = 1;
  constexpr std::uint32_t kBattery = 2;
  if (first[Hfs1::power] == kMains) rows.push_back({"power", "mains"});
  if (first[Hfs1::power] == kBattery) rows.push_back({"power", "battery"});
}

void add_second(const FirmwareStatus& status, std::vector<StatusRow>& rows) {
  const auto second = status.second();
  if (!second) return;
  std::string phase = told(status.phase_words(), (*second)[Hfs2::phase]);
  if (const char* state = status.phase_state_words()) phase += fmt::format(", {}", state);
  rows.push_back({"phase", phase});
  rows.push_back(
      {"last power event", told(status.power_event_words(), (*second)[Hfs2::power_event])});
  if ((*second)[Hfs2::file_system_failure] != 0) rows.push_back({"its file system", "damaged"});
  if ((*second)[Hfs2::parts_need_update] != 0)
    rows.push_back({"independent parts", "need an update of their own"});
  if (is_csme(status.layout) && (*second)[Hfs2::second_code_failure] != 0)
    rows.push_back({"second code partition (NFTP)", "could not be loaded"});
}

void add_rest(const FirmwareStatus& status, std::vector<StatusRow>& rows) {
  if (const char* product = status.product_words()) rows.push_back({"product line", product});
  const auto sixth = status.sixth();
  if (!sixth) return;
  rows.push_back({"Boot Guard", (*sixth)[Hfs6::boot_guard_off] != 0 ? "off" : "on"});
  rows.push_back({"fuses", (*sixth)[Hfs6::fuses_locked] != 0 ? "locked" : "not locked"});
}

constexpr const char* kAllZero =
    "Every word is 0: this function of the engine is not in use, or the engine does not run.";
constexpr const char* kServer =
    "A server's firmware (SPS) runs: what the other fields say is documented nowhere.";
constexpr const char* kNormal = "The engine runs normally.";
constexpr const char* kUndocumented =
    "What these words say is documented nowhere: so it is with firmware 2 to 5 and with engines of "
    "graphics cards.";

}  // namespace

const char* name(StatusLayout layout) {
  constexpr const char* kNames[] = {"undocumented", "me_6_to_10", "csme",
                                    "csme_11",      "csme_12_13", "csme_14",
                                    "csme_15",      "csme_16_17", "csme_18"};
  return kNames[static_cast<std::size_t>(layout)];
}

const char* words(StatusLayout layout) {
  constexpr const char* kWords[] = {"an engine without documents",
                                    "ME 6 to 10",
                                    "CSME 11 or later",
                                    "CSME 11",
                                    "CSME 12 or 13",
                                    "CSME 14",
                                    "CSME 15",
                                    "CSME 16 or 17",
                                    "CSME 18 or later"};
  return kWords[static_cast<std::size_t>(layout)];
}

std::string status_words_text(const FirmwareStatus& status) {
  std::string text;
  for (const std::uint32_t word : status.words)
    text += fmt::format("{}{:08X}", text.empty() ? "" : " ", word);
  return text;
}

std::vector<StatusRow> status_rows(const FirmwareStatus& status) {
  std::vector<StatusRow> rows;
  if (!status.documented()) return rows;
  add_first(status, rows);
  add_second(status, rows);
  add_rest(status, rows);
  return rows;
}

std::string status_summary(const FirmwareStatus& status) {
  if (status.shows_nothing()) return kAllZero;
  if (!status.documented()) return kUndocumented;
  if (is(status, OperationMode::server)) return kServer;
  if (status.state_words() == nullptr)
    return "The engine is in a state that nobody has described: the rest of the word says nothing.";
  if (is(status, WorkingState::recovery))
    return "The engine runs its recovery code: its image is damaged or an update was broken off.";
  if (is(status, OperationMode::alternate_disable))
    return "The engine was told to stop early (alternate disable mode): no fault, and no update.";
  if (is(status, OperationMode::soft_disable) || is(status, WorkingState::disabled))
    return "The engine is disabled: no fault by itself, and it takes no update so.";
  if (is(status, OperationMode::jumper) || is(status, OperationMode::override_message))
    return "The flash's protection is overridden: the engine does not start wholly until that "
           "ends.";
  if (is(status, WorkingState::halt)) return "The engine has halted.";
  if (!is(status, StatusError::none)) return "The engine reports an error.";
  if (status.first()[Hfs1::update_in_progress] != 0) return "An update is in progress.";
  const bool runs = is(status, WorkingState::normal) && status.first()[Hfs1::init_complete] != 0;
  return runs ? kNormal : "The engine has not started wholly.";
}

bool shows_sound_engine(const FirmwareStatus& status) {
  return status_summary(status) == kNormal;
}

std::string status_text(const FirmwareStatus& status) {
  std::string text = fmt::format("Firmware status {} ({})\n  {}\n", status_words_text(status),
                                 words(status.layout), status_summary(status));
  for (const StatusRow& row : status_rows(status))
    text += fmt::format("  {:<29} {}\n", fmt::format("{}:", row.name), row.value);
  return text;
}

}  // namespace updater::report
