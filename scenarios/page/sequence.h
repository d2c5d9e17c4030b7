// SPDX-License-Identifier: BSD-3-Clause
// What happened, as few rows as tell it: messages by their names, repeats counted, silences with
// their length, faults.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "emulator/trace/trace_line.h"

namespace scenarios::page {

struct SequenceRow {
  enum class Kind : std::uint8_t {
    to_engine,
    from_engine,
    to_tpm,
    from_tpm,
    event,
    fault,
    silence,
    step,      ///< a story's step begins
    again,     ///< the rows above, so many times more
    left_out,  ///< rows that are not shown
  };
  Kind kind = Kind::event;
  double at = 0;      ///< seconds of virtual time; of a silence, its beginning
  double length = 0;  ///< seconds, of a silence
  std::string what;   ///< "FWU get version", "TPM_FieldUpgrade"
  std::size_t count = 1;
};
const char* name(SequenceRow::Kind kind);  ///< "to_engine", ...

/// Where a story's step begins.
struct StepMark {
  double at = 0;     ///< seconds of virtual time
  std::string what;  ///< "step 2: meupdate info"
};

/// Of a trace. Flash operations are left out, but for torn ones; rows that come again and again in
/// the same order are shown once and counted. Of more than `most` rows the first and the last are
/// kept, and those beside faults and steps.
std::vector<SequenceRow> sequence_of(const std::vector<emulator::trace::TraceLine>& lines,
                                     const std::vector<StepMark>& steps, std::size_t most);

/// Of the page: a picture, and the same numbers as a table beneath it. Empty where there is no row.
std::string sequence_html(const std::vector<SequenceRow>& rows);
/// A line a row.
std::string sequence_text(const std::vector<SequenceRow>& rows);
nlohmann::ordered_json sequence_json(const std::vector<SequenceRow>& rows);

/// "1.5 s", "5.0 minutes".
std::string length_words(double seconds);
/// What a row says: "FWU: data x1536", "5.0 minutes of silence".
std::string words_of(const SequenceRow& row);
/// "updater to ME"; empty of what nobody sends.
const char* who(SequenceRow::Kind kind);

}  // namespace scenarios::page
