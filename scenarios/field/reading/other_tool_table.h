// SPDX-License-Identifier: BSD-3-Clause
// The words of tools that are read but never replayed, a row each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "scenarios/field/reading/run_log.h"

namespace scenarios::field {

enum class RowForm : std::uint8_t {
  labelled,  ///< a value behind ':', '=' or dots
  whole,     ///< the whole line is the value
  value,     ///< the value stands right behind the text
};

struct OtherToolRow {
  Tool tool;
  std::string_view text;  ///< how the line begins, in any case
  std::optional<Fact> fact = {};
  RowForm form = RowForm::labelled;
  std::uint16_t generation = 0;  ///< that the line tells; 0: none
};
std::span<const OtherToolRow> other_tool_rows();
/// What `meupdate` tells people, in ordinary words.
std::span<const OtherToolRow> meupdate_rows();

struct ChipsetRow {
  std::string_view device;  ///< of its HECI function, lower case
  std::uint16_t generation;
  std::string_view words;
};
/// The chipset whose HECI function has the device id (four digits, lower case); null: none that
/// is listed.
const ChipsetRow* chipset_of(std::string_view device);

}  // namespace scenarios::field
