// SPDX-License-Identifier: BSD-3-Clause
// Where things are in the state blobs of libtpms' TPM 1.2 (0.9; formats NVSTATE_V1 and VSTATE_V1).
// Every blob ends with the SHA-1 of what is before it. Pure functions over bytes: the library
// itself is not needed to read or change them.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "emulator/tpm/tpm_memory.h"
#include "protocol/tpm/capability.h"
#include "protocol/tpm/types.h"

namespace emulator::tpm::layout {

/// Whether the blob has its first tag and its trailing digest.
bool is_permanent_state(base::ByteView permanent);
bool is_volatile_state(base::ByteView volatile_state);

protocol::tpm::Secret owner_secret(base::ByteView permanent);
void set_owner_secret(base::Bytes& permanent, const protocol::tpm::Secret& secret);

/// Whether there is an endorsement key.
bool has_endorsement_key(base::ByteView permanent);

/// The permanent flags of a state without owner-evict keys and NV areas: what this tree stores as
/// ready-made states. Nothing when the state has such.
std::optional<protocol::tpm::PermanentFlags> permanent_flags(base::ByteView permanent);
/// Changes them; false, and nothing changed, when permanent_flags() gives nothing.
bool set_permanent_flags(base::Bytes& permanent, const protocol::tpm::PermanentFlags& flags);

bool started(base::ByteView volatile_state);
bool unowned_field_upgrade(base::ByteView volatile_state);
std::optional<OpenSession> session(base::ByteView volatile_state, protocol::tpm::Handle handle);

std::uint32_t failed_attempts(base::ByteView volatile_state);
void clear_failed_attempts(base::Bytes& volatile_state);
void deactivate(base::Bytes& volatile_state);
/// False when the place of the test state cannot be found.
bool fail_self_test(base::Bytes& volatile_state);
/// Zeroes the host's time of day that libtpms keeps its ticks against: a snapshot must not depend
/// on it.
void forget_time_of_day(base::Bytes& volatile_state);

}  // namespace emulator::tpm::layout
