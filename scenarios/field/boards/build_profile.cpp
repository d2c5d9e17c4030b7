// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boards/build_profile.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/promise.h"
#include "scenarios/field/boards/firmware_values.h"
#include "scenarios/field/boards/profile_writer.h"
#include "scenarios/field/boards/settings_values.h"
#include "scenarios/field/boards/surroundings_values.h"
#include "scenarios/field/boards/tpm_values.h"

namespace scenarios::field {
namespace {

/// Of the tools that saw this state.
std::uint16_t tool_generation(const ReportedBoard& state, const FieldReport& report) {
  std::uint16_t generation = kFirstGeneration;
  for (const std::size_t index : state.runs) {
    MEBENCH_PROMISE(index < report.runs.size(), "what a board's state was seen in is the report's");
    generation = std::max(generation, report.runs[index].generation);
  }
  return generation;
}

const Observation* through_tpm(const std::vector<ReportedBoard>& states, const ReportedBoard& own,
                               const FieldReport& report) {
  if (const Observation* seen = seen_through_tpm(own, report)) return seen;
  for (const ReportedBoard& other : states) {
    const Observation* seen = other.board == own.board ? seen_through_tpm(other, report) : nullptr;
    if (seen != nullptr) return seen;
  }
  return nullptr;
}

std::string comment_of(const ProfileValue& value) {
  const std::string place = value.place.empty() ? "" : " " + value.place;
  return fmt::format("[{}{}] {}", name(value.provenance), place, value.note);
}

}  // namespace

std::vector<ProfileValue> build_profile(const std::vector<ReportedBoard>& states, std::size_t index,
                                        const FieldReport& report) {
  MEBENCH_PROMISE(index < states.size(), "a profile is of a state that was seen");
  const FactSource source(states, index);
  ProfileWriter out(source);
  const std::uint16_t tool = tool_generation(states[index], report);
  const protocol::Generation& defaults = defaults_for(code_version(source, tool).major);
  write_pci(out, defaults);
  write_firmware(out, defaults, tool);
  const Observation* tpm = through_tpm(states, states[index], report);
  write_settings(out, defaults, tpm);
  write_surroundings(out);
  write_update(out);
  write_tpm(out, defaults, tpm, seen_owned_error(states, states[index].board, report));
  write_host(out, defaults);
  return out.take();
}

std::string profile_toml(const std::vector<ProfileValue>& values, const std::string& title) {
  std::string text =
      "# Built from a field report by `mesim reproduce`. After each value: [observed FILE:LINE] a "
      "log says it, [derived "
      "FILE:LINE]\n# it follows from that line, [assumed] nothing says. Keys that are not here "
      "keep their defaults "
      "(docs/machines.md): assumed.\n";
  text += fmt::format("schema = 1\ndescription = {}\n", quoted(title));
  std::string table;
  for (const ProfileValue& value : values) {
    if (value.table != table) text += fmt::format("\n[{}]\n", value.table);
    table = value.table;
    text += fmt::format("{} = {}  # {}\n", value.key, value.toml, comment_of(value));
  }
  return text;
}

const ProfileValue* find(const std::vector<ProfileValue>& values, ProfileKey key) {
  return find(values, name(key));
}

const ProfileValue* find(const std::vector<ProfileValue>& values, std::string_view dotted_key) {
  for (const ProfileValue& value : values) {
    if (value.table + "." + value.key == dotted_key) return &value;
  }
  return nullptr;
}

}  // namespace scenarios::field
