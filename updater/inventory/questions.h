// SPDX-License-Identifier: BSD-3-Clause
// The single questions of the inventory: each asks one thing and judges the answer. Errors: those
// of the conversation, protocol (an answer of the wrong form), refused (the firmware's own status
// in Error::status).
#pragma once

#include "base/result.h"
#include "protocol/mei/amthi.h"
#include "protocol/mei/fwu.h"
#include "protocol/mei/mkhi.h"
#include "updater/inventory/conversation.h"

namespace updater::inventory {

base::Result<protocol::fwu::VersionReply> ask_version(Conversation& fwu);
base::Result<protocol::fwu::InfoReply> ask_info(Conversation& fwu);

base::Result<protocol::mkhi::FirmwareVersionResponse> ask_firmware_version(Conversation& mkhi);
base::Result<std::uint32_t> ask_capabilities(Conversation& mkhi);
/// A rule whose data is one byte.
base::Result<std::uint8_t> ask_rule(Conversation& mkhi, std::uint32_t rule, std::string_view what);

base::Result<protocol::amthi::CodeVersions> ask_code_versions(Conversation& amthi);
base::Result<protocol::amthi::SecurityParameters> ask_security(Conversation& amthi);
base::Result<protocol::amthi::LanInterface> ask_lan(Conversation& amthi, std::uint32_t index);
base::Result<protocol::amthi::AmtState> ask_amt_state(Conversation& amthi);
base::Result<protocol::amthi::ProvisioningModeReply> ask_provisioning_mode(Conversation& amthi);
base::Result<protocol::amthi::ProvisioningState> ask_provisioning_state(Conversation& amthi);
base::Result<protocol::amthi::HostResetReason> ask_host_reset_reason(Conversation& amthi);
base::Result<protocol::amthi::FeaturesState> ask_feature(Conversation& amthi,
                                                         protocol::amthi::Feature feature);
/// Whether the firmware has the remote connectivity service: firmware without it does not know
/// its command.
base::Result<bool> ask_remote_connectivity(Conversation& amthi);

}  // namespace updater::inventory
