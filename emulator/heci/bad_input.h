// SPDX-License-Identifier: BSD-3-Clause
// What the host did that hardware shrugs at: one counter a rule, and the record of each in the
// trace.
#pragma once

#include <array>
#include <cstdint>

#include "emulator/sim/archive.h"
#include "emulator/sim/trace.h"

namespace emulator::heci {

struct BadInput {
  // Register accesses.
  std::uint64_t bad_offset = 0;             ///< no such register: reads FFFFFFFFh, ignores writes
  std::uint64_t write_to_read_only = 0;     ///< ME_CB_RW or ME_CSR_HA: ignored
  std::uint64_t read_of_write_only = 0;     ///< H_CB_WW: reads FFFFFFFFh
  std::uint64_t write_while_not_ready = 0;  ///< H_CB_WW with ME_RDY=0: the slot is lost
  std::uint64_t write_to_full_ring = 0;     ///< H_CBWP runs on; the ME resets the link
  std::uint64_t read_while_not_ready = 0;   ///< ME_CB_RW with ME_RDY=0: FFFFFFFFh, no advance
  std::uint64_t read_from_empty_ring =
      0;  ///< a stale slot; ME_CBRP runs on, the ME resets the link

  // Fragments and messages.
  std::uint64_t header_reserved_bits = 0;  ///< bits 30:25 not 0: the whole message is dropped
  std::uint64_t length_beyond_ring = 0;    ///< the fragment can never fit: the ME resets the link
  std::uint64_t empty_fragment = 0;        ///< no payload, and not the last of its message: skipped
  std::uint64_t empty_message = 0;         ///< no payload in all its fragments: dropped
  std::uint64_t wrong_address = 0;   ///< host address not 0 to HBM or to a fixed address: dropped
  std::uint64_t unknown_client = 0;  ///< no client at that ME address: dropped
  std::uint64_t not_connected = 0;   ///< a client, but no such connection: dropped
  std::uint64_t no_credit = 0;       ///< a message nobody granted: dropped
  std::uint64_t oversize = 0;        ///< longer than the receiver's maximum: dropped
  std::uint64_t message_cut_by_reset =
      0;  ///< the host reset the link over something it had sent: forgotten

  // Host bus messages.
  std::uint64_t hbm_unknown_command = 0;   ///< ignored
  std::uint64_t hbm_malformed = 0;         ///< wrong size for its command: ignored
  std::uint64_t hbm_before_start = 0;      ///< anything but HOST_START first: ignored
  std::uint64_t message_after_stop = 0;    ///< after HOST_STOP only a reset helps: dropped
  std::uint64_t properties_unknown = 0;    ///< answered with status 1
  std::uint64_t connect_refused = 0;       ///< answered with a status other than 0
  std::uint64_t disconnect_unknown = 0;    ///< answered with status 0 all the same
  std::uint64_t flow_control_unknown = 0;  ///< a credit for no connection: ignored

  // Answers of our own clients that could not leave.
  std::uint64_t reply_without_connection = 0;  ///< the connection is gone: dropped
  std::uint64_t reply_oversize = 0;            ///< longer than the client's maximum: dropped
  std::uint64_t reply_queue_full = 0;          ///< nobody reads: dropped

  bool operator==(const BadInput&) const = default;
};

using BadInputRule = std::uint64_t BadInput::*;

struct BadInputRow {
  BadInputRule rule;
  const char* name;
};

inline constexpr std::array<BadInputRow, 28> kBadInputRules = {{
    {.rule = &BadInput::bad_offset, .name = "bad_offset"},
    {.rule = &BadInput::write_to_read_only, .name = "write_to_read_only"},
    {.rule = &BadInput::read_of_write_only, .name = "read_of_write_only"},
    {.rule = &BadInput::write_while_not_ready, .name = "write_while_not_ready"},
    {.rule = &BadInput::write_to_full_ring, .name = "write_to_full_ring"},
    {.rule = &BadInput::read_while_not_ready, .name = "read_while_not_ready"},
    {.rule = &BadInput::read_from_empty_ring, .name = "read_from_empty_ring"},
    {.rule = &BadInput::header_reserved_bits, .name = "header_reserved_bits"},
    {.rule = &BadInput::length_beyond_ring, .name = "length_beyond_ring"},
    {.rule = &BadInput::empty_fragment, .name = "empty_fragment"},
    {.rule = &BadInput::empty_message, .name = "empty_message"},
    {.rule = &BadInput::wrong_address, .name = "wrong_address"},
    {.rule = &BadInput::unknown_client, .name = "unknown_client"},
    {.rule = &BadInput::not_connected, .name = "not_connected"},
    {.rule = &BadInput::no_credit, .name = "no_credit"},
    {.rule = &BadInput::oversize, .name = "oversize"},
    {.rule = &BadInput::message_cut_by_reset, .name = "message_cut_by_reset"},
    {.rule = &BadInput::hbm_unknown_command, .name = "hbm_unknown_command"},
    {.rule = &BadInput::hbm_malformed, .name = "hbm_malformed"},
    {.rule = &BadInput::hbm_before_start, .name = "hbm_before_start"},
    {.rule = &BadInput::message_after_stop, .name = "message_after_stop"},
    {.rule = &BadInput::properties_unknown, .name = "properties_unknown"},
    {.rule = &BadInput::connect_refused, .name = "connect_refused"},
    {.rule = &BadInput::disconnect_unknown, .name = "disconnect_unknown"},
    {.rule = &BadInput::flow_control_unknown, .name = "flow_control_unknown"},
    {.rule = &BadInput::reply_without_connection, .name = "reply_without_connection"},
    {.rule = &BadInput::reply_oversize, .name = "reply_oversize"},
    {.rule = &BadInput::reply_queue_full, .name = "reply_queue_full"},
}};
static_assert(sizeof(BadInput) == kBadInputRules.size() * sizeof(std::uint64_t));

/// The counters, and the trace that hears of each count.
class BadInputLog {
 public:
  explicit BadInputLog(sim::Trace& trace) : trace_(trace) {}

  void count(BadInputRule rule, std::uint8_t me_addr = 0, std::uint8_t host_addr = 0) {
    ++(counters_.*rule);
    trace_.record({.kind = sim::TraceKind::bad_input,
                   .me_addr = me_addr,
                   .host_addr = host_addr,
                   .text = name(rule)});
  }

  const BadInput& counters() const { return counters_; }

  void serialize(sim::Archive& a) {
    a.section("heci.bad_input");
    for (const BadInputRow& row : kBadInputRules) a.value(counters_.*row.rule);
  }

 private:
  static const char* name(BadInputRule rule) {
    for (const BadInputRow& row : kBadInputRules) {
      if (row.rule == rule) return row.name;
    }
    return "unknown";
  }

  sim::Trace& trace_;
  BadInput counters_;
};

}  // namespace emulator::heci
