// SPDX-License-Identifier: BSD-3-Clause
// The part of each report that advises: what to do, what a step destroys and what speaks for it,
// and what it means for a real board.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

#include "scenarios/field/report/reproduction.h"

namespace scenarios::field {

/// Of the terminal's page; empty: there is nothing to advise on.
std::string advice_text(const Reproduction& all);
/// Of the JSON document. Where is_advised_on().
nlohmann::ordered_json advice_json(const Advice& advice);
/// Of the page, with its heading.
std::string advice_html(const Advice& advice);

/// Whether the logs leave something to advise on.
bool is_advised_on(const Reproduction& all);

/// What was read of an outcome that was not understood: "it speaks of a failure, perhaps error 8704
/// (SKU mismatch): ... A guess."; empty: nothing was.
std::string guess_words(const UnreadOutcome& unread);
/// "post.txt:4: Err0r (8704): SKU mismatch".
std::string line_words(const LogLine& line);

}  // namespace scenarios::field
