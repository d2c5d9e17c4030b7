// SPDX-License-Identifier: BSD-3-Clause
// The one thread of a served machine: waits for peers and for the machine's next event, moves
// virtual time, and lets each server do what has become possible.
#pragma once

#include <poll.h>

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "base/clock.h"
#include "os/waiting.h"

namespace emulator::attach {

/// Of one peer, so that none holds the loop; what is left waits for the next turn.
inline constexpr int kMessagesATurn = 64;

/// A server of the loop.
class Attachment {
 public:
  virtual ~Attachment() = default;
  /// Adds the files it waits for.
  virtual void list(std::vector<pollfd>& wanted) = 0;
  /// Some of the files are ready; others' files are among them.
  virtual void serve(std::span<const pollfd> ready) = 0;
  /// Virtual time has moved: the machine may have done something that a peer waits for.
  virtual void time_passed() = 0;
};

/// Whether poll() found `number` ready for anything, an error included.
inline bool is_ready(std::span<const pollfd> files, int number) {
  return std::ranges::any_of(
      files, [number](const pollfd& f) { return f.fd == number && f.revents != 0; });
}

/// How virtual time goes on while a machine is served.
class Pace {
 public:
  virtual ~Pace() = default;
  /// Moves virtual time to where it should be by now.
  virtual void catch_up() = 0;
  /// How long the loop may wait for peers; nothing: as long as it likes.
  virtual std::optional<base::Duration> patience() = 0;
  /// No peer wanted anything.
  virtual void idle() = 0;
};

class ServingLoop {
 public:
  explicit ServingLoop(Pace& pace) : pace_(pace) {}
  void add(Attachment& attachment) { attachments_.push_back(&attachment); }
  /// Waits once, at most Pace::patience(), and serves whoever is ready. A signal ends the wait.
  void turn();

 private:
  void let_time_pass();

  Pace& pace_;
  std::vector<Attachment*> attachments_;
  std::vector<pollfd> files_;
  os::Waiting waiting_;
  bool in_talk_ = false;  ///< a peer wanted something in the last turn: the next is not far
};

}  // namespace emulator::attach
