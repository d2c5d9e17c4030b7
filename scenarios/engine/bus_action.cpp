// SPDX-License-Identifier: BSD-3-Clause
// Steps at the registers, below every driver: a BIOS, a broken host, a curious one.
#include <fmt/format.h>

#include <algorithm>

#include "base/hex.h"
#include "emulator/trace/duration_text.h"
#include "protocol/heci/message_header.h"
#include "protocol/heci/registers.h"
#include "scenarios/engine/actions.h"

namespace scenarios::engine {
namespace {

using BusKind = BusAction::Kind;
using emulator::trace::to_text;
using protocol::heci::HCsr;
using protocol::heci::HCsrValue;
using protocol::heci::MeCsrHa;
using protocol::heci::MeCsrHaValue;
using protocol::heci::MessageHeader;

constexpr base::Duration kPoll = std::chrono::microseconds(100);

class Registers {
 public:
  Registers(const BusAction& action, World& world, StepOutcome& outcome)
      : action_(action), host_(world.host()), outcome_(outcome) {}

  void act() {
    switch (action_.kind) {
      case BusKind::write:
        return host_.write32(action_.offset, action_.value);
      case BusKind::read:
        return read();
      case BusKind::slots:
        return push(action_.slots);
      case BusKind::doorbell:
        return ring();
      case BusKind::send:
        return send();
      case BusKind::receive:
        return receive();
      case BusKind::nothing:
        return nothing();
      case BusKind::wait:
        return host_.sleep(action_.time);
      case BusKind::ready:
        return get_ready();
    }
  }

 private:
  HCsrValue h_csr() { return HCsrValue(host_.read32(protocol::heci::kHCsr)); }
  MeCsrHaValue me_csr() { return MeCsrHaValue(host_.read32(protocol::heci::kMeCsrHa)); }
  /// Writing back H_IS as it was read would clear it: 0 leaves it alone.
  void write_h_csr(HCsrValue value) {
    host_.write32(protocol::heci::kHCsr, value.with(HCsr::is, 0).bits());
  }
  void ring() { write_h_csr(h_csr().with(HCsr::ig, 1)); }

  void disagree(const std::string& what, const std::string& expected, const std::string& got) {
    outcome_.mismatches.push_back(
        {.place = action_.place, .what = what, .expected = expected, .got = got});
  }

  template <class Condition>
  bool wait_for(const Condition& condition, base::Duration limit) {
    const base::TimePoint end = host_.now() + limit;
    while (!condition()) {
      if (host_.now() >= end) return false;
      host_.sleep(kPoll);
    }
    return true;
  }

  void read() {
    const std::uint32_t got = host_.read32(action_.offset) & action_.mask;
    if (got == action_.value) return;
    disagree("register", fmt::format("{:#010x}", action_.value), fmt::format("{:#010x}", got));
  }

  void push(const std::vector<std::uint32_t>& slots) {
    for (const std::uint32_t slot : slots) host_.write32(protocol::heci::kHCbWw, slot);
  }

  void send() {
    const MessageHeader header{
        .me_addr = action_.me_addr,
        .host_addr = action_.host_addr,
        .length = action_.length.value_or(static_cast<std::uint16_t>(action_.data.size())),
        .reserved = action_.reserved,
        .complete = action_.complete};
    host_.write32(protocol::heci::kHCbWw, encode(header));
    base::ByteReader in(action_.data);
    while (in.remaining() > 0) {
      std::array<std::uint8_t, 4> slot{};
      const base::ByteView bytes = in.bytes(std::min<std::size_t>(4, in.remaining()));
      std::copy(bytes.begin(), bytes.end(), slot.begin());
      host_.write32(protocol::heci::kHCbWw, base::ByteReader(slot).u32());
    }
    ring();
  }

  bool slot_waits() {
    const MeCsrHaValue csr = me_csr();
    return csr[MeCsrHa::rdy] != 0 &&
           protocol::heci::filled_slots(csr[MeCsrHa::cbwp], csr[MeCsrHa::cbrp]) > 0;
  }

  std::optional<std::uint32_t> take_slot() {
    if (!wait_for([this] { return slot_waits(); }, action_.time)) return std::nullopt;
    return host_.read32(protocol::heci::kMeCbRw);
  }

  /// One whole message; nothing when it does not come in time.
  std::optional<std::pair<MessageHeader, base::Bytes>> take_message() {
    base::Bytes data;
    for (;;) {
      const auto first = take_slot();
      if (!first) return std::nullopt;
      const MessageHeader header = protocol::heci::decode_header(*first);
      const std::size_t end = data.size() + header.length;
      while (data.size() < end) {
        const auto slot = take_slot();
        if (!slot) return std::nullopt;
        std::array<std::uint8_t, 4> bytes{};
        base::ByteWriter(bytes).u32(*slot);
        data.insert(data.end(), bytes.begin(),
                    bytes.begin() +
                        static_cast<std::ptrdiff_t>(std::min<std::size_t>(4, end - data.size())));
      }
      host_.write32(protocol::heci::kHCsr, h_csr().with(HCsr::is, 1).with(HCsr::ig, 1).bits());
      if (header.complete) return std::pair(header, std::move(data));
    }
  }

  void receive() {
    const auto message = take_message();
    const std::string expected_data = base::to_hex(action_.data);
    if (!message) return disagree("message from the ME", "a message " + expected_data, "none");
    const auto& [header, data] = *message;
    const auto from = [](unsigned me, unsigned host) {
      return fmt::format("me {:#04x} host {}", me, host);
    };
    if (header.me_addr != action_.me_addr || header.host_addr != action_.host_addr) {
      return disagree("message from the ME", from(action_.me_addr, action_.host_addr),
                      from(header.me_addr, header.host_addr));
    }
    const std::size_t size = action_.size.value_or(static_cast<std::uint32_t>(action_.data.size()));
    if (data.size() != size) {
      return disagree("message from the ME", fmt::format("{} bytes", size),
                      fmt::format("{} bytes: {}", data.size(), base::to_hex(data)));
    }
    const auto head =
        base::to_hex(base::ByteView(data).first(std::min(data.size(), action_.data.size())));
    if (head != expected_data) disagree("message from the ME", expected_data, base::to_hex(data));
  }

  void nothing() {
    if (!wait_for([this] { return slot_waits(); }, action_.time)) return;
    const auto message = take_message();
    disagree("message from the ME", fmt::format("none for {}", to_text(action_.time)),
             message ? base::to_hex(message->second) : "half a message");
  }

  /// The reset handshake of docs/protocols.md: H_RST held until ME_RDY comes back.
  void get_ready() {
    write_h_csr(h_csr().with(HCsr::rst, 1).with(HCsr::ig, 1));
    if (!wait_for([this] { return me_csr()[MeCsrHa::rdy] != 0; }, std::chrono::seconds(2))) {
      return disagree("ME_RDY", "1 within 2s", "0");
    }
    write_h_csr(h_csr().with(HCsr::rst, 0).with(HCsr::rdy, 1).with(HCsr::ig, 1));
  }

  const BusAction& action_;
  HostSide& host_;
  StepOutcome& outcome_;
};

}  // namespace

StepOutcome perform(const Bus& action, World& world) {
  world.drop_driver();
  StepOutcome outcome;
  for (const BusAction& one : action.actions) {
    Registers(one, world, outcome).act();
    if (!outcome.mismatches.empty()) break;
  }
  return outcome;
}

}  // namespace scenarios::engine
