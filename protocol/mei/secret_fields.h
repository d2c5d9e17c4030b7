// SPDX-License-Identifier: BSD-3-Clause
// Which bytes of a message to or from an ME client are secrets: for every log and trace, which
// shows zeros in their place.
#pragma once

#include <cstddef>
#include <optional>

#include "base/bytes.h"
#include "protocol/mei/guid.h"

namespace protocol::mei {

/// Overwrites the secrets in `message` with zeros: an update's password in FWU START and in what
/// later generations call VERIFY_PASSWORD, the one-time password of AMTHI SetProvisioningServerOTP,
/// the password in the answer to AMTHI GetLocalSystemAccount. Lengths of passwords go with them.
/// `message` may be only the beginning of one of `size` bytes. Whose it is may be unknown: then
/// what it would hold as any client's is overwritten.
void blank_secrets(std::optional<Guid> client, base::MutableByteView message, std::size_t size);

}  // namespace protocol::mei
