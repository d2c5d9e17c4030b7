// SPDX-License-Identifier: BSD-3-Clause
// HeciLink: sending host bus messages, and what is done with those that come.
#include <algorithm>

#include "protocol/mei/clients.h"
#include "updater/mei/bus_message.h"
#include "updater/mei/heci_link.h"

namespace updater::mei {
namespace {

using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;
using protocol::hbm::Command;
namespace hbm = protocol::hbm;

constexpr std::pair<std::uint8_t, std::uint8_t> kBus = {protocol::mei::kHbmAddress, 0};

}  // namespace

Result<void> HeciLink::tell(const BusMessage& message) {
  const auto written = write_message(kBus, message.view(), io::Deadline::in(clock_, kHbmRoomLimit));
  if (written) return written;
  return fail(written.error());
}

// An answer that comes too late would be taken for that of a later question: a silent ME costs
// the link.
Result<BusMessage> HeciLink::ask(const BusMessage& request, Command answer, io::Deadline deadline,
                                 const char* doing) {
  answer_.reset();
  awaited_ = answer;
  if (const auto told = tell(request); !told) return told.error();
  io::Poll poll(clock_, deadline);
  do {
    if (const auto pumped = pump(); !pumped) return pumped.error();
    if (answer_) return std::exchange(answer_, std::nullopt).value();
  } while (poll.again());
  return fail({Errc::timeout, std::string(doing) + ": the ME does not answer"});
}

Result<void> HeciLink::expect_one_more(HeciConnection& c) {
  if (c.flow == FlowControl::none || c.expected > 0) return {};
  c.expected = 1;
  return tell(bus_message(hbm::FlowControl{.me_addr = c.me_addr, .host_addr = c.host_addr}));
}

// A shallow ring carries the longer bus messages in several fragments.
Result<void> HeciLink::take_bus_fragment(const Fragment& f) {
  const ByteView payload = f.payload();
  if (payload.size() > bus_partial_.bytes.size() - bus_partial_.size) {
    return Error{Errc::protocol, "receiving from the ME: a host bus message longer than any"};
  }
  std::copy(payload.begin(), payload.end(),
            bus_partial_.bytes.begin() + static_cast<std::ptrdiff_t>(bus_partial_.size));
  bus_partial_.size += payload.size();
  if (!f.header.complete) return {};
  const BusMessage message = std::exchange(bus_partial_, BusMessage{});
  return take_bus_message(message.view());
}

Result<void> HeciLink::take_bus_message(ByteView message) {
  constexpr const char* doing = "receiving from the ME";
  if (message.empty()) return malformed(doing, message);
  const auto command = static_cast<Command>(message[0]);
  if (command == Command::flow_control) return take_flow_control(message);
  if (command == Command::disconnect_req) return take_disconnect(message);
  if (command == Command::me_stop_req && hbm::decode_me_stop_request(message)) {
    return Error{Errc::disconnected, "using the HECI link: the ME stops it (ME_STOP)"};
  }
  if (awaited_ != command) return malformed(doing, message);
  awaited_.reset();
  answer_ = BusMessage{.size = message.size()};
  std::copy(message.begin(), message.end(), answer_->bytes.begin());
  return {};
}

Result<void> HeciLink::take_flow_control(ByteView message) {
  constexpr std::uint32_t most_credits = 255;
  const auto credit = hbm::decode_flow_control(message);
  if (!credit) return malformed("receiving a credit from the ME", message);
  if (credit->host_addr == 0) {
    HeciClient* client = client_at(credit->me_addr);
    if (client != nullptr) client->credits = std::min(client->credits + 1, most_credits);
    return {};
  }
  HeciConnection* c = find({credit->me_addr, credit->host_addr});
  if (c != nullptr) c->credits = std::min(c->credits + 1, most_credits);
  return {};
}

Result<void> HeciLink::take_disconnect(ByteView message) {
  const auto request = hbm::decode_disconnect_request(message);
  if (!request) return malformed("receiving a disconnect from the ME", message);
  const Address address = {request->me_addr, request->host_addr};
  if (HeciConnection* c = find(address)) c->state = ConnectionState::closed;
  if (owed_disconnects_.size() == kOwedAnswers) {
    return Error{Errc::protocol, "receiving from the ME: more disconnects than can be answered"};
  }
  owed_disconnects_.push_back(address);
  return {};
}

// Answered here and not where they are read: reading also happens in the middle of writing
// another message.
Result<void> HeciLink::answer_disconnects() {
  if (owed_disconnects_.empty()) return {};
  for (const Address& a : std::exchange(owed_disconnects_, {})) {
    const auto told = tell(bus_message(
        hbm::DisconnectResponse{.me_addr = a.first, .host_addr = a.second, .status = 0}));
    if (!told) return told;
  }
  return {};
}

}  // namespace updater::mei
