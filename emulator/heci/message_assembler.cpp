// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/heci/message_assembler.h"

#include "protocol/mei/clients.h"

namespace emulator::heci {

using protocol::mei::kHbmAddress;

Taken MessageAssembler::take(Ring& ring) {
  if (ring.filled() == 0) return Taken::nothing;
  const Header header = protocol::heci::decode_header(ring.front());
  const std::uint32_t needed = 1 + protocol::heci::slots_for(header.length);
  if (needed > ring.depth()) {
    bad_input_.count(&BadInput::length_beyond_ring, header.me_addr, header.host_addr);
    return Taken::impossible;
  }
  if (ring.filled() < needed) return Taken::nothing;
  return add(header, read_fragment(ring, header));
}

base::ByteView MessageAssembler::read_fragment(Ring& ring, const Header& header) {
  ring.pop();
  const auto slots = std::span(slots_).first(protocol::heci::slots_for(header.length));
  ring.pop_each(slots);
  protocol::heci::unpack_slots(slots, fragment_);
  return base::ByteView(fragment_).first(header.length);
}

Taken MessageAssembler::add(const Header& header, base::ByteView payload) {
  const Connection id{.me_addr = header.me_addr, .host_addr = header.host_addr};
  if (id == Connection{.me_addr = kHbmAddress, .host_addr = 0}) {
    if (hbm_.state() == InboxState::empty) hbm_.begin();
    const Taken taken = add_to(hbm_, header, payload);
    if (header.complete && taken != Taken::message) hbm_.close();
    return taken;
  }
  Channel* channel = bus_.find_open(id);
  if (channel == nullptr) {
    bad_input_.count(why_no_channel(header), header.me_addr, header.host_addr);
    return Taken::fragment;
  }
  if (channel->inbox.state() == InboxState::empty) {
    channel->inbox.begin();
    if (!bus_.take_credit(*channel)) spoil(channel->inbox, &BadInput::no_credit, header);
  }
  const Taken taken = add_to(channel->inbox, header, payload);
  if (header.complete && taken != Taken::message) bus_.settle(*channel);
  return taken;
}

Taken MessageAssembler::add_to(Inbox& inbox, const Header& header, base::ByteView payload) {
  if (header.reserved != 0) spoil(inbox, &BadInput::header_reserved_bits, header);
  if (payload.empty() && !header.complete)
    bad_input_.count(&BadInput::empty_fragment, header.me_addr, header.host_addr);
  if (inbox.state() == InboxState::gathering && !inbox.append(payload)) {
    spoil(inbox, &BadInput::oversize, header);
  }
  if (!header.complete) return Taken::fragment;
  if (inbox.message().empty()) spoil(inbox, &BadInput::empty_message, header);
  if (inbox.state() == InboxState::spoiled) return Taken::fragment;
  from_ = {.me_addr = header.me_addr, .host_addr = header.host_addr};
  return Taken::message;
}

void MessageAssembler::spoil(Inbox& inbox, BadInputRule rule, const Header& header) {
  if (inbox.state() == InboxState::spoiled) return;
  inbox.spoil();
  bad_input_.count(rule, header.me_addr, header.host_addr);
}

BadInputRule MessageAssembler::why_no_channel(const Header& header) const {
  if (header.me_addr == kHbmAddress) return &BadInput::wrong_address;
  const ClientEntry* client = bus_.find_client(header.me_addr);
  if (client == nullptr) return &BadInput::unknown_client;
  return client->addressing == Addressing::fixed ? &BadInput::wrong_address
                                                 : &BadInput::not_connected;
}

void MessageAssembler::serialize(sim::Archive& a) {
  a.section("heci.assembler");
  a.value(from_.me_addr);
  a.value(from_.host_addr);
  hbm_.serialize(a);
}

}  // namespace emulator::heci
