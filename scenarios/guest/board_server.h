// SPDX-License-Identifier: BSD-3-Clause
// A story's board for the computer that QEMU is (its plugin's end: emulator/attach/qemu). The
// computer asks with its own time in each question; the board's time follows while the story lets
// the guest work, and stands still otherwise.
#pragma once

#include <functional>
#include <optional>

#include "emulator/attach/board_line.h"
#include "emulator/attach/peer_stream.h"
#include "emulator/attach/serving_loop.h"
#include "emulator/pci/heci_function.h"
#include "os/unix_listener.h"
#include "scenarios/engine/world.h"

namespace scenarios::guest {

class BoardServer final : public emulator::attach::Attachment,
                          public emulator::pci::InterruptListener {
 public:
  /// Asked before each answer: false while the guest shall stand still. The question waits then.
  using MayAnswer = std::function<bool()>;

  BoardServer(os::UnixListener listener, engine::World& world, MayAnswer may_answer)
      : listener_(std::move(listener)), world_(world), may_answer_(std::move(may_answer)) {}

  /// The guest works again: its clock goes on from the board's time, wherever it was meanwhile.
  void resume();
  /// The board's time does not go beyond this moment; the computer asks when it has come.
  void stop_at(std::optional<base::TimePoint> moment) { stop_at_ = moment; }
  /// The computer is gone.
  void drop();

  void list(std::vector<pollfd>& wanted) override;
  void serve(std::span<const pollfd> ready) override;
  void time_passed() override {}

  void intx(emulator::sim::Level level) override;
  void msi(std::uint64_t address, std::uint16_t data) override;

 private:
  using Question = emulator::attach::BoardQuestion;
  using Word = emulator::attach::BoardWord;

  emulator::machine::Machine& machine() { return world_.machine(); }
  void converse();
  void answer(const Question& question);
  void follow(base::TimePoint now);
  std::uint32_t act(const Question& question);
  std::uint32_t attach();
  void reset();
  base::Mmio* window(Question::Kind kind);
  std::int64_t next_question() const;
  void say(const Word& word);

  os::UnixListener listener_;
  engine::World& world_;
  MayAnswer may_answer_;
  std::optional<emulator::attach::PeerStream> peer_;
  base::Bytes question_;  ///< what of one has come
  std::optional<base::Duration>
      ahead_;  ///< of the computer's clock; nothing: from the next question
  std::optional<base::TimePoint> stop_at_;
};

}  // namespace scenarios::guest
