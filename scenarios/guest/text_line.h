// SPDX-License-Identifier: BSD-3-Clause
// A serial line of a guest, at a socket that QEMU connects to: text both ways.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/attach/peer_stream.h"
#include "emulator/attach/serving_loop.h"
#include "os/unix_listener.h"

namespace scenarios::guest {

class TextLine final : public emulator::attach::Attachment {
 public:
  explicit TextLine(os::UnixListener listener) : listener_(std::move(listener)) {}

  /// Lost where nobody is connected.
  void write(std::string_view text);
  /// Takes in what has come by now, without waiting.
  void hear();
  /// The next whole line, without its end.
  std::optional<std::string> next_line();
  /// Everything that has come and was not taken.
  std::string take();
  /// The peer is gone, and what it said is forgotten.
  void drop();

  void list(std::vector<pollfd>& wanted) override;
  void serve(std::span<const pollfd> ready) override;
  void time_passed() override {}

 private:
  os::UnixListener listener_;
  std::optional<emulator::attach::PeerStream> peer_;
  std::string text_;
};

}  // namespace scenarios::guest
