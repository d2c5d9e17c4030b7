// SPDX-License-Identifier: BSD-3-Clause
// MEInfo 9 and 10: after a log of 9.1.20 on firmware 9.1.35.1006 (winraid 31516, EVGA X99), without
// AMT; the lines of a board that has it after one of 10.0 (a Latitude E7250).
#pragma once

#include "protocol/tools/meinfo_me6.h"

namespace protocol::tools {

constexpr Line amt_line(Fact fact, std::string_view label, Words words = {}) {
  Line line = later_line(fact, label, words);
  line.only_with = OnlyWith::amt;
  return line;
}

inline constexpr Line kMeinfoMe9[] = {
    kLaterVersions,
    later_line(Fact::bios_version, "BIOS Version"),
    {.fact = Fact::mebx_version, .label = "MEBx Version", .form = Form::mebx, .untold = {}},
    later_line(Fact::vendor, "VendorID"),
    kFwVersion,
    software_line(Fact::lms_version, "LMS Version"),
    software_line(Fact::mei_driver_version, "MEI Driver Version"),
    software_line(Fact::wireless_hardware, "Wireless Hardware Version"),
    software_line(Fact::wireless_driver, "Wireless Driver Version"),
    kLaterCapabilities,
    later_line(Fact::reset_reason, "Last ME reset reason", kResetWords),
    later_line(Fact::local_update, "Local FWUpdate", kLocalUpdateWords),
    later_line(Fact::boot_state, "BIOS boot State", kBootWords),
    amt_line(Fact::link_status, "Link Status", kLinkWords),
    amt_line(Fact::mac_address, "MAC Address"),
    amt_line(Fact::ip_address, "IPv4 Address"),
    amt_line(Fact::configuration_state, "Configuration state", kConfigurationWords),
};

}  // namespace protocol::tools
