// SPDX-License-Identifier: BSD-3-Clause
#include "updater/mmio/vfio_user_function.h"

#include <array>

#include "updater/mmio/pci_config.h"

namespace updater::mmio {
namespace {

using base::Bytes;
using base::Errc;
using base::Error;
using base::Result;
using namespace protocol::vfio_user;

constexpr std::uint32_t kBarSize = 16;
constexpr std::uint32_t kConfigSize = 256;

Bytes write_of(std::uint32_t region, std::uint32_t offset, std::uint32_t size,
               std::uint32_t value) {
  Bytes out(Access::size + size);
  base::ByteWriter writer(out);
  encode(writer, Access{.offset = offset, .region = region, .count = size});
  for (std::uint32_t i = 0; i < size; ++i) writer.u8(static_cast<std::uint8_t>(value >> 8 * i));
  return out;
}

}  // namespace

Result<std::unique_ptr<VfioUserFunction>> VfioUserFunction::open(const std::string& path,
                                                                 base::Clock& clock) {
  auto link = VfioUserLink::open(path, clock);
  if (!link) return link.error();
  return over(std::move(link).value());
}

Result<std::unique_ptr<VfioUserFunction>> VfioUserFunction::over(
    std::unique_ptr<VfioUserLink> link) {
  std::unique_ptr<VfioUserFunction> function(new VfioUserFunction(std::move(link)));
  if (const auto checked = function->check_regions(); !checked) return checked.error();
  if (const auto enabled = function->enable_memory(); !enabled) return enabled.error();
  return function;
}

Result<void> VfioUserFunction::check_regions() {
  for (const auto& [index, size] :
       {std::pair{kRegionBar0, kBarSize}, std::pair{kRegionConfig, kConfigSize}}) {
    const auto reply =
        link_->request(Command::device_get_region_info, to_bytes(RegionInfo{.index = index}));
    if (!reply) return reply.error();
    const auto info = decode<RegionInfo>(*reply);
    constexpr std::uint32_t kBoth = RegionInfo::kRead | RegionInfo::kWrite;
    if (!info || info->length < size || (info->flags & kBoth) != kBoth) {
      return Error{Errc::unsupported,
                   "vfio-user:" + link_->path() + " is not a HECI function of ICH8 to ICH10"};
    }
  }
  return {};
}

Result<void> VfioUserFunction::enable_memory() {
  const auto command = config16(kPciCommand);
  if (!command) return command.error();
  const auto reply = link_->request(
      Command::region_write, write_of(kRegionConfig, kPciCommand, 2,
                                      static_cast<std::uint32_t>(*command | kMemorySpaceEnable)));
  return reply ? Result<void>() : reply.error();
}

Result<std::uint16_t> VfioUserFunction::config16(std::uint32_t offset) {
  const auto value = read(kRegionConfig, offset, 2);
  if (!value) return value.error();
  return static_cast<std::uint16_t>(*value);
}

Result<std::uint32_t> VfioUserFunction::config32(std::uint32_t offset) {
  return read(kRegionConfig, offset, 4);
}

Result<std::uint32_t> VfioUserFunction::read(std::uint32_t region, std::uint32_t offset,
                                             std::uint32_t size) {
  const auto reply = link_->request(
      Command::region_read, to_bytes(Access{.offset = offset, .region = region, .count = size}));
  if (!reply) return reply.error();
  if (reply->size() != Access::size + size)
    return Error{Errc::protocol, "reading vfio-user:" + link_->path() + ": the reply is too short"};
  base::ByteReader data(*reply);
  data.skip(Access::size);
  return size == 2 ? data.u16() : data.u32();
}

std::uint32_t VfioUserFunction::read32(std::uint32_t offset) {
  return read(kRegionBar0, offset, 4).value_or(0xFFFFFFFF);
}

/// What goes wrong here shows at the next read.
void VfioUserFunction::write32(std::uint32_t offset, std::uint32_t value) {
  (void)link_->post(Command::region_write, write_of(kRegionBar0, offset, 4, value));
}

}  // namespace updater::mmio
