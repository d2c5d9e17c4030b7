// SPDX-License-Identifier: BSD-3-Clause
// Counts the host's credits from outside, by the messages on the bus: each that the ME sends to a
// connection needs one that the host has granted since it was made (HBM FLOW_CONTROL), and the host
// needs one of the ME's before its first.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "emulator/machine/machine.h"
#include "emulator/sim/trace.h"

namespace scenarios::explore {

class CreditWatch final : public emulator::sim::TraceSink {
 public:
  explicit CreditWatch(emulator::sim::Trace& trace) : trace_(trace) { trace.attach(*this); }
  ~CreditWatch() override { trace_.detach(*this); }
  CreditWatch(const CreditWatch&) = delete;
  CreditWatch& operator=(const CreditWatch&) = delete;

  void record(const emulator::sim::TraceRecord& record) override;
  /// The first message that was not paid for, or connection that the ME accepted and in which it
  /// never let the host speak until that reset the link; empty: none.
  const std::string& complaint() const { return complaint_; }

 private:
  using Address = std::pair<std::uint8_t, std::uint8_t>;  ///< of the ME's client, of the host's
  struct Open {
    base::TimePoint since{};
    unsigned from_host = 0;  ///< that the ME has not spent
    bool from_me = false;    ///< the ME has granted one, ever
  };
  void link_changed(const emulator::sim::TraceRecord& record);
  void bus_message_from_me(const emulator::sim::TraceRecord& record);
  void given_up_at(base::TimePoint now, Address connection);
  void client_message_from_me(Address connection);

  emulator::sim::Trace& trace_;
  std::map<Address, Open> open_;
  std::string complaint_;
};

}  // namespace scenarios::explore
