// SPDX-License-Identifier: BSD-3-Clause
// The computer of a guest: QEMU, its serial lines, and the story's board. It works only inside the
// calls that say so; in between it stands still, and so does the board's time.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "emulator/attach/serving_loop.h"
#include "os/child_process.h"
#include "scenarios/engine/world.h"
#include "scenarios/guest/alarm.h"
#include "scenarios/guest/board_server.h"
#include "scenarios/guest/guest_system.h"
#include "scenarios/guest/guests_time.h"
#include "scenarios/guest/program_output.h"
#include "scenarios/guest/text_line.h"
#include "scenarios/guest/virtual_machine.h"

namespace scenarios::guest {

class GuestComputer final {
 public:
  /// `folder` has the initramfs, and gets the sockets and the console. Errors: io.
  static base::Result<std::unique_ptr<GuestComputer>> make(engine::World& world,
                                                           const GuestHost& wanted,
                                                           const std::string& folder);

  /// Switches it on. Errors: io.
  base::Result<void> start();
  bool is_running() const { return qemu_ != nullptr; }
  /// At once, whatever the guest does.
  void go_down();

  void say(std::string_view order) { lines_.control.write(order); }
  /// What was printed since it was last taken.
  std::string take_output() { return lines_.output.take(); }
  std::string take_errors() { return lines_.errors.take(); }

  /// What a stretch of work ends with: the first of those given.
  struct Until {
    std::function<bool(const std::string& line)> line = {};  ///< the guest says it; true ends
    std::optional<base::TimePoint> moment = std::nullopt;    ///< on the board's clock
    enum class Power : std::uint8_t { on, off } power = Power::on;  ///< off: it switches itself off
  };
  /// Lets the guest work. It ends early when the board takes the guest down. Errors: timeout, io
  /// (QEMU ended by itself).
  base::Result<void> work(const Until& until);

 private:
  struct Lines {
    TextLine control;
    TextLine output;
    TextLine errors;
  };

  GuestComputer(engine::World& world, const GuestHost& wanted, const std::string& folder,
                Lines lines, os::UnixListener board, Alarm alarm);
  bool is_done();
  void listen();
  void understand(const std::string& line);
  void pass_on_stop();
  base::Result<void> end_of_qemu();
  base::Error with_console(base::Errc code, const std::string& what) const;

  engine::World& world_;
  const GuestHost& wanted_;
  RunFiles files_;
  Lines lines_;
  Alarm alarm_;
  BoardServer board_;
  GuestsTime pace_;  ///< the board's clock follows
  emulator::attach::ServingLoop loop_{pace_};
  ProgramOutput qemu_output_{[](std::string_view) {}};  ///< QEMU itself prints nothing
  std::unique_ptr<os::ChildProcess> qemu_;              ///< null: it is off
  const Until* until_ = nullptr;                        ///< null: it stands still
  bool line_came_ = false;                              ///< the one that ends the work
  bool asked_to_stop_ = false;                          ///< the program in the guest was
  unsigned boots_ = 0;
};

}  // namespace scenarios::guest
