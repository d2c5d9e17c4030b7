// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/heci/transmitter.h"

#include <algorithm>
#include <array>

#include "emulator/heci/hbm_words.h"
#include "protocol/heci/message_header.h"
#include "protocol/heci/registers.h"
#include "protocol/heci/slots.h"
#include "protocol/mei/clients.h"

namespace emulator::heci {
namespace {

using protocol::heci::slots_for;

/// Whole slots only: a fragment that is not the last must not end inside one.
constexpr std::size_t kLongestCut = protocol::heci::kMaxFragmentLength & ~3u;

void push_payload(Ring& ring, base::ByteView payload) {
  std::array<std::uint32_t, protocol::heci::kMaxFragmentSlots> slots;
  protocol::heci::pack_slots(payload, slots);
  ring.push_each(std::span(slots).first(slots_for(static_cast<std::uint32_t>(payload.size()))));
}

/// Hosts read a host bus message in one piece (Linux mei_hbm_dispatch): it waits until it fits
/// whole, if it ever can.
std::uint32_t usable_slots(const SendQueue& hbm, const Ring& ring) {
  const auto whole = 1 + slots_for(static_cast<std::uint32_t>(hbm.front().size()));
  if (whole <= ring.depth() && ring.free() < whole) return 0;
  return ring.free();
}

}  // namespace

std::optional<Cut> cut_fragment(std::size_t remaining, std::uint32_t free_slots) {
  if (free_slots == 0) return std::nullopt;
  const std::size_t room = std::min((free_slots - std::size_t{1}) * 4, kLongestCut);
  if (remaining <= room) return Cut{.length = static_cast<std::uint16_t>(remaining), .last = true};
  if (room == 0) return std::nullopt;
  return Cut{.length = static_cast<std::uint16_t>(room), .last = false};
}

std::uint32_t Transmitter::send(Ring& ring) {
  std::uint32_t fragments = 0;
  for (;;) {
    grant_owed();
    const Step step = send_one(ring);
    if (step == Step::nothing) return fragments;
    if (step == Step::fragment) ++fragments;
  }
}

void Transmitter::grant_owed() {
  while (!hbm_.full()) {
    const auto grant = bus_.next_grant();
    if (!grant) return;
    std::array<std::uint8_t, protocol::hbm::FlowControl::size> bytes{};
    base::ByteWriter out(bytes);
    protocol::hbm::encode(out, *grant);
    hbm_.push(out.written(), 0);
  }
}

/// A message that is under way goes on; late ones, then host bus messages, come before answers.
Transmitter::Step Transmitter::send_one(Ring& ring) {
  Channel* channel = bus_.next_to_send();
  const bool begun = channel != nullptr && channel->replies.under_way();
  if (departures_.any_late()) {
    if (LateMessage* late = departures_.under_way()) return send_late(*late, ring);
    LateMessage* late = begun || hbm_.under_way() ? nullptr : departures_.due();
    if (late != nullptr) return send_late(*late, ring);
  }
  if (!begun && !hbm_.empty())
    return send_from(hbm_, {.words = &kHbmWords}, ring, usable_slots(hbm_, ring));
  if (channel == nullptr) return Step::nothing;
  return send_reply(*channel, ring);
}

/// Nobody has it when its connection was closed meanwhile; one that was opened anew at the same
/// addresses gets what was meant for the old one.
Transmitter::Step Transmitter::send_late(LateMessage& late, Ring& ring) {
  Receiver to{.id = late.to, .words = &kHbmWords};
  if (late.to.me_addr != protocol::mei::kHbmAddress) {
    const Channel* channel = bus_.find_open(late.to);
    if (channel == nullptr) {
      departures_.sent(late);
      return Step::message_gone;
    }
    to.words = &bus_.client_of(*channel).client->words();
  }
  const Step step = send_fragment(late.queue, to, ring, ring.free());
  if (late.queue.empty()) departures_.sent(late);
  return step;
}

Transmitter::Step Transmitter::send_reply(Channel& channel, Ring& ring) {
  const bool first = !channel.replies.under_way();
  const Receiver to{.id = channel.id, .words = &bus_.client_of(channel).client->words()};
  const Step step = send_from(channel.replies, to, ring, ring.free());
  if (step != Step::nothing && first && channel.host_credits > 0) --channel.host_credits;
  return step;
}

Transmitter::Step Transmitter::send_from(SendQueue& queue, const Receiver& to, Ring& ring,
                                         std::uint32_t free_slots) {
  if (!queue.under_way()) {
    if (!cut_fragment(queue.front().size(), free_slots)) return Step::nothing;
    const Fate fate = departures_.leaving(queue, to.id);
    if (fate == Fate::stays) return Step::nothing;
    if (fate == Fate::is_gone) return Step::message_gone;
  }
  return send_fragment(queue, to, ring, free_slots);
}

Transmitter::Step Transmitter::send_fragment(SendQueue& queue, const Receiver& to, Ring& ring,
                                             std::uint32_t free_slots) {
  const base::ByteView message = queue.front();
  const auto cut = cut_fragment(message.size() - queue.sent(), free_slots);
  if (!cut) return Step::nothing;
  ring.push(protocol::heci::encode({.me_addr = to.id.me_addr,
                                    .host_addr = to.id.host_addr,
                                    .length = cut->length,
                                    .complete = cut->last}));
  push_payload(ring, message.subspan(queue.sent(), cut->length));
  if (!cut->last) {
    queue.advance(cut->length);
    return Step::fragment;
  }
  trace_.record({.kind = sim::TraceKind::message_to_host,
                 .me_addr = to.id.me_addr,
                 .host_addr = to.id.host_addr,
                 .data = message,
                 .words = to.words});
  queue.pop();
  return Step::fragment;
}

}  // namespace emulator::heci
