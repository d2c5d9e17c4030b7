// SPDX-License-Identifier: BSD-3-Clause
// What is told of logs of ME 6 and later that were brought about on a board here.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

#include "scenarios/field/report/reproduction.h"

namespace scenarios::field {

/// "reproduced, 6 lines", "DIFFERS at post.txt:12"
std::string later_verdict_words(const LaterLog& log);
/// Beside others: how sure a board makes it, "comes out on a simulated board of ME 9 ..."; without
/// a full stop.
std::string sure_by_board(const LaterLogs& later, const LaterLog& log);

/// The machines, a block each, as found_text() has them; empty: there are none.
std::string later_machines_text(const Reproduction& all);
/// The log's verdict, what explains it and what was tried; of lines that have six blanks in front
/// all but the first.
std::string later_log_text(const Reproduction& all, const LaterLog& log);

/// docs/schema/reproduce.schema.json, "later".
nlohmann::ordered_json later_json(const Reproduction& all);
std::string later_html(const Reproduction& all);

}  // namespace scenarios::field
