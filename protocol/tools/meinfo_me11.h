// SPDX-License-Identifier: BSD-3-Clause
// MEInfo 11: labels without a colon. Its lines are known from parts of logs (win-raid t3950f39,
// 30719 pages 155 and 300): read, not printed. What it prints with -fwsts is whole
// (meinfo_status.h).
#pragma once

#include "protocol/tools/meinfo_me6.h"

namespace protocol::tools {

constexpr Line bare_line(Fact fact, std::string_view label, Words words = {}) {
  return {.fact = fact, .label = label, .form = Form::bare_column, .words = words, .untold = {}};
}

inline constexpr Line kMeinfoMe11[] = {
    kLaterVersions,
    bare_line(Fact::bios_version, "BIOS Version"),
    {.fact = Fact::mebx_version, .label = "MEBx Version", .form = Form::bare_mebx, .untold = {}},
    kFwVersion,
    bare_line(Fact::lms_version, "LMS Version"),
    bare_line(Fact::mei_driver_version, "MEI Driver Version"),
    bare_line(Fact::wireless_hardware, "Wireless Hardware Version"),
    bare_line(Fact::wireless_driver, "Wireless Driver Version"),
    kLaterCapabilities,
    bare_line(Fact::reset_reason, "Last ME reset reason", kResetWords),
    bare_line(Fact::local_update, "Local FWUpdate", kLocalUpdateWords),
    bare_line(Fact::boot_state, "BIOS boot State", kBootWords),
};

}  // namespace protocol::tools
