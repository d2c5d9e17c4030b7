// SPDX-License-Identifier: BSD-3-Clause
// MEInfo 6 to 8: after a log of 8.1.56 on firmware 8.0.4.1441 (a Lenovo with BIOS 62CN97WW, before
// me_cleaner); the line of generation 7 that it does not have is in the besides.
#pragma once

#include "protocol/tools/meinfo_words.h"

namespace protocol::tools {

inline constexpr std::string_view kLaterBrand = "Intel(R) ME";

/// A line whose value stands in the dialect's column, and which is left out where the device does
/// not tell it: what the tool says then no log shows.
constexpr Line later_line(Fact fact, std::string_view label, Words words = {}) {
  return {.fact = fact, .label = label, .form = Form::column, .words = words, .untold = {}};
}
/// Of the host's own software, "Not Available" in the logs where there is none.
constexpr Line software_line(Fact fact, std::string_view label) {
  return {.fact = fact, .label = label, .form = Form::column, .tells_dialect = false};
}
inline constexpr Line kLaterVersions = {
    .fact = Fact::brand, .label = "Intel(R) ME code versions", .form = Form::title};
inline constexpr Line kFwVersion = {.fact = Fact::later_version,
                                    .label = "FW Version",
                                    .form = Form::column,
                                    .untold = {},
                                    .known_bare = true};
inline constexpr Line kLaterCapabilities = {.fact = Fact::capabilities,
                                            .label = "FW Capabilities",
                                            .form = Form::hexadecimal,
                                            .untold = {}};

inline constexpr Line kMeinfoMe6[] = {
    kLaterVersions,
    later_line(Fact::bios_version, "BIOS Version"),
    {.fact = Fact::mebx_version, .label = "MEBx Version", .form = Form::mebx, .untold = {}},
    later_line(Fact::vendor, "VendorID"),
    kFwVersion,
    software_line(Fact::uns_version, "UNS Version"),
    software_line(Fact::lms_version, "LMS Version"),
    software_line(Fact::mei_driver_version, "MEI Driver Version"),
    software_line(Fact::wireless_hardware, "Wireless Hardware Version"),
    software_line(Fact::wireless_driver, "Wireless Driver Version"),
    kLaterCapabilities,
    later_line(Fact::reset_reason, "Last ME reset reason", kResetWords),
    later_line(Fact::local_update, "Local FWUpdate", kLocalUpdateWords),
    later_line(Fact::boot_state, "BIOS boot State", kBootWords),
};
/// As that log has it, and one of 10.0.
inline constexpr Layout kMe6Layout{.column = 40};

}  // namespace protocol::tools
