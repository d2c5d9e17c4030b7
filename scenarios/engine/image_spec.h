// SPDX-License-Identifier: BSD-3-Clause
// A firmware image that a story declares: how it is made, and how it is then spoilt.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "config/toml_tree.h"
#include "protocol/firmware_version.h"

namespace scenarios::engine {

enum class ImageKind : std::uint8_t { update, region, flash };

/// Who signed it: whom the ROM of its machine trusts, the public development key, or one that no
/// ROM knows.
enum class ImageKey : std::uint8_t { machine, development, other };

/// Bytes that overwrite the finished image, counted from the start of its manifest.
struct Corruption {
  std::uint32_t offset = 0;
  base::Bytes bytes;
  config::Place place;

  auto operator<=>(const Corruption&) const = default;
};

struct ImageSpec {
  std::string name;
  std::string file;  ///< whose bytes it has, instead of being made; empty: none
  ImageKind kind = ImageKind::update;
  protocol::FirmwareVersion version;
  std::optional<std::string> machine;  ///< whose image it is; absent: the story's machine
  config::Place machine_place;
  std::optional<std::uint32_t> sku;  ///< absent: the machine's
  std::optional<std::uint32_t>
      size;  ///< bytes, about; absent: what the machine's code partition holds
  std::optional<std::uint32_t> security_version;     ///< from ME 6 on; absent: the machine's
  std::optional<std::uint32_t> control_number;       ///< likewise
  std::optional<std::uint32_t> part_control_number;  ///< of the part with a version of its own
  ImageKey key = ImageKey::machine;
  std::string key_pem;  ///< RSA-2048 private key that signs instead of `key`; empty: none
  std::vector<Corruption> corrupt;
  bool sign_again = false;              ///< after the corruption, so that only the corruption shows
  std::optional<std::uint32_t> length;  ///< cut or padded with FFh to this many bytes at the end
  config::Place place;

  auto operator<=>(const ImageSpec&) const = default;
};

}  // namespace scenarios::engine
