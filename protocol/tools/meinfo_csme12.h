// SPDX-License-Identifier: BSD-3-Clause
// MEInfo 12 and later: sections, and labels without a colon. After a log of 12.0.70 with -verbose
// on firmware 12.0.24.1314 (winraid 35961, OptiPlex 7060). The forum has made one blank of many:
// where the columns stand is chosen (docs/fidelity.md).
#pragma once

#include "protocol/tools/meinfo_me11.h"
#include "protocol/tools/meinfo_status.h"

namespace protocol::tools {

/// "Unknown" is in the log.
inline constexpr Words kResetWords12{kResetRows, "Unknown"};

inline constexpr Line kMeinfoCsme12[] = {
    {.label = "General FW Information", .form = Form::plain, .known_bare = true},
    kRegister1,
    kRegister2,
    kRegister3,
    kRegister4,
    kRegister5,
    kRegister6,
    kCurrentState,
    kManufacturingMode,
    kFlashPartition,
    kOperationalStateCsme,
    kInitComplete,
    kLoadState,
    kErrorCode,
    kModeOfOperation,
    kPhaseCsme,
    kFileSystem,
    bare_line(Fact::reset_reason, "Last ME Reset Reason", kResetWords12),
    bare_line(Fact::boot_state, "BIOS boot State", kBootWords),
    bare_line(Fact::local_update, "Local FWUpdate", kLocalUpdateWords),
    kLaterVersions,
    bare_line(Fact::bios_version, "BIOS Version"),
    {.fact = Fact::mebx_version, .label = "MEBx Version", .form = Form::bare_mebx, .untold = {}},
    bare_line(Fact::vendor, "Vendor ID"),
    {.fact = Fact::later_version,
     .label = "FW Version",
     .form = Form::bare_column,
     .untold = {},
     .known_bare = true},
    {.fact = Fact::lms_version, .label = "LMS Version", .form = Form::bare_column},
    {.fact = Fact::mei_driver_version, .label = "MEI Driver Version", .form = Form::bare_column},
    {.fact = Fact::wireless_hardware,
     .label = "Wireless Hardware Version",
     .form = Form::bare_column},
    {.fact = Fact::wireless_driver, .label = "Wireless Driver Version", .form = Form::bare_column},
};

}  // namespace protocol::tools
