// SPDX-License-Identifier: BSD-3-Clause
// A fragment's payload as the slots of a ring carry it: four bytes a slot, the first one lowest,
// the last slot filled up with zeros (Linux drivers/misc/mei/hw-me.c, mei_me_hbuf_write).
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "base/bytes.h"
#include "protocol/heci/message_header.h"
#include "protocol/heci/registers.h"

namespace protocol::heci {

/// Slots of the longest fragment, its header's included.
inline constexpr std::uint32_t kMaxFragmentSlots = 1 + slots_for(kMaxFragmentLength);

/// `slots` has room for slots_for(payload.size()).
inline void pack_slots(base::ByteView payload, std::span<std::uint32_t> slots) {
  const std::size_t whole = payload.size() / 4;
  if constexpr (std::endian::native == std::endian::little) {
    if (whole > 0) std::memcpy(slots.data(), payload.data(), 4 * whole);
  } else {
    for (std::size_t i = 0; i < whole; ++i)
      slots[i] = base::ByteReader(payload.subspan(4 * i)).u32();
  }
  if (payload.size() % 4 == 0) return;
  slots[whole] = 0;
  for (std::size_t i = 4 * whole; i < payload.size(); ++i)
    slots[whole] |= std::uint32_t{payload[i]} << 8 * (i % 4);
}

/// `payload` has room for four bytes a slot.
inline void unpack_slots(std::span<const std::uint32_t> slots, base::MutableByteView payload) {
  if constexpr (std::endian::native == std::endian::little) {
    if (!slots.empty()) std::memcpy(payload.data(), slots.data(), slots.size_bytes());
    return;
  }
  base::ByteWriter out(payload);
  for (const std::uint32_t slot : slots) out.u32(slot);
}

}  // namespace protocol::heci
