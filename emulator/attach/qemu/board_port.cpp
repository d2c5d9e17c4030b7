// SPDX-License-Identifier: GPL-2.0-or-later
// The C side of the board: nothing but the calls of board_port.h handed to it.
#include "emulator/attach/qemu/board_port.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "emulator/attach/board_line.h"
#include "emulator/attach/qemu/plugin_board.h"
#include "emulator/attach/qemu/remote_board.h"

using emulator::attach::kFloating;
using emulator::attach::qemu::BoardHost;
using emulator::attach::qemu::BoardOptions;
using emulator::attach::qemu::PluginBoard;
using emulator::attach::qemu::PortBoard;
using emulator::attach::qemu::read;
using emulator::attach::qemu::RemoteBoard;
using emulator::attach::qemu::write;

/// The QEMU around a board, behind the functions that it gave.
class PortHost final : public BoardHost {
 public:
  explicit PortHost(const MebenchBoardHost& host) : host_(host) {}
  void set_intx(emulator::sim::Level level) override {
    host_.set_intx(host_.opaque, level == emulator::sim::Level::high);
  }
  void send_message(std::uint64_t address, std::uint32_t data) override {
    host_.send_message(host_.opaque, address, data);
  }
  void power_lost() override { host_.power_lost(host_.opaque); }
  void complain(const std::string& text) override { host_.complain(host_.opaque, text.c_str()); }

 private:
  MebenchBoardHost host_;
};

namespace {

std::string text_or_nothing(const char* text) {
  return text == nullptr ? std::string() : std::string(text);
}

base::TimePoint at(std::int64_t now) {
  return base::TimePoint(now);
}

template <class Made>
base::Result<std::unique_ptr<PortBoard>> as_port(base::Result<std::unique_ptr<Made>> made) {
  if (!made) return made.error();
  return std::unique_ptr<PortBoard>(std::move(made).value());
}

base::Result<std::unique_ptr<PortBoard>> make_board(const MebenchBoardOptions& options,
                                                    BoardHost& host, base::TimePoint now) {
  const std::string story = text_or_nothing(options.story);
  if (!story.empty()) return as_port(RemoteBoard::connect(story, host, now));
  const BoardOptions wanted{.machine = text_or_nothing(options.machine),
                            .machines = text_or_nothing(options.machines),
                            .set = text_or_nothing(options.set),
                            .state = text_or_nothing(options.state),
                            .trace = text_or_nothing(options.trace),
                            .faults = text_or_nothing(options.faults)};
  return as_port(PluginBoard::make(wanted, host, now));
}

}  // namespace

struct MebenchBoard {
  explicit MebenchBoard(const MebenchBoardHost& callbacks) : host(callbacks) {}

  /// What `act` reads of the board as it is at `now`.
  template <class Act>
  std::uint32_t ask(std::int64_t now, Act act) {
    std::uint32_t value = kFloating;
    tell(now, [&](PortBoard& there) { value = act(there); });
    return value;
  }
  /// False: the board is in a call already, and did nothing.
  template <class Act>
  bool tell(std::int64_t now, Act act) {
    if (inside_) return false;
    inside_ = true;
    board->run_until(at(now));
    act(*board);
    inside_ = false;
    return true;
  }

  PortHost host;
  std::unique_ptr<PortBoard> board;
  std::string tpm_acpi_id;

 private:
  bool inside_ = false;
};

extern "C" {

MebenchBoard* mebench_board_make(const MebenchBoardOptions* options, const MebenchBoardHost* host,
                                 std::int64_t now, char** error) {
  auto made = std::make_unique<MebenchBoard>(*host);
  auto board = make_board(*options, made->host, at(now));
  if (!board) {
    *error = ::strdup(board.error().doing.c_str());
    return nullptr;
  }
  made->board = std::move(board).value();
  made->tpm_acpi_id = made->board->tpm_acpi_id();
  return made.release();
}

void mebench_board_free(MebenchBoard* board) {
  delete board;
}

void mebench_board_run(MebenchBoard* board, std::int64_t now, std::int64_t* next) {
  *next = std::numeric_limits<std::int64_t>::max();
  board->tell(now, [&](PortBoard& there) {
    if (const auto due = there.next_event()) *next = due->count();
  });
}

int mebench_board_wakes(const MebenchBoard* board) {
  return board->board->wakes();
}

void mebench_board_reset(MebenchBoard* board, std::int64_t now) {
  board->tell(now, [](PortBoard& there) { there.reset(); });
}

std::uint8_t* mebench_board_save(MebenchBoard* board, std::uint32_t* size, char** error) {
  const auto saved = board->board->save();
  if (!saved) {
    *error = ::strdup(saved.error().doing.c_str());
    return nullptr;
  }
  auto* copy = static_cast<std::uint8_t*>(std::malloc(saved->size()));
  if (copy == nullptr) {
    *error = ::strdup("there is no memory for the saved board");
    return nullptr;
  }
  std::ranges::copy(*saved, copy);
  *size = static_cast<std::uint32_t>(saved->size());
  return copy;
}

char* mebench_board_restore(MebenchBoard* board, const std::uint8_t* saved, std::uint32_t size) {
  const auto restored = board->board->restore({saved, size});
  return restored ? nullptr : ::strdup(restored.error().doing.c_str());
}

std::uint32_t mebench_board_config_read(MebenchBoard* board, std::int64_t now, std::uint32_t offset,
                                        std::uint32_t size) {
  return board->ask(now, [&](PortBoard& there) { return there.read_config(offset, size); });
}

void mebench_board_config_write(MebenchBoard* board, std::int64_t now, std::uint32_t offset,
                                std::uint32_t value, std::uint32_t size) {
  board->tell(now, [&](PortBoard& there) { there.write_config(offset, value, size); });
}

std::uint32_t mebench_board_bar_read(MebenchBoard* board, std::int64_t now, std::uint32_t offset,
                                     std::uint32_t size) {
  return board->ask(now, [&](PortBoard& there) { return read(there.bar(), offset, size); });
}

void mebench_board_bar_write(MebenchBoard* board, std::int64_t now, std::uint32_t offset,
                             std::uint32_t value, std::uint32_t size) {
  board->tell(now, [&](PortBoard& there) { write(there.bar(), offset, value, size); });
}

int mebench_board_has_tpm(MebenchBoard* board) {
  return board->board->tis() != nullptr;
}

const char* mebench_board_tpm_acpi_id(const MebenchBoard* board) {
  return board->tpm_acpi_id.empty() ? nullptr : board->tpm_acpi_id.c_str();
}

std::uint32_t mebench_board_tis_read(MebenchBoard* board, std::int64_t now, std::uint32_t offset,
                                     std::uint32_t size) {
  return board->ask(now, [&](PortBoard& there) {
    base::Mmio* const tis = there.tis();
    return tis == nullptr ? kFloating : read(*tis, offset, size);
  });
}

void mebench_board_tis_write(MebenchBoard* board, std::int64_t now, std::uint32_t offset,
                             std::uint32_t value, std::uint32_t size) {
  board->tell(now, [&](PortBoard& there) {
    if (base::Mmio* const tis = there.tis()) write(*tis, offset, value, size);
  });
}

}  // extern "C"
