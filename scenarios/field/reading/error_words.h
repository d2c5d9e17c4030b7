// SPDX-License-Identifier: BSD-3-Clause
// An error of a log or of a person's text, in words.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/field/reading/run_log.h"

namespace scenarios::field {

/// What the numbers of its errors mean, the cause first, and, of a generation that the model knows,
/// what to do, in a line; empty: it has none that is known.
std::string error_words(const ToolRun& run);
/// "Error 8769: Polling for FW Update Failed.", wherever in its line it stands.
std::string error_line(const Observation& error);
/// The error numbers of which `prose` speaks and whose meaning is known, each once, in order.
std::vector<std::uint32_t> known_errors_in(const std::vector<LogLine>& prose);
/// A line for each known error number of which `prose` speaks ("Fehler 8743"), each begun by a new
/// line; empty: there is none.
std::string errors_in_words(const std::vector<LogLine>& prose);

}  // namespace scenarios::field
