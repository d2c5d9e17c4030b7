// SPDX-License-Identifier: BSD-3-Clause
// The words for values: what people read and what JSON carries. A value nobody documented is shown
// as its number.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "protocol/mei/amthi.h"
#include "protocol/mei/fwu.h"

namespace updater::report {

std::string words(protocol::amthi::ProvisioningState state);
std::string words(protocol::amthi::ProvisioningMode mode);
std::string words(protocol::fwu::ManageabilityMode mode);
std::string words(protocol::fwu::ResetReason reason);
std::string words(protocol::fwu::OverrideQualifier qualifier);

std::string override_counter_words(std::uint8_t counter);  ///< "always" or the number left
std::string boot_state_words(std::uint32_t state);         ///< "pre boot", "post boot"
std::string local_update_words(std::uint8_t rule);  ///< "enabled", "disabled", "with password"
std::string override_behaviour_words(std::uint8_t behaviour);  ///< "halt", "continue"
std::string update_status_words(
    std::uint32_t status);  ///< the number, and its meaning where it has one

/// Names of the capability bits, in bit order; "bit N" for one without a name.
std::vector<std::string> capability_names(std::uint32_t capabilities);
/// Names of the bits of EnabledUpdateInterfaces: "local", "secure", "tpm".
std::vector<std::string> interface_names(std::uint16_t interfaces);

std::string mac_text(const std::array<std::uint8_t, 6>& mac, char separator);
std::string ipv4_text(std::uint32_t address);

/// "4 min 07 s", "12.4 s", "350 ms".
std::string duration_text(base::Duration duration);
std::string joined(const std::vector<std::string>& parts, std::string_view separator);

}  // namespace updater::report
