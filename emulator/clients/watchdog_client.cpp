// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/clients/watchdog_client.h"

#include <array>

#include "emulator/clients/whole_answer.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/watchdog.h"

namespace emulator::clients {
namespace {

using base::ByteView;
using base::ByteWriter;
using heci::Connection;
namespace watchdog = protocol::watchdog;

/// Holds the longest request, Linux' 23 bytes; the number is ours (docs/fidelity.md).
constexpr std::uint32_t kMaxWatchdogMessage = 32;

}  // namespace

WatchdogClient::WatchdogClient(heci::ReplyPort& port, sim::Scheduler& scheduler, sim::Trace& trace)
    : port_(port), trace_(trace), expiry_(scheduler, "watchdog.expiry", [this] { expire(); }) {}

constinit const sim::MessageWords WatchdogClient::kWords = {.name = "watchdog",
                                                            .says = &sim::first_bytes};

protocol::hbm::ClientProperties WatchdogClient::properties() const {
  // Version 1: Linux asks a client of a later version to answer before it trusts the watchdog.
  return {.guid = protocol::mei::kWatchdogGuid,
          .protocol_version = 1,
          .max_connections = 1,
          .fixed_address = 0,
          .single_recv_buf = 0,
          .max_message_length = kMaxWatchdogMessage};
}

void WatchdogClient::receive(Connection from, ByteView message) {
  const auto header = watchdog::decode_header(message);
  if (!header) return;
  if (header->subcommand == watchdog::Subcommand::start) return start(from, message);
  if (watchdog::decode_stop_request(message))
    expiry_.stop();  // not answered: hosts do not wait for one
}

void WatchdogClient::start(Connection from, ByteView message) {
  const auto request = watchdog::decode_start_request(message);
  const bool sound = request && request->timeout != 0;
  if (sound) {
    timeout_ = request->timeout;
    expiry_.start(std::chrono::seconds(timeout_));
  }
  std::array<std::uint8_t, watchdog::StartResponse::size> bytes{};
  ByteWriter out(bytes);
  watchdog::encode(
      out, watchdog::StartResponse{
               .status = sound ? watchdog::kStatusSuccess : watchdog::kStatusInvalid, .state = 0});
  port_.reply(from, whole(out));
}

void WatchdogClient::expire() {
  trace_.record({.kind = sim::TraceKind::firmware, .a = timeout_, .text = "watchdog expired"});
}

void WatchdogClient::serialize(sim::Archive& a) {
  a.section("watchdog_client");
  a.value(timeout_);
  expiry_.serialize(a);
}

}  // namespace emulator::clients
