// SPDX-License-Identifier: GPL-2.0-or-later
// The C side of the board: nothing but the calls of board_port.h handed to it.
#include "emulator/attach/qemu/board_port.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "emulator/attach/qemu/board.h"
#include "emulator/attach/qemu/remote_board.h"

using emulator::attach::qemu::Board;
using emulator::attach::qemu::BoardHost;
using emulator::attach::qemu::BoardOptions;
using emulator::attach::qemu::PortBoard;
using emulator::attach::qemu::RemoteBoard;

namespace {

class Host final : public BoardHost {
 public:
  explicit Host(const MebenchBoardHost& host) : host_(host) {}
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
  return as_port(Board::make(wanted, host, now));
}

}  // namespace

struct MebenchBoard {
  Host host;
  std::unique_ptr<PortBoard> board;

  PortBoard& by(std::int64_t now) {
    board->run_until(at(now));
    return *board;
  }
};

extern "C" {

MebenchBoard* mebench_board_make(const MebenchBoardOptions* options, const MebenchBoardHost* host,
                                 std::int64_t now, char** error) {
  auto made = std::unique_ptr<MebenchBoard>(new MebenchBoard{Host(*host), nullptr});
  auto board = make_board(*options, made->host, at(now));
  if (!board) {
    *error = ::strdup(board.error().doing.c_str());
    return nullptr;
  }
  made->board = std::move(board).value();
  return made.release();
}

void mebench_board_free(MebenchBoard* board) {
  delete board;
}

void mebench_board_run(MebenchBoard* board, std::int64_t now, std::int64_t* next) {
  const auto due = board->by(now).next_event();
  *next = due ? due->count() : std::numeric_limits<std::int64_t>::max();
}

int mebench_board_wakes(const MebenchBoard* board) {
  return board->board->wakes();
}

void mebench_board_reset(MebenchBoard* board, std::int64_t now) {
  board->by(now).reset();
}

std::uint8_t* mebench_board_save(MebenchBoard* board, std::int64_t now, std::uint32_t* size) {
  const base::Bytes saved = board->by(now).save();
  auto* copy = static_cast<std::uint8_t*>(std::malloc(saved.size()));
  std::ranges::copy(saved, copy);
  *size = static_cast<std::uint32_t>(saved.size());
  return copy;
}

char* mebench_board_restore(MebenchBoard* board, const std::uint8_t* saved, std::uint32_t size) {
  const auto restored = board->board->restore({saved, size});
  return restored ? nullptr : ::strdup(restored.error().doing.c_str());
}

std::uint32_t mebench_board_config_read(MebenchBoard* board, std::int64_t now, std::uint32_t offset,
                                        std::uint32_t size) {
  return board->by(now).read_config(offset, size);
}

void mebench_board_config_write(MebenchBoard* board, std::int64_t now, std::uint32_t offset,
                                std::uint32_t value, std::uint32_t size) {
  board->by(now).write_config(offset, value, size);
}

std::uint32_t mebench_board_bar_read(MebenchBoard* board, std::int64_t now, std::uint32_t offset,
                                     std::uint32_t size) {
  return emulator::attach::qemu::read(board->by(now).bar(), offset, size);
}

void mebench_board_bar_write(MebenchBoard* board, std::int64_t now, std::uint32_t offset,
                             std::uint32_t value, std::uint32_t size) {
  emulator::attach::qemu::write(board->by(now).bar(), offset, value, size);
}

int mebench_board_has_tpm(MebenchBoard* board) {
  return board->board->tis() != nullptr;
}

std::uint32_t mebench_board_tis_read(MebenchBoard* board, std::int64_t now, std::uint32_t offset,
                                     std::uint32_t size) {
  base::Mmio* tis = board->by(now).tis();
  return tis == nullptr ? 0xFFFFFFFFu : emulator::attach::qemu::read(*tis, offset, size);
}

void mebench_board_tis_write(MebenchBoard* board, std::int64_t now, std::uint32_t offset,
                             std::uint32_t value, std::uint32_t size) {
  base::Mmio* tis = board->by(now).tis();
  if (tis != nullptr) emulator::attach::qemu::write(*tis, offset, value, size);
}

}  // extern "C"
