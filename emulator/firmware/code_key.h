// SPDX-License-Identifier: BSD-3-Clause
// Whether code is signed, and with the key that this ME takes.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "protocol/image/manifest.h"

namespace emulator::firmware {

/// Whether the fields hold that decode_manifest() reads past without judging.
bool fixed_fields_hold(base::ByteView bytes);

/// Whether two MD5s are the same, whatever their case.
bool is_same_key(std::string_view own, std::string_view key_md5);

/// Whether the manifest's key has that MD5, 32 hexadecimal digits in either case.
bool is_signed_with(const protocol::image::Manifest& manifest, std::string_view key_md5);

}  // namespace emulator::firmware
