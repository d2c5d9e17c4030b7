// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/vfio_user/conversation.h"

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <string>

#include "emulator/attach/peer_stream.h"

namespace emulator::attach::vfio_user {
namespace {

using namespace protocol::vfio_user;
using base::Bytes;
using base::ByteView;

using Json = nlohmann::ordered_json;

/// What a client's VERSION says beside the numbers.
struct Said {
  bool sensible = false;
  bool asks_for_board = false;
};

/// No write_multiple: QEMU would use it. Nor anything that the client does not know: QEMU warns.
std::string capabilities_for(const Said& said, const std::optional<protocol::BoardId>& board) {
  Json ours = {{"max_msg_fds", PeerStream::kMaxFiles}, {"max_data_xfer_size", kMaxAccess}};
  if (board && said.asks_for_board) ours[protocol::kBoardIdCapability] = to_text(*board);
  return Json{{"capabilities", std::move(ours)}}.dump();
}

Bytes reply_to(const Header& request, std::uint32_t error, ByteView payload) {
  const Header header{.id = request.id,
                      .command = request.command,
                      .message_size = Header::size + static_cast<std::uint32_t>(payload.size()),
                      .flags = error == 0 ? Header::kReply : Header::kReply | Header::kError,
                      .error = error};
  Bytes out = to_bytes(header);
  out.insert(out.end(), payload.begin(), payload.end());
  return out;
}

/// A monitor may say nothing at all, but not anything. The parser would take a NUL for the end.
Said read_said(ByteView text) {
  if (text.size() <= 1) return {.sensible = true};
  const ByteView json = text.first(text.size() - 1);
  if (std::ranges::find(json, 0) != json.end()) return {};
  const auto parsed = nlohmann::json::parse(json.begin(), json.end(), nullptr, false);
  if (!parsed.is_object()) return {};
  const auto capabilities = parsed.find("capabilities");
  const bool asks = capabilities != parsed.end() && capabilities->is_object() &&
                    capabilities->contains(protocol::kBoardIdCapability);
  return {.sensible = true, .asks_for_board = asks};
}

}  // namespace

Bytes Conversation::answer(Request request) {
  const Header header = request.header;
  if ((header.flags & Header::kType) == Header::kReply) return {};  // we never ask anything
  const bool known = (header.flags & ~Header::kNoReply) == Header::kRequest;
  const Handled outcome = known ? carry_out(request) : refused();
  if ((header.flags & Header::kNoReply) != 0) return {};
  return reply_to(header, outcome.error, outcome.error == 0 ? outcome.payload : Bytes());
}

Conversation::Handled Conversation::refused() {
  return {.error = EINVAL, .payload = {}};
}

Conversation::Handled Conversation::carry_out(Request& request) {
  const ByteView payload = request.payload;
  if (request.header.command == Command::version) return greet(payload);
  switch (request.header.command) {
    case Command::dma_map:
      return map_memory(payload);
    case Command::dma_unmap:
      return unmap_memory(payload);
    case Command::device_get_info:
      return device_info(payload);
    case Command::device_get_region_info:
      return tell_region(payload);
    case Command::device_get_irq_info:
      return tell_irq(payload);
    case Command::device_set_irqs:
      return set_irqs(request);
    case Command::region_read:
      return read_region(payload);
    case Command::region_write:
      return write_region(payload);
    case Command::device_reset:
      return reset_device(payload);
    default:
      return {.error = EOPNOTSUPP, .payload = {}};
  }
}

Conversation::Handled Conversation::greet(ByteView payload) {
  const auto version = decode<Version>(payload);
  const bool ends_well = payload.empty() || payload.size() == Version::size || payload.back() == 0;
  if (!version || greeted_ || version->major != 0 || !ends_well) return refused();
  const Said said = read_said(payload.subspan(Version::size));
  if (!said.sensible) return refused();
  greeted_ = true;
  Bytes reply = to_bytes(Version{.major = 0, .minor = 0});
  const std::string capabilities = capabilities_for(said, board_);
  reply.insert(reply.end(), capabilities.begin(), capabilities.end());
  reply.push_back(0);
  return {.payload = std::move(reply)};
}

/// The files that came with it are closed: the controller masters no bus.
Conversation::Handled Conversation::map_memory(ByteView payload) {
  const auto map = decode<DmaMap>(payload);
  if (!map || payload.size() != DmaMap::size || map->argsz < DmaMap::size) return refused();
  if ((map->flags & ~(DmaMap::kRead | DmaMap::kWrite)) != 0) return refused();
  return {.error = memory_.add(map->address, map->length), .payload = {}};
}

Conversation::Handled Conversation::unmap_memory(ByteView payload) {
  const auto unmap = decode<DmaUnmap>(payload);
  if (!unmap || payload.size() != DmaUnmap::size || unmap->argsz < DmaUnmap::size) return refused();
  if (unmap->flags == DmaUnmap::kAll && unmap->address == 0 && unmap->length == 0) {
    memory_.clear();
  } else {
    if (unmap->flags != 0) return refused();
    const std::uint32_t error = memory_.remove(unmap->address, unmap->length);
    if (error != 0) return {.error = error, .payload = {}};
  }
  return {.payload = Bytes(payload.begin(), payload.end())};
}

Conversation::Handled Conversation::device_info(ByteView payload) {
  const auto asked = decode<DeviceInfo>(payload);
  if (!asked || asked->argsz < DeviceInfo::size) return refused();
  return {.payload = to_bytes(DeviceInfo{
              .flags = DeviceInfo::kReset | DeviceInfo::kPci, .regions = kRegions, .irqs = kIrqs})};
}

Conversation::Handled Conversation::tell_region(ByteView payload) {
  const auto asked = decode<RegionInfo>(payload);
  if (!asked || asked->argsz < RegionInfo::size || asked->index >= kRegions) return refused();
  return {.payload = to_bytes(regions_.info(asked->index))};
}

/// Every index of those that were counted is answered; one that the function lacks has
/// no interrupt.
Conversation::Handled Conversation::tell_irq(ByteView payload) {
  const auto asked = decode<IrqInfo>(payload);
  if (!asked || asked->argsz < IrqInfo::size || asked->index >= kIrqs) return refused();
  return {.payload = to_bytes(irq_info(asked->index))};
}

Conversation::Handled Conversation::set_irqs(Request& request) {
  const auto asked = decode<SetIrqs>(request.payload);
  if (!asked) return refused();
  const ByteView data = ByteView(request.payload).subspan(SetIrqs::size);
  return {.error = interrupts_.set(*asked, data, std::move(request.files)), .payload = {}};
}

Conversation::Handled Conversation::read_region(ByteView payload) {
  const auto access = decode<Access>(payload);
  if (!access || payload.size() != Access::size || access->count > kMaxAccess) return refused();
  Bytes reply(payload.begin(), payload.end());
  reply.resize(Access::size + access->count);
  const base::MutableByteView data = base::MutableByteView(reply).subspan(Access::size);
  if (!regions_.read(access->region, access->offset, data)) return refused();
  return {.payload = std::move(reply)};
}

Conversation::Handled Conversation::write_region(ByteView payload) {
  const auto access = decode<Access>(payload);
  if (!access || access->count > kMaxAccess || payload.size() != Access::size + access->count)
    return refused();
  if (!regions_.write(access->region, access->offset, payload.subspan(Access::size)))
    return refused();
  return {.payload = Bytes(payload.begin(), payload.begin() + Access::size)};
}

Conversation::Handled Conversation::reset_device(ByteView payload) {
  if (!payload.empty()) return refused();
  reset_();
  return {};
}

}  // namespace emulator::attach::vfio_user
