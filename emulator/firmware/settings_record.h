// SPDX-License-Identifier: BSD-3-Clause
// Settings as bytes on the flash: one record of fixed size with a sequence number and a checksum.
// The form is ours: how the EFFS of a real ME stores them is not public.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "emulator/firmware/firmware_config.h"

namespace emulator::firmware {

struct SettingsRecord {
  static constexpr std::size_t size = 128;  ///< two to a page: one program operation writes one
  static constexpr std::size_t max_password = 32;

  std::uint32_t sequence = 0;  ///< the highest one on the flash is in force
  Settings settings;
};

std::array<std::uint8_t, SettingsRecord::size> encode(const SettingsRecord& record);

/// Nothing when `bytes` is not a whole, undamaged record.
std::optional<SettingsRecord> decode_settings_record(base::ByteView bytes);

}  // namespace emulator::firmware
