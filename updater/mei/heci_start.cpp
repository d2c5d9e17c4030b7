// SPDX-License-Identifier: BSD-3-Clause
// HeciLink: bringing the link up, from the reset to the list of clients, and stopping it.
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
using protocol::hbm::Status;
namespace hbm = protocol::hbm;

constexpr hbm::HostStartRequest kOurVersion = {.minor = 0, .major = 1};
constexpr hbm::HostStopRequest kStop = {
    .reason = static_cast<std::uint8_t>(hbm::StopReason::driver_stop)};

}  // namespace

Result<void> HeciLink::ensure_ready() {
  return ensure(LinkState::ready);
}
Result<void> HeciLink::ensure_running() {
  return ensure(LinkState::running);
}

Result<void> HeciLink::ensure(LinkState wanted) {
  // A link that was reset since it was last used says so here; why, is told to the connections
  // it had.
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
  const auto answer = ask(bus_message(kOurVersion), Command::host_start_res,
                          io::Deadline::in(clock_, kHbmStartLimit), doing);
  if (!answer) return answer.error();
  const auto start = hbm::decode_host_start_response(answer->view());
  if (!start) return malformed(doing, answer->view());
  if (start->version_supported) return {};
  // An older ME names what it has, and that is understood; a newer one that has dropped 1.0 is not.
  if (std::pair(start->max_major, start->max_minor) <=
      std::pair(kOurVersion.major, kOurVersion.minor))
    return {};
  static_cast<void>(tell(bus_message(kStop)));
  return Error{Errc::unsupported, std::string(doing) + ": the ME speaks HBM " +
                                      std::to_string(start->max_major) + "." +
                                      std::to_string(start->max_minor) + " only, this host 1.0"};
}

Result<void> HeciLink::enumerate() {
  constexpr const char* doing = "enumerating the ME's clients (HOST_ENUM)";
  const io::Deadline deadline = io::Deadline::in(clock_, kClientInitLimit);
  clients_.clear();
  const auto answer =
      ask(bus_message(hbm::HostEnumRequest{}), Command::host_enum_res, deadline, doing);
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

Result<void> HeciLink::read_properties(std::uint8_t me_addr, io::Deadline deadline) {
  constexpr const char* doing = "reading an ME client's properties (CLIENT_PROPS)";
  const auto answer = ask(bus_message(hbm::ClientPropertiesRequest{.me_addr = me_addr}),
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

void HeciLink::stop() {
  if (state_ != LinkState::running) return;
  static_cast<void>(ask(bus_message(kStop), Command::host_stop_res,
                        io::Deadline::in(clock_, kStopLimit), "stopping the host bus"));
  fail({Errc::disconnected, "the host has stopped it"});
}

}  // namespace updater::mei
