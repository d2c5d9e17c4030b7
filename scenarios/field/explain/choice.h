// SPDX-License-Identifier: BSD-3-Clause
// Which answers the runs of a report get.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/field/explain/question.h"

namespace scenarios::field {

/// For each question the index of an answer; nothing: in each run its plainest.
using Choice = std::vector<std::optional<std::size_t>>;

/// All choices among the questions of `scope` (nothing: among all) with at most `most` that are not
/// nothing, the plainest among them. A choice that nobody could tell from a smaller one is left
/// out: answers that are the plainest wherever they are about.
std::vector<Choice> choices(const std::vector<Question>& questions, std::optional<Scope> scope,
                            int most);

/// `inner` where it says something, else `outer`.
Choice merged(const Choice& outer, const Choice& inner);

/// What one run's answers are, by question; nothing where the question is not about it.
std::vector<std::optional<std::size_t>> answers_in(const std::vector<Question>& questions,
                                                   const Choice& choice, std::size_t place);

int departures(const Choice& choice);

}  // namespace scenarios::field
