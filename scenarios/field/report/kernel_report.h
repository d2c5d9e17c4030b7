// SPDX-License-Identifier: BSD-3-Clause
// A kernel's log that a guest brings about, on every page.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

#include "scenarios/field/report/reproduction.h"

namespace scenarios::field {

/// Of a log that was booted: "reproduced, 5 lines, 2 in other words", "DIFFERS at dmesg.txt:3".
std::string kernel_verdict_words(const BootedLog& boot);

/// Of the terminal's page: what was booted, or how it can be, or why no guest came up; and the
/// lines that tell both logs apart.
std::string boot_text(const BootedLog& boot);

nlohmann::ordered_json boots_json(const Reproduction& all);

/// Of the page: each log beside ours; empty: there are none.
std::string boots_html(const Reproduction& all);

}  // namespace scenarios::field
