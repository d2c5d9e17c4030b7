// SPDX-License-Identifier: BSD-3-Clause
// What stands in front of a saved machine: that it is one, which format it has, and which board it
// was.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "emulator/machine/profile.h"

namespace emulator::machine {

/// Raise it whenever any chip's serialize() changes what it lists, or a profile has another value.
inline constexpr std::uint32_t kSavedFormat = 8;

/// Magic "MESIMSAV", u32 format, u8 length and name of the profile, SHA-1 of its values, SHA-1 of
/// the state, then the state.
base::Bytes with_saved_header(const Profile& profile, base::ByteView state);

/// The state behind the header. Errors: invalid (not a snapshot, another format, another machine,
/// other profile values, damaged).
base::Result<base::ByteView> without_saved_header(const Profile& profile, base::ByteView saved);

}  // namespace emulator::machine
