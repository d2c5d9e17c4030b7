// SPDX-License-Identifier: BSD-3-Clause
// What MEManuf says beside its errors: the questions it asks and how its tests ended. Before them
// it prints how the engine runs, as MEInfo does (meinfo_status.h). Wording: winraid 31516 (9.1),
// 36175 (9.1), 30719 page 101 (8.1). MEInfo asks the same with -verbose (a log of 10.0).
#pragma once

#include <string_view>

namespace protocol::tools {

/// How lines begin that tell how its tests ended: the whole line says it.
inline constexpr std::string_view kMemanufOutcomes[] = {
    "MEManuf Test Passed",
    "MEManuf Operation Passed",
    "MEManuf Test Failed",
    "MEManuf End-Of-Line Test",
};

/// Of "Get ME FWU info command...done": a question, and what became of it.
inline constexpr std::string_view kQuestionBegins = "Get ";
inline constexpr std::string_view kQuestionGoesOn = "...";

/// Beneath an error of a test: they say nothing of their own.
inline constexpr std::string_view kMemanufBeneath[] = {
    "Programmed value of ",
    "See PCH SPI programming Guide",
};

}  // namespace protocol::tools
