// SPDX-License-Identifier: BSD-3-Clause
// MEInfo's lines about the TPM, in the wording of the Esprimo's logs: both dialects have them.
#pragma once

#include "protocol/tools/meinfo_words.h"

namespace protocol::tools {

constexpr Line tpm_line(Fact fact, std::string_view label, Words words = {},
                        Form form = Form::labelled) {
  return {.fact = fact, .label = label, .form = form, .words = words, .only_with = OnlyWith::tpm};
}

inline constexpr Line kTpmVendor = tpm_line(Fact::tpm_vendor, "TPM Vendor ID");
inline constexpr Line kTpmSpecification = tpm_line(Fact::tpm_specification, "TPM SPEC Version");
inline constexpr Line kTpmVersion = tpm_line(Fact::tpm_version, "TPM FW Version");
inline constexpr Line kTpmBuildNumber =
    tpm_line(Fact::tpm_build_number, "TPM Firmware Build Number");
inline constexpr Line kTpmState = tpm_line(Fact::tpm_state, "TPM State", kTpmStateWords);
inline constexpr Line kTpmMode = tpm_line(Fact::tpm_mode, "TPM Operational Mode", kTpmModeWords);
inline constexpr Line kTpmFips = tpm_line(Fact::tpm_fips, "iTPM - FIPS 140-2", kTruthWords);
/// The first number has no blank behind its colon in the logs.
inline constexpr Line kTpmThreshold =
    tpm_line(Fact::tpm_threshold, "iTPM - Failed Attempts Threshold", {}, Form::tight);
inline constexpr Line kTpmLockout = tpm_line(Fact::tpm_lockout, "iTPM - Initial lockout period");
inline constexpr Line kTpmMultiplier = tpm_line(Fact::tpm_multiplier, "iTPM - Lockout multiplier");
inline constexpr Line kTpmFadeOut = tpm_line(Fact::tpm_fade_out, "iTPM - Fade-out period");
inline constexpr Line kPresenceLifetimeLock = tpm_line(
    Fact::presence_lifetime_lock, "iTPM - Physical presence life time lock flag", kTruthWords);
inline constexpr Line kPresenceCommand =
    tpm_line(Fact::presence_command, "iTPM - Physical presence command enabled flag", kTruthWords);
inline constexpr Line kPresenceHardware =
    tpm_line(Fact::presence_hardware, "iTPM - Physical presence HW enabled flag", kTruthWords);
inline constexpr Line kTpmFuses =
    tpm_line(Fact::tpm_fuses, "TPM fuses (MCH/ICH/soft strap MCH/ soft strap ICH)", kEnabledWords);

}  // namespace protocol::tools
