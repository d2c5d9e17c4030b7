// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/meinfo_status_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "protocol/heci/firmware_status.h"

namespace updater::report {
namespace {

using namespace protocol::heci;
using inventory::Inventory;
using protocol::tools::Fact;

constexpr std::array kWordFacts = {Fact::status_word_1, Fact::status_word_2, Fact::status_word_3,
                                   Fact::status_word_4, Fact::status_word_5, Fact::status_word_6};

struct StateRow {
  Fact fact;
  std::optional<std::uint32_t> (*field)(const FirmwareStatus&);
};

template <auto kField>
std::optional<std::uint32_t> of_first(const FirmwareStatus& status) {
  return status.first()[kField];
}
template <auto kField>
std::optional<std::uint32_t> of_second(const FirmwareStatus& status) {
  const auto word = status.second();
  return word ? std::optional<std::uint32_t>((*word)[kField]) : std::nullopt;
}

constexpr std::array kStates = {
    StateRow{Fact::working_state, of_first<Hfs1::state>},
    StateRow{Fact::manufacturing_mode, of_first<Hfs1::manufacturing>},
    StateRow{Fact::flash_partition, of_first<Hfs1::bad_partition_table>},
    StateRow{Fact::operational_state, of_first<Hfs1::operation>},
    StateRow{Fact::init_complete, of_first<Hfs1::init_complete>},
    StateRow{Fact::loader_state, of_first<Hfs1::bring_up_load_failure>},
    StateRow{Fact::state_error, of_first<Hfs1::error>},
    StateRow{Fact::operation_mode, of_first<Hfs1::mode>},
    StateRow{Fact::progress_phase, of_second<Hfs2::phase>},
    StateRow{Fact::clock_control, of_second<Hfs2::clock_control>},
    StateRow{Fact::file_system, of_second<Hfs2::file_system_failure>},
};

std::optional<std::uint32_t> field_of(Fact fact, const Inventory& inventory) {
  const auto* row = std::find_if(kStates.begin(), kStates.end(),
                                 [&](const StateRow& each) { return each.fact == fact; });
  const auto version = inventory::running_version(inventory);
  const auto status =
      read_status(inventory.firmware_status_words, version ? version->major : std::uint16_t{0});
  if (row == kStates.end() || !status || !status->documented()) return std::nullopt;
  return row->field(*status);
}

}  // namespace

bool is_of_status(Fact fact) {
  const bool word = std::find(kWordFacts.begin(), kWordFacts.end(), fact) != kWordFacts.end();
  return word || std::any_of(kStates.begin(), kStates.end(),
                             [&](const StateRow& row) { return row.fact == fact; });
}

MeinfoValue meinfo_status_value(Fact fact, const Inventory& inventory) {
  const auto& words = inventory.firmware_status_words;
  const auto* word = std::find(kWordFacts.begin(), kWordFacts.end(), fact);
  if (word != kWordFacts.end()) {
    const auto index = static_cast<std::size_t>(word - kWordFacts.begin());
    if (index >= words.size()) return {};
    return {.kind = MeinfoValue::Kind::text, .text = fmt::format("0x{:08X}", words[index])};
  }
  const auto number = field_of(fact, inventory);
  if (!number) return {};
  return {.kind = MeinfoValue::Kind::number, .number = *number};
}

}  // namespace updater::report
