// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/backup.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/hex.h"
#include "protocol/image/flash_descriptor.h"
#include "updater/image/image.h"

namespace updater::update {
namespace {

using image::Code;
using image::Defect;
using image::Image;
using inventory::Inventory;
using protocol::image::Region;

using Mac = std::array<std::uint8_t, 6>;

/// Nothing where it is good; else what is wrong, as the end of a sentence.
using Objection = std::optional<std::string>;

const char* code_words(Code code) {
  return code == Code::recovery ? "recovery code" : "operational code";
}

/// Where two tell an SKU or an address, one of which is not there.
bool is_told(const Mac& mac) {
  const auto all = [&](std::uint8_t value) {
    return std::ranges::all_of(mac, [value](std::uint8_t byte) { return byte == value; });
  };
  return !all(0x00) && !all(0xFF);
}

/// The first words of the GbE region's NVM (Intel GbE NVM map).
std::optional<Mac> mac_of(const Image& dump) {
  const auto& gbe = dump.descriptor->region(Region::gbe);
  Mac mac{};
  if (gbe.size < mac.size()) return std::nullopt;
  std::copy_n(dump.file.begin() + gbe.base, mac.size(), mac.begin());
  return is_told(mac) ? std::optional<Mac>(mac) : std::nullopt;
}

Objection object_to_defects(const std::vector<Defect>& defects) {
  if (defects.empty()) return std::nullopt;
  return fmt::format("{}{}", to_text(defects.front()),
                     defects.size() > 1 ? fmt::format(" (and {} more)", defects.size() - 1) : "");
}

Objection object_to_version(const Image& dump, Code code, const Inventory& device) {
  const auto running = inventory::running_version(device);
  if (!running) return "the device does not tell which version it runs";
  if (dump.version() == *running) return std::nullopt;
  return fmt::format("offset 0x{:X}: its {} is {}, the device runs {}", dump.code_offset,
                     code_words(code), to_text(dump.version()), to_text(*running));
}

Objection object_to_sku(const Image& dump, const Inventory& device) {
  if (inventory::in_recovery(device) || !device.version) return std::nullopt;
  if (dump.sku == device.version->sku) return std::nullopt;
  return fmt::format("offset 0x{:X}: its code is for SKU {}, the device has SKU {}",
                     dump.code_offset, dump.sku, device.version->sku);
}

Objection object_to_mac(const Image& dump, const Inventory& device) {
  const auto dumped = mac_of(dump);
  if (!dumped || !device.wired || !is_told(device.wired->mac)) return std::nullopt;
  if (*dumped == device.wired->mac) return std::nullopt;
  return fmt::format("offset 0x{:X}: its MAC address is {}, the device's {}: it is another board's",
                     dump.descriptor->region(Region::gbe).base, base::to_hex(*dumped),
                     base::to_hex(device.wired->mac));
}

Objection object_to(const Image& dump, Code code, const Inventory& device) {
  if (auto defects = object_to_defects(image::verify(dump))) return defects;
  if (code == Code::operational) {
    if (auto rest = object_to_defects(image::verify_rest(dump))) return rest;
  }
  if (auto version = object_to_version(dump, code, device)) return version;
  if (auto sku = object_to_sku(dump, device)) return sku;
  return object_to_mac(dump, device);
}

Objection object_to_form(base::ByteView dump) {
  if (protocol::image::decode_flash_descriptor(dump)) return std::nullopt;
  return "offset 0x0: no flash descriptor begins here; it is no dump of a whole flash";
}

}  // namespace

const char* name(BackupIs is) {
  switch (is) {
    case BackupIs::not_named:
      return "not-named";
    case BackupIs::waived:
      return "waived";
    case BackupIs::sound:
      return "sound";
    case BackupIs::unusable:
      return "unusable";
  }
  return "not-named";
}

Backup judge_backup(std::string file, base::Bytes dump, const Inventory& device) {
  const auto unusable = [&file](std::string what) {
    return Backup{.is = BackupIs::unusable, .file = std::move(file), .what = std::move(what)};
  };
  if (auto form = object_to_form(dump)) return unusable(*std::move(form));
  const Code code = inventory::in_recovery(device) ? Code::recovery : Code::operational;
  const image::ParseOutcome parsed = image::parse(std::move(dump), code);
  if (parsed.defect) return unusable(to_text(*parsed.defect));
  if (auto objection = object_to(*parsed.image, code, device))
    return unusable(*std::move(objection));
  return {.is = BackupIs::sound,
          .file = std::move(file),
          .what = fmt::format("a whole flash with the {} {}, sound", code_words(code),
                              to_text(parsed.image->version()))};
}

}  // namespace updater::update
