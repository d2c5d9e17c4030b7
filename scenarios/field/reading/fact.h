// SPDX-License-Identifier: BSD-3-Clause
// How far what the lines of the era's tools tell about a board reaches, and where it is told.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "protocol/tools/fact.h"

namespace scenarios::field {

using protocol::tools::Fact;

/// How far a fact reaches.
enum class Reach : std::uint8_t {
  board,    ///< the same in every state of one board
  code,     ///< changes with the firmware
  moment,   ///< changes with set-up, boots and the weather
  reading,  ///< depends on the system the tool ran under
  run,      ///< of this run of the tool alone
};

const char* name(Fact fact);
Reach reach_of(Fact fact);

/// The fact behind "LABEL: value" of MEInfo, whichever dialect. `label` in any case.
std::optional<Fact> meinfo_fact(std::string_view label);

/// All of these labels.
std::vector<std::string_view> meinfo_labels();

/// Whether one of these labels begins with `text` and goes on.
bool begins_a_label(std::string_view text);

/// Whether `line` begins with one of these labels of more than one word, whatever follows.
bool begins_with_label(std::string_view line);

/// The length of the longest of these labels with which `text` ends, as a word; 0: none.
std::size_t longest_label_at_end(std::string_view text);

/// The length of the longest capability name with which `text` begins; 0: none.
std::size_t capability_length(std::string_view text);

/// Whether `line` is one of the capability names that MEInfo 5 lists without a label.
bool is_capability_name(std::string_view line);

}  // namespace scenarios::field
