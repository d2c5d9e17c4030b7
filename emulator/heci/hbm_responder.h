// SPDX-License-Identifier: BSD-3-Clause
// The ME's side of host bus messages: HBM 1.0, and up to 2.2 on a board whose generation has it.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "emulator/heci/bad_input.h"
#include "emulator/heci/client_bus.h"
#include "emulator/heci/send_queue.h"
#include "protocol/generation.h"
#include "protocol/heci/hbm.h"
#include "protocol/heci/hbm_later.h"

namespace emulator::heci {

enum class HbmState : std::uint8_t {
  idle,     ///< the link is up, HOST_START has not come
  started,  ///< HOST_START was answered, whichever version it asked for
  stopped,  ///< HOST_STOP was answered: silent until the next reset
};

class HbmResponder {
 public:
  /// `newest`: of the board's generation. It offers no later version than it speaks itself.
  HbmResponder(ClientBus& bus, SendQueue& answers, BadInputLog& bad_input,
               protocol::HbmVersion newest)
      : offered_(std::min(newest, kSpoken)), bus_(bus), answers_(answers), bad_input_(bad_input) {}

  /// Answers one whole message. Needs room for one answer.
  void handle(base::ByteView message);
  /// Answers a CONNECT_REQ with `status` and nothing else; other messages stay unanswered. For
  /// injected faults.
  void refuse(base::ByteView message, protocol::hbm::Status status);

  /// Tells the host that the ME has closed a connection.
  void close_from_me(Connection connection);

  HbmState state() const { return state_; }
  void link_reset() { state_ = HbmState::idle; }

  void serialize(sim::Archive& a);

 private:
  static constexpr protocol::HbmVersion kSpoken{2, 2};

  using Handler = bool (HbmResponder::*)(base::ByteView);
  struct Row {
    std::uint8_t command = 0;
    Handler handler = nullptr;
    protocol::HbmVersion since = {1, 0};
  };
  const Row* find_row(std::uint8_t command) const;

  // Each gives false for a message of the wrong size.
  bool host_start(base::ByteView message);
  bool host_stop(base::ByteView message);
  bool host_enum(base::ByteView message);
  bool client_properties(base::ByteView message);
  bool connect(base::ByteView message);
  bool disconnect(base::ByteView message);
  bool flow_control(base::ByteView message);
  bool disconnect_answer(base::ByteView message);
  // Of later versions (hbm_responder_later.cpp).
  bool power_gate(base::ByteView message);
  bool bus_disable(base::ByteView message);
  bool added_client(base::ByteView message);
  bool notify(base::ByteView message);
  bool dma_setup(base::ByteView message);
  bool capabilities(base::ByteView message);
  bool client_dma_map(base::ByteView message);
  bool client_dma_unmap(base::ByteView message);

  template <class Message>
  void answer(const Message& message) {
    std::array<std::uint8_t, Message::size> bytes{};
    base::ByteWriter out(bytes);
    protocol::hbm::encode(out, message);
    answers_.push(out.written(), 0);
  }

  protocol::HbmVersion offered_;
  ClientBus& bus_;
  SendQueue& answers_;
  BadInputLog& bad_input_;
  protocol::HbmVersion agreed_;  ///< of this link: which messages it has
  HbmState state_ = HbmState::idle;
};

}  // namespace emulator::heci
