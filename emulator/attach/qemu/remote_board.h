// SPDX-License-Identifier: GPL-2.0-or-later
// A board that is in the process of a story (mesim run --in guest), at the other end of a socket:
// each access to its registers is a question there (emulator/attach/board_line.h).
#pragma once

#include <memory>

#include "base/result.h"
#include "emulator/attach/board_line.h"
#include "emulator/attach/qemu/port_board.h"
#include "os/descriptor.h"
#include "os/waiting.h"

namespace emulator::attach::qemu {

class RemoteBoard final : public PortBoard {
 public:
  /// Errors: io (nobody listens at `socket`), protocol (nobody answers there).
  static base::Result<std::unique_ptr<RemoteBoard>> connect(const std::string& socket,
                                                            BoardHost& host, base::TimePoint now);

  void run_until(base::TimePoint now) override { now_ = now; }
  std::optional<base::TimePoint> next_event() override;
  int wakes() const override { return lost_ ? -1 : line_.number(); }
  void reset() override;
  /// Nothing is kept here, and nothing goes back: the board is the story's.
  base::Result<base::Bytes> save() override;
  base::Result<void> restore(base::ByteView saved) override;
  std::uint32_t read_config(std::uint32_t offset, std::uint32_t size) override;
  void write_config(std::uint32_t offset, std::uint32_t value, std::uint32_t size) override;
  base::Mmio& bar() override { return bar_; }
  base::Mmio* tis() override { return has_tpm_ ? &tis_ : nullptr; }

 private:
  using Kind = BoardQuestion::Kind;

  /// A window of registers.
  class Window final : public base::Mmio {
   public:
    Window(RemoteBoard& board, Kind read, Kind write) : board_(board), read_(read), write_(write) {}
    std::uint32_t read32(std::uint32_t offset) override;
    void write32(std::uint32_t offset, std::uint32_t value) override;
    std::uint8_t read8(std::uint32_t offset) override;
    void write8(std::uint32_t offset, std::uint8_t value) override;

   private:
    RemoteBoard& board_;
    Kind read_;
    Kind write_;
  };

  RemoteBoard(os::Descriptor line, BoardHost& host, base::TimePoint now)
      : line_(std::move(line)), host_(host), now_(now), next_(now) {}

  std::uint32_t ask(BoardQuestion question);
  bool hear(BoardWord& word);
  void obey(const BoardWord& word);
  bool is_called() const;
  void lose_line();

  os::Descriptor line_;
  os::Waiting waiting_;
  bool lost_ = false;  ///< nobody is at its other end any more
  BoardHost& host_;
  base::TimePoint now_;   ///< of the call that is under way
  base::TimePoint next_;  ///< as the last answer said
  bool has_tpm_ = false;
  Window bar_{*this, Kind::bar_read, Kind::bar_write};
  Window tis_{*this, Kind::tis_read, Kind::tis_write};
};

}  // namespace emulator::attach::qemu
