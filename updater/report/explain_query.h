// SPDX-License-Identifier: BSD-3-Clause
// What `meupdate explain` is asked, and all that is known of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/heci/firmware_status.h"
#include "updater/report/explanations.h"
#include "updater/report/known_cases.h"
#include "updater/report/late_lockout.h"

namespace updater::report {

struct Answer {
  /// Causes first; what only says that it failed, last.
  std::vector<const KnownNumber*> rows = {};
  std::optional<protocol::heci::FirmwareStatus> status = std::nullopt;
  std::vector<const KnownCase*> cases = {};
  std::optional<LockoutRemains> lockout = std::nullopt;

  bool empty() const { return rows.empty() && !status && cases.empty(); }
};

/// `query`: "all"; numbers however pasted, status words, whole lines of tools and kernels; or words
/// that must all occur, in any case.
Answer answer(std::string_view query);

/// For people: status words first, then what others met, then each number.
std::string answer_text(const Answer& answer);

/// The rows of one number: of which tool and generation it is decides which list counts. Where
/// nobody tells, each list that has it; an exit status only where nothing calls it an error.
std::vector<const KnownNumber*> rows_of_number(const SaidNumber& number, std::uint16_t generation);
/// The rows of several numbers of one run, the first cause first.
std::vector<const KnownNumber*> rows_of_numbers(const Pasted& pasted);

/// Whether it says no more than that it failed: the reason stands beside it.
bool only_says_that_it_failed(const KnownNumber& row);

/// answer().rows
std::vector<const KnownNumber*> search(std::string_view query);

}  // namespace updater::report
