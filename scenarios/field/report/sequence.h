// SPDX-License-Identifier: BSD-3-Clause
// What happened in a replay, as few rows as tell it: messages by their names, repeats counted,
// silences with their length.
#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <vector>

#include "scenarios/field/replay/timeline.h"

namespace scenarios::field {

struct SequenceRow {
  enum class Kind { to_engine, from_engine, to_tpm, from_tpm, event, fault, silence };
  Kind kind = Kind::event;
  double at = 0;      ///< seconds of virtual time; of a silence, its beginning
  double length = 0;  ///< seconds, of a silence
  std::string what;   ///< "FWU get version", "TPM_FieldUpgrade"
  std::size_t count = 1;
};
const char* name(SequenceRow::Kind kind);  ///< "to_engine", ...

/// Of what a trace holds (Replayed::timeline). Answers that say nothing but "well", and the link's
/// own accounts, are left out.
std::vector<SequenceRow> sequence_of(const std::vector<TimelineRecord>& timeline);

/// Of the page: a picture, and the same numbers as a table beneath it.
std::string sequence_html(const std::vector<SequenceRow>& rows);
nlohmann::ordered_json sequence_json(const std::vector<SequenceRow>& rows);

}  // namespace scenarios::field
