// SPDX-License-Identifier: BSD-3-Clause
// What the iTPM says of itself where libtpms would say what libtpms is: vendor, versions, lockout,
// ticks, and that it knows TPM_FieldUpgrade. Pure functions from a response to the response the
// host gets.
#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "protocol/firmware_version.h"
#include "protocol/tpm/capability.h"

namespace emulator::tpm {

struct IdentityFacts {
  protocol::tpm::VendorId vendor{};
  protocol::FirmwareVersion version;
  protocol::tpm::DaInfo lockout;
  base::Duration since_power_on{};
};

/// 1.2.MAJOR.MINOR of the firmware.
protocol::tpm::TpmVersion tpm_version(const protocol::FirmwareVersion& version);

/// `command` and libtpms' `response` to it, both whole frames; what needs no change comes back as
/// it is.
base::Bytes as_itpm(const IdentityFacts& facts, base::ByteView command, base::Bytes response);

}  // namespace emulator::tpm
