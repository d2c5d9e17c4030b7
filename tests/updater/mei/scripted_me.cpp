// SPDX-License-Identifier: BSD-3-Clause
#include "tests/updater/mei/scripted_me.h"

#include <algorithm>
#include <utility>

namespace test {
namespace {

using protocol::hbm::Command;
namespace hbm = protocol::hbm;

constexpr std::uint32_t kRst = 0x10;
constexpr std::uint32_t kRdy = 0x08;
constexpr std::uint32_t kIs = 0x02;
constexpr std::uint32_t kIe = 0x01;

}  // namespace

std::uint32_t ScriptedMe::read32(std::uint32_t offset) {
  if (gone) return 0xFFFFFFFF;
  if (offset == 0x04) return depth << 24 | host_write_ << 16 | host_read_ << 8 | host_bits_;
  if (offset == 0x0C) {
    return depth << 24 | me_write_ << 16 | me_read_ << 8 | (me_ready_ ? kRdy : 0u);
  }
  if (offset != 0x08 || !me_ready_ || me_ring_.empty()) return 0xFFFFFFFF;
  const std::uint32_t slot = me_ring_.front();
  me_ring_.pop_front();
  ++me_read_;
  return slot;
}

void ScriptedMe::write32(std::uint32_t offset, std::uint32_t value) {
  if (gone) return;
  if (offset == 0x04) return write_host_csr(value);
  if (offset != 0x00) return;
  host_ring_.push_back(value);
  ++host_write_;
  if (on_slot) on_slot(value);
}

void ScriptedMe::write_host_csr(std::uint32_t value) {
  const bool rising = (value & kRst) != 0 && (host_bits_ & kRst) == 0;
  const std::uint32_t status = host_bits_ & kIs & ~value;
  host_bits_ = (value & (kRst | kRdy | kIe)) | status;
  if (!rising) return;
  ++resets;
  if (!resets_late) return begin_reset();
  reset_begins_ = true;
  host_bits_ |= kRdy;
}

void ScriptedMe::begin_reset() {
  reset_begins_ = false;
  clear_rings();
  me_ready_ = false;
  host_bits_ &= ~kRdy;
  ready_at_.reset();
  if (ready_after) ready_at_ = now_ + *ready_after;
}

void ScriptedMe::clear_rings() {
  host_ring_.clear();
  me_ring_.clear();
  outgoing_.clear();
  fragment_.clear();
  partial_.clear();
  host_write_ = host_read_ = me_write_ = me_read_ = 0;
}

void ScriptedMe::drop_link() {
  clear_rings();
  me_ready_ = false;
}

void ScriptedMe::restart_unnoticed() {
  drop_link();
  me_ready_ = true;
}

void ScriptedMe::sleep(base::Duration amount) {
  now_ += amount;
  if (!gone) turn();
}

void ScriptedMe::turn() {
  if (reset_begins_) begin_reset();
  const bool released = !ready_needs_release || (host_bits_ & kRst) == 0;
  if (ready_at_ && *ready_at_ <= now_ && released) {
    ready_at_.reset();
    me_ready_ = true;
    host_bits_ |= kIs;
  }
  if (!me_ready_ || !host_ready()) return;
  if (takes_messages) take_host_slots();
  put_outgoing();
}

void ScriptedMe::take_host_slots() {
  while (!host_ring_.empty()) {
    fragment_.push_back(host_ring_.front());
    host_ring_.pop_front();
    ++host_read_;
    const auto header = protocol::heci::decode_header(fragment_.front());
    const std::uint32_t slots = (header.length + 3u) / 4;
    if (fragment_.size() < 1 + slots) continue;
    headers.push_back(fragment_.front());
    for (std::uint32_t i = 0; i < header.length; ++i) {
      partial_.push_back(static_cast<std::uint8_t>(fragment_[1 + i / 4] >> (8 * (i % 4))));
    }
    fragment_.clear();
    if (!header.complete) continue;
    const Message message = {header.me_addr, header.host_addr, std::exchange(partial_, {})};
    take_message(message);
  }
}

void ScriptedMe::take_message(const Message& message) {
  if (message.me_addr == 0) {
    bus_messages.push_back(message);
    return answer_bus(message.bytes);
  }
  messages.push_back(message);
  if (on_message) on_message(message);
}

void ScriptedMe::answer_bus(base::ByteView m) {
  const auto command = static_cast<Command>(m[0]);
  if (const auto it = instead.find(command); it != instead.end()) {
    const Answer answer = it->second;  // it may take itself out
    return answer(m);
  }
  if (command == Command::host_start_req) {
    send_bus(hbm::HostStartResponse{version_supported, max_minor, max_major});
  }
  if (command == Command::host_enum_req) {
    hbm::HostEnumResponse map;
    for (const Client& c : clients) map.add(c.me_addr);
    send_bus(map);
  }
  if (command == Command::client_props_req) {
    hbm::ClientPropertiesResponse props = {.me_addr = m[1], .status = 1, .properties = {}};
    for (const Client& c : clients) {
      if (c.me_addr == m[1]) props = {.me_addr = m[1], .status = 0, .properties = c.properties};
    }
    send_bus(props);
  }
  if (command == Command::connect_req) {
    send_bus(hbm::ConnectResponse{m[1], m[2], connect_status});
    if (connect_status != 0) return;
    for (int i = 0; i < credits_on_connect; ++i) send_bus(hbm::FlowControl{m[1], m[2]});
  }
  if (command == Command::disconnect_req) send_bus(hbm::DisconnectResponse{m[1], m[2], 0});
  if (command == Command::host_stop_req) send_bus(hbm::HostStopResponse{});
}

void ScriptedMe::send(std::uint8_t me_addr, std::uint8_t host_addr, base::ByteView bytes) {
  const std::size_t most = std::min<std::size_t>(508, (depth - 1) * 4);
  do {
    const std::size_t length = std::min(most, bytes.size());
    std::vector<std::uint32_t> slots = {
        encode(protocol::heci::MessageHeader{.me_addr = me_addr,
                                             .host_addr = host_addr,
                                             .length = static_cast<std::uint16_t>(length),
                                             .complete = length == bytes.size()})};
    slots.resize(1 + (length + 3) / 4);
    for (std::size_t i = 0; i < length; ++i) {
      slots[1 + i / 4] |= static_cast<std::uint32_t>(bytes[i]) << (8 * (i % 4));
    }
    outgoing_.push_back(std::move(slots));
    bytes = bytes.subspan(length);
  } while (!bytes.empty());
}

void ScriptedMe::put_outgoing() {
  while (!outgoing_.empty() && me_ring_.size() + outgoing_.front().size() <= depth) {
    for (const std::uint32_t slot : outgoing_.front()) me_ring_.push_back(slot);
    me_write_ = static_cast<std::uint8_t>(me_write_ + outgoing_.front().size());
    outgoing_.pop_front();
    host_bits_ |= kIs;
  }
}

std::uint32_t ScriptedMe::bus_count(Command command) const {
  return static_cast<std::uint32_t>(std::count_if(
      bus_messages.begin(), bus_messages.end(),
      [&](const Message& m) { return m.bytes[0] == static_cast<std::uint8_t>(command); }));
}

}  // namespace test
