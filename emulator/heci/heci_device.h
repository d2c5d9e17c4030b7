// SPDX-License-Identifier: BSD-3-Clause
// The HECI controller of ICH9/ICH10 with the ME's end of the link behind it: registers, reset
// handshake, HBM 1.0.
#pragma once

#include <cstdint>
#include <optional>

#include "base/mmio.h"
#include "emulator/heci/bad_input.h"
#include "emulator/heci/client_bus.h"
#include "emulator/heci/departures.h"
#include "emulator/heci/hbm_responder.h"
#include "emulator/heci/heci_config.h"
#include "emulator/heci/me_client.h"
#include "emulator/heci/message_assembler.h"
#include "emulator/heci/register_file.h"
#include "emulator/heci/send_queue.h"
#include "emulator/heci/transmitter.h"
#include "emulator/sim/fault_plan.h"
#include "emulator/sim/interrupt_line.h"
#include "emulator/sim/power_control.h"
#include "emulator/sim/scheduler.h"
#include "emulator/sim/trace.h"

namespace emulator::heci {

enum class LinkState : std::uint8_t {
  down,       ///< the ME is off or still booting, ME_RDY=0: a host reset is answered later
  resetting,  ///< a reset was seen: ME_RDY=0 until the reset delay has passed
  up,         ///< ME_RDY=1
};
const char* name(LinkState state);

class HeciDevice final : public base::Mmio, private ReplyPort {
 public:
  /// `config.depth` must be legal (protocol::heci::kLegalDepths). The link starts down.
  HeciDevice(const HeciConfig& config, sim::Scheduler& scheduler, sim::Trace& trace,
             sim::FaultPlan& faults, sim::PowerControl& power);

  // The host's side: BAR0 (the PCI function decides whether it answers).
  std::uint32_t read32(std::uint32_t offset) override { return registers_.read(offset); }
  void write32(std::uint32_t offset, std::uint32_t value) override;
  void read32_each(std::uint32_t offset, std::span<std::uint32_t> out) override;
  void write32_each(std::uint32_t offset, std::span<const std::uint32_t> values) override;
  std::uint32_t peek32(std::uint32_t offset) const { return registers_.peek(offset); }

  /// Where the interrupt output (H_IS and H_IE) goes. It is low at this moment, or the line hears
  /// of it at once.
  void connect_interrupt(sim::InterruptLine& line) { registers_.connect_interrupt(line); }

  // The firmware's side. Change the clients only while the link is down.
  /// Gives the client the next free address from config.first_dynamic_address on, and returns it.
  std::uint8_t add_client(MeClient& client);
  /// No enumeration, no connection, no flow control. A client may live at a fixed and a
  /// dynamic address.
  void add_fixed_client(std::uint8_t me_addr, MeClient& client);
  void remove_all_clients();
  ReplyPort& reply_port() { return *this; }

  void set_ready();      ///< boot is done: ME_RDY and an interrupt
  void set_not_ready();  ///< the ME restarts: clients hear disconnected(), ME_RDY falls, and the
                         ///< host is interrupted
  /// The host and its registers lose their power; the ME goes on. Clients hear disconnected().
  void host_power_lost();
  void power_off();  ///< everything volatile is gone at once; clients hear nothing

  LinkState link_state() const { return state_; }
  HbmState hbm_state() const { return responder_.state(); }
  const ClientBus& bus() const { return bus_; }
  const BadInput& counters() const { return bad_input_.counters(); }

  /// Loading needs the same clients at the same addresses to have been added before.
  void serialize(sim::Archive& a);

 private:
  class StruckReset;
  class StruckMessage;
  class StruckInterrupt;
  class StruckDoorbell;

  void reply(Connection to, base::ByteView message) override;

  // Reset handshake (reset_handshake.cpp).
  void host_reset();
  void refuse_reset();
  void reset_by_me(const char* why);
  void begin_reset(const std::optional<sim::FaultRule>& fault);
  void wait_for_reset(base::Duration extra);
  void reset_done();
  void clear_link();
  void become_ready();
  void note(const char* what);

  // What each side tells the other that there is something to read (heci_interrupts.cpp).
  void interrupt_host();
  void doorbell_rung();

  // The ME's turn (heci_device.cpp).
  enum class Next : std::uint8_t { go_on, stop };
  void schedule_turn();
  void take_turn();
  Next read_ring();
  Next message_arrived(Connection from);
  std::optional<sim::FaultRule> fault_at(Connection from);
  void deliver(Connection from);
  void deliver_held();
  Channel& holder_of(Connection from);
  void forget_message(Connection from);
  void refuse_message(Connection from);
  base::ByteView message_from(Connection from);
  const sim::MessageWords& words_of(Connection from);
  bool holds_message();

  /// Answers to host bus messages that wait for room in the ring; when it is full the ME
  /// stops reading.
  static constexpr std::size_t kHbmAnswers = 16;

  HeciConfig config_;
  sim::Trace& trace_;
  sim::FaultPlan& faults_;
  sim::PowerControl& power_;
  BadInputLog bad_input_;
  RegisterFile registers_;
  SendQueue hbm_answers_{kHbmAnswers, protocol::hbm::kMaxMessageSize};
  ClientBus bus_;
  MessageAssembler assembler_;
  HbmResponder responder_;
  Departures departures_;
  Transmitter transmitter_;
  sim::Timer turn_;
  sim::Timer reset_done_;
  sim::Timer power_gated_;     ///< D0i3 has been entered or left
  sim::Timer held_message_;    ///< a message whose delivery a fault delays
  sim::Timer late_interrupt_;  ///< one that a fault delays, or that comes without a cause
  sim::Timer late_doorbell_;   ///< likewise
  LinkState state_ = LinkState::down;
  Connection held_from_;
  enum class AfterReset : std::uint8_t {
    get_ready,
    lose_power
  } after_reset_ = AfterReset::get_ready;
};

}  // namespace emulator::heci
