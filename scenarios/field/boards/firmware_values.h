// SPDX-License-Identifier: BSD-3-Clause
// The parts of a profile that the lines about the Management Engine's firmware tell.
#pragma once

#include "scenarios/field/boards/generation_defaults.h"
#include "scenarios/field/boards/profile_writer.h"

namespace scenarios::field {

/// Whether a run of this state was sent through the TPM, or told to go there: the line that
/// shows it.
const Observation* seen_through_tpm(const ReportedBoard& state, const FieldReport& report);

struct CodeVersion {
  std::string text;  ///< four parts
  std::uint16_t major = 0;
};
/// The version of the operational code as far as the logs tell; missing parts are 0.
CodeVersion code_version(const FactSource& source, std::uint16_t generation);

/// Capability bits from whatever line tells them, else the generation's.
std::uint32_t capability_bits(const FactSource& source, const protocol::Generation& defaults);

void write_pci(ProfileWriter& out, const protocol::Generation& defaults);
void write_firmware(ProfileWriter& out, const protocol::Generation& defaults,
                    std::uint16_t generation);
void write_update(ProfileWriter& out);

}  // namespace scenarios::field
