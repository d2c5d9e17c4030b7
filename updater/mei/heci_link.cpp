// SPDX-License-Identifier: BSD-3-Clause
#include "updater/mei/heci_link.h"

#include <algorithm>
#include <cassert>

namespace updater::mei {
namespace {

using base::Bytes;
using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;
using protocol::heci::MessageHeader;

}  // namespace

HeciLink::HeciLink(base::Mmio& bar, base::Clock& clock)
    : clock_(clock), registers_(bar), ring_(registers_, clock) {}

HeciLink::~HeciLink() {
  assert(connections_.empty() && "a transport outlived its device");
}

Error HeciLink::fail(Error why) {
  state_ = LinkState::down;
  why_down_ = why.doing;
  for (auto& c : connections_) c->state = ConnectionState::lost;
  return why;
}

Error HeciLink::lost(const HeciConnection& c) const {
  if (c.state == ConnectionState::closed) {
    return {Errc::disconnected, "talking to an ME client: the ME closed the connection"};
  }
  return {Errc::disconnected, "talking to an ME client: the link went down: " + why_down_};
}

HeciConnection* HeciLink::find(Address address) {
  for (auto& c : connections_) {
    if (c->state == ConnectionState::open && Address(c->me_addr, c->host_addr) == address)
      return c.get();
  }
  return nullptr;
}

HeciClient* HeciLink::client_at(std::uint8_t me_addr) {
  const auto at = std::find_if(clients_.begin(), clients_.end(),
                               [&](const HeciClient& c) { return c.me_addr == me_addr; });
  return at == clients_.end() ? nullptr : &*at;
}

const HeciClient* HeciLink::find_client(std::uint8_t me_addr) const {
  return const_cast<HeciLink*>(this)->client_at(me_addr);
}

const HeciClient* HeciLink::find_client(const protocol::mei::Guid& guid) const {
  const auto at = std::find_if(clients_.begin(), clients_.end(),
                               [&](const HeciClient& c) { return c.properties.guid == guid; });
  return at == clients_.end() ? nullptr : &*at;
}

Result<void> HeciLink::pump() {
  Result<void> done = take_all_fragments();
  if (done) return done;
  return fail(done.error());
}

Result<void> HeciLink::take_all_fragments() {
  for (int i = 0; i < kFragmentsAPump; ++i) {
    const auto read = ring_.read(fragment_);
    if (!read) return read.error();
    if (*read == HeciRing::Read::nothing) return {};
    if (const auto taken = take(fragment_); !taken) return taken;
  }
  return {};
}

Result<void> HeciLink::take(const Fragment& f) {
  if (f.header.me_addr == 0 && f.header.host_addr == 0) return take_bus_fragment(f);
  HeciConnection* c = find({f.header.me_addr, f.header.host_addr});
  if (c == nullptr) return take_stray(f.header);
  add_fragment(*c, f.payload());
  if (f.header.complete) end_message(*c);
  return {};
}

// What was under way when its connection closed is nobody's fault; an address never used is the
// ME's mistake.
Result<void> HeciLink::take_stray(const MessageHeader& h) {
  if (h.host_addr != 0 && !handed_out_[h.host_addr]) {
    return Error{Errc::protocol,
                 "receiving from the ME: a message for host address " +
                     std::to_string(h.host_addr) + ", which has no connection",
                 encode(h)};
  }
  ++strays_;
  return {};
}

Result<void> HeciLink::send(HeciConnection& c, ByteView message, base::Duration limit) {
  if (c.state != ConnectionState::open) return lost(c);
  if (message.size() > c.max_length) {
    return Error{Errc::invalid, "sending to an ME client: " + std::to_string(message.size()) +
                                    " bytes, its longest message is " +
                                    std::to_string(c.max_length)};
  }
  const io::Deadline deadline = io::Deadline::in(clock_, limit);
  if (const auto taken = take_credit(c, deadline); !taken) return taken;
  const Result<void> written = write_message({c.me_addr, c.host_addr}, message, deadline);
  const bool still_open = c.state == ConnectionState::open;
  if (!written && still_open && c.flow != FlowControl::none) ++credits_of(c);  // nothing was sent
  return written;
}

std::uint32_t& HeciLink::credits_of(HeciConnection& c) {
  if (c.flow == FlowControl::client) {
    if (HeciClient* client = client_at(c.me_addr)) return client->credits;
  }
  return c.credits;
}

Result<void> HeciLink::take_credit(HeciConnection& c, io::Deadline deadline) {
  io::Poll poll(clock_, deadline);
  do {
    if (const auto pumped = pump(); !pumped) return pumped;
    if (const auto answered = answer_disconnects(); !answered) return answered;
    if (c.state != ConnectionState::open) return lost(c);
    if (c.flow == FlowControl::none) return {};
    std::uint32_t& credits = credits_of(c);
    if (credits == 0) continue;
    --credits;
    return {};
  } while (poll.again());
  return Error{Errc::timeout, "sending to an ME client: it gave no credit"};
}

// A message broken off in the middle would be continued by the next one: the link must be
// reset then.
Result<void> HeciLink::write_message(Address to, ByteView message, io::Deadline deadline) {
  std::size_t sent = 0;
  do {
    const auto length = wait_for_room(message.size() - sent, deadline);
    if (!length) {
      const bool harmless = sent == 0 && length.error().code == Errc::timeout;
      return harmless ? length.error() : fail(length.error());
    }
    const MessageHeader header = {.me_addr = to.first,
                                  .host_addr = to.second,
                                  .length = *length,
                                  .complete = sent + *length == message.size()};
    const auto written = ring_.write(header, message.subspan(sent, *length));
    if (!written) return fail(written.error());
    sent += *length;
  } while (sent < message.size());
  return {};
}

// The ME may be unable to take anything before it has been read: reading goes on while waiting.
Result<std::uint16_t> HeciLink::wait_for_room(std::size_t rest, io::Deadline deadline) {
  io::Poll poll(clock_, deadline);
  do {
    const auto length = ring_.next_fragment(rest);
    if (!length) return length.error();
    if (*length) return **length;
    if (const auto pumped = pump(); !pumped) return pumped.error();
  } while (poll.again());
  return Error{Errc::timeout, "sending to the ME: no room in the ring"};
}

// What arrived before the link broke is still an answer: the last one before an ME restarts
// often is.
Result<Bytes> HeciLink::receive(HeciConnection& c, base::Duration limit) {
  io::Poll poll(clock_, limit);
  do {
    const Result<void> pumped = c.state == ConnectionState::open ? pump() : Result<void>();
    if (!c.arrived.empty()) {
      Bytes message = std::move(c.arrived.front());
      c.arrived.pop_front();
      return message;
    }
    if (!pumped) return pumped.error();
    if (c.failure) return std::exchange(c.failure, std::nullopt).value();
    if (const auto answered = answer_disconnects(); !answered) return answered.error();
    if (c.state != ConnectionState::open) return lost(c);
    if (const auto expecting = expect_one_more(c); !expecting) return expecting.error();
  } while (poll.again());
  return Error{Errc::timeout, "waiting for an ME client: no answer"};
}

}  // namespace updater::mei
