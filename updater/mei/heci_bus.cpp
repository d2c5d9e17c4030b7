// SPDX-License-Identifier: BSD-3-Clause
// The host bus messages of HeciLink: bringing the link up, connecting and disconnecting, flow
// control.
#include <algorithm>
#include <cassert>

#include "protocol/mei/clients.h"
#include "updater/mei/heci_link.h"

namespace updater::mei {
namespace {

using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;
using protocol::hbm::Command;
using protocol::hbm::Status;
namespace hbm = protocol::hbm;

constexpr hbm::HostStartRequest kOurVersion = {.minor = 0, .major = 1};
constexpr std::pair<std::uint8_t, std::uint8_t> kBus = {protocol::mei::kHbmAddress, 0};
constexpr std::uint8_t status_of(Status s) {
  return static_cast<std::uint8_t>(s);
}

Error malformed(const char* doing, ByteView message) {
  return {Errc::protocol, std::string(doing) + ": a malformed or unexpected host bus message",
          message.empty() ? 0u : message[0]};
}

Error connect_error(std::uint8_t status) {
  const auto error = [&](Errc code, const char* why) {
    return Error{code, std::string("connecting to an ME client: ") + why, status};
  };
  switch (static_cast<Status>(status)) {
    case Status::client_not_found:
      return error(Errc::not_found, "there is no such client");
    case Status::already_started:
      return error(Errc::busy, "it is connected already");
    case Status::out_of_resources:
      return error(Errc::busy, "its connections are taken");
    case Status::message_small:
      return error(Errc::refused, "the ME refuses the request's parameters");
    case Status::not_allowed:
      return error(Errc::refused, "the ME does not allow it");
    case Status::success:
      break;
  }
  return error(Errc::protocol, "an unknown connect status");
}

}  // namespace

template <class Request>
Result<void> HeciLink::tell(const Request& request) {
  std::array<std::uint8_t, hbm::kMaxMessageSize> bytes{};
  base::ByteWriter out(bytes);
  encode(out, request);
  assert(out.ok());
  Result<void> written = write_message(kBus, out.written(), Deadline::in(clock_, kHbmRoomLimit));
  if (written) return written;
  return fail(written.error());
}

// An answer that comes too late would be taken for that of a later question: a silent ME costs the
// link.
template <class Request>
Result<HeciLink::Answer> HeciLink::ask(const Request& request, Command answer, Deadline deadline,
                                       const char* doing) {
  answer_.reset();
  awaited_ = answer;
  if (const auto told = tell(request); !told) return told.error();
  Poll poll(clock_, deadline);
  do {
    if (const auto pumped = pump(); !pumped) return pumped.error();
    if (answer_) return std::exchange(answer_, std::nullopt).value();
  } while (poll.again());
  return fail({Errc::timeout, std::string(doing) + ": the ME does not answer"});
}

Result<void> HeciLink::ensure_ready() {
  return ensure(LinkState::ready);
}
Result<void> HeciLink::ensure_running() {
  return ensure(LinkState::running);
}

Result<void> HeciLink::ensure(LinkState wanted) {
  // A link that was reset since it was last used says so here; why, is told to the connections it
  // had.
  if (state_ != LinkState::down) static_cast<void>(pump());
  Result<void> up;
  for (int i = 0; i < kRecoveryTries && state_ < wanted; ++i) {
    up = try_bring_up(i % 2 == 0 ? ResetHabit::held : ResetHabit::pulsed, wanted);
    if (!up) fail(up.error());
    if (!up && up.error().code == Errc::unsupported) return up;
  }
  return up;
}

Result<void> HeciLink::try_bring_up(ResetHabit habit, LinkState wanted) {
  if (state_ == LinkState::down) {
    if (const auto done = reset(habit); !done) return done;
  }
  if (wanted == LinkState::ready) return {};
  if (const auto started = start_bus(); !started) return started;
  if (const auto known = enumerate(); !known) return known;
  state_ = LinkState::running;
  return {};
}

Result<void> HeciLink::reset(ResetHabit habit) {
  clients_.clear();
  handed_out_.reset();
  bus_partial_ = {};
  awaited_.reset();
  answer_.reset();
  owed_disconnects_.clear();
  if (const auto done = registers_.reset(habit, clock_); !done) return done;
  if (const auto started = ring_.start(); !started) return started;
  state_ = LinkState::ready;
  return {};
}

Result<void> HeciLink::start_bus() {
  constexpr const char* doing = "starting the host bus (HOST_START)";
  const auto answer =
      ask(kOurVersion, Command::host_start_res, Deadline::in(clock_, kHbmStartLimit), doing);
  if (!answer) return answer.error();
  const auto start = hbm::decode_host_start_response(answer->view());
  if (!start) return malformed(doing, answer->view());
  if (start->version_supported) return {};
  // An older ME names what it has, and that is understood; a newer one that has dropped 1.0 is not.
  if (std::pair(start->max_major, start->max_minor) <=
      std::pair(kOurVersion.major, kOurVersion.minor))
    return {};
  static_cast<void>(tell(
      hbm::HostStopRequest{.reason = static_cast<std::uint8_t>(hbm::StopReason::driver_stop)}));
  return Error{Errc::unsupported, std::string(doing) + ": the ME speaks HBM " +
                                      std::to_string(start->max_major) + "." +
                                      std::to_string(start->max_minor) + " only, this host 1.0"};
}

Result<void> HeciLink::enumerate() {
  constexpr const char* doing = "enumerating the ME's clients (HOST_ENUM)";
  const Deadline deadline = Deadline::in(clock_, kClientInitLimit);
  clients_.clear();
  const auto answer = ask(hbm::HostEnumRequest{}, Command::host_enum_res, deadline, doing);
  if (!answer) return answer.error();
  const auto map = hbm::decode_host_enum_response(answer->view());
  if (!map) return malformed(doing, answer->view());
  for (unsigned me_addr = 1; me_addr < 256; ++me_addr) {  // 0 is the bus itself
    if (!map->has(static_cast<std::uint8_t>(me_addr))) continue;
    if (const auto read = read_properties(static_cast<std::uint8_t>(me_addr), deadline); !read)
      return read;
  }
  return {};
}

Result<void> HeciLink::read_properties(std::uint8_t me_addr, Deadline deadline) {
  constexpr const char* doing = "reading an ME client's properties (CLIENT_PROPS)";
  const auto answer = ask(hbm::ClientPropertiesRequest{.me_addr = me_addr},
                          Command::client_props_res, deadline, doing);
  if (!answer) return answer.error();
  const auto props = hbm::decode_client_properties_response(answer->view());
  if (!props || props->me_addr != me_addr) return malformed(doing, answer->view());
  if (props->status == status_of(Status::client_not_found))
    return {};  // it left since the enumeration
  if (props->status != status_of(Status::success)) {
    return Error{Errc::protocol, std::string(doing) + ": the ME fails the request", props->status};
  }
  clients_.push_back({.me_addr = me_addr, .properties = props->properties});
  return {};
}

std::optional<std::uint8_t> HeciLink::free_host_address() {
  const auto taken = [&](std::uint8_t address) {
    return std::any_of(connections_.begin(), connections_.end(), [&](const auto& c) {
      return c->state == ConnectionState::open && c->host_addr == address;
    });
  };
  for (int i = 0; i < 255; ++i) {
    last_host_addr_ = static_cast<std::uint8_t>(last_host_addr_ % 255 + 1);  // 0 is the BIOS's
    if (!taken(last_host_addr_)) return last_host_addr_;
  }
  return std::nullopt;
}

Result<HeciConnection*> HeciLink::connect(const HeciClient& client) {
  const auto host_addr = free_host_address();
  if (!host_addr)
    return Error{Errc::busy, "connecting to an ME client: all 255 host addresses are taken"};
  handed_out_.set(*host_addr);
  auto c = std::make_unique<HeciConnection>();
  c->me_addr = client.me_addr;
  c->host_addr = *host_addr;
  c->max_length = std::min(client.properties.max_message_length, kLongestMessage);
  c->protocol_version = client.properties.protocol_version;
  c->flow = client.properties.single_recv_buf != 0 ? FlowControl::client : FlowControl::connection;
  // Known before it is asked for: its first credit may arrive in the same breath as the answer.
  HeciConnection* const raw = c.get();
  connections_.push_back(std::move(c));
  const auto accepted = request_connection(*raw);
  if (accepted) return raw;
  std::erase_if(connections_, [&](const auto& p) { return p.get() == raw; });
  return accepted.error();
}

Result<void> HeciLink::request_connection(const HeciConnection& c) {
  constexpr const char* doing = "connecting to an ME client (CONNECT)";
  const auto answer = ask(hbm::ConnectRequest{.me_addr = c.me_addr, .host_addr = c.host_addr},
                          Command::connect_res, Deadline::in(clock_, kConnectLimit), doing);
  if (!answer) return answer.error();
  const auto reply = hbm::decode_connect_response(answer->view());
  if (!reply) return fail(malformed(doing, answer->view()));
  if (Address(reply->me_addr, reply->host_addr) != Address(c.me_addr, c.host_addr)) {
    return fail({Errc::protocol, std::string(doing) + ": the ME answers for another connection"});
  }
  if (reply->status != status_of(Status::success)) return connect_error(reply->status);
  return {};
}

Result<HeciConnection*> HeciLink::open_fixed(std::uint8_t me_addr) {
  if (me_addr == protocol::mei::kHbmAddress) {
    return Error{Errc::invalid, "opening a fixed ME address: 0 is the host bus itself"};
  }
  if (find({me_addr, 0}) != nullptr)
    return Error{Errc::busy, "opening a fixed ME address: it is in use"};
  auto c = std::make_unique<HeciConnection>();
  c->me_addr = me_addr;
  c->flow = FlowControl::none;
  c->max_length = kFixedMaxMessage;
  if (const HeciClient* client = find_client(me_addr)) {
    c->max_length = std::min(client->properties.max_message_length, kLongestMessage);
    c->protocol_version = client->properties.protocol_version;
  }
  connections_.push_back(std::move(c));
  return connections_.back().get();
}

void HeciLink::release(HeciConnection& connection) {
  if (connection.state == ConnectionState::open && connection.flow != FlowControl::none) {
    static_cast<void>(
        disconnect(connection));  // a link that fails here is down, which the next use finds
  }
  std::erase_if(connections_, [&](const auto& c) { return c.get() == &connection; });
}

Result<void> HeciLink::disconnect(HeciConnection& c) {
  constexpr const char* doing = "disconnecting from an ME client (DISCONNECT)";
  const auto answer = ask(hbm::DisconnectRequest{.me_addr = c.me_addr, .host_addr = c.host_addr},
                          Command::disconnect_res, Deadline::in(clock_, kDisconnectLimit), doing);
  if (!answer) return answer.error();
  const auto reply = hbm::decode_disconnect_response(answer->view());
  if (!reply || Address(reply->me_addr, reply->host_addr) != Address(c.me_addr, c.host_addr)) {
    return fail(malformed(doing, answer->view()));
  }
  return {};
}

Result<void> HeciLink::expect_one_more(HeciConnection& c) {
  if (c.flow == FlowControl::none || c.expected > 0) return {};
  c.expected = 1;
  return tell(hbm::FlowControl{.me_addr = c.me_addr, .host_addr = c.host_addr});
}

void HeciLink::stop() {
  if (state_ != LinkState::running) return;
  static_cast<void>(
      ask(hbm::HostStopRequest{.reason = static_cast<std::uint8_t>(hbm::StopReason::driver_stop)},
          Command::host_stop_res, Deadline::in(clock_, kStopLimit), "stopping the host bus"));
  fail({Errc::disconnected, "the host has stopped it"});
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
  const Answer message = std::exchange(bus_partial_, Answer{});
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
  answer_ = Answer{.size = message.size()};
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

// Answered here and not where they are read: reading also happens in the middle of writing another
// message.
Result<void> HeciLink::answer_disconnects() {
  for (const Address& a : std::exchange(owed_disconnects_, {})) {
    const auto told =
        tell(hbm::DisconnectResponse{.me_addr = a.first, .host_addr = a.second, .status = 0});
    if (!told) return told;
  }
  return {};
}

}  // namespace updater::mei
