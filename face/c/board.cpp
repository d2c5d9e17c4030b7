// SPDX-License-Identifier: BSD-3-Clause
// The board for C programs: making one, its power, its time, its state.
#include <cstring>
#include <optional>
#include <span>
#include <utility>

#include "emulator/machine/machine.h"
#include "face/board/inside.h"
#include "face/c/handles.h"
#include "protocol/firmware_version.h"

namespace face {
namespace {

using mebench::Board;
using mebench::BoardOptions;
using mebench::Errc;
using mebench::Error;
using mebench::Result;

mebench_error* failed(const Result<void>& result) {
  return result ? nullptr : error_of(result.error());
}

/// "tpm.fitted=false"; nothing without a '='.
std::optional<mebench::Setting> setting_of(const char* text) {
  const char* sign = text == nullptr ? nullptr : std::strchr(text, '=');
  if (sign == nullptr) return std::nullopt;
  return mebench::Setting{.key = std::string(text, sign), .value = sign + 1};
}

Result<BoardOptions> options_of(const mebench_options* given) {
  BoardOptions options;
  if (given == nullptr) return options;
  if (given->size < sizeof(mebench_options))
    return Error{Errc::invalid, "mebench_options.size must be sizeof(mebench_options)"};
  for (const char* text : std::span(given->settings, given->setting_count)) {
    auto setting = setting_of(text);
    if (!setting) {
      return Error{Errc::invalid, "mebench_options.settings: \"" +
                                      std::string(text == nullptr ? "NULL" : text) +
                                      "\" is not KEY=VALUE, such as tpm.fitted=false"};
    }
    options.set.push_back(std::move(*setting));
  }
  if (given->seed != 0) options.seed = given->seed;
  if (given->flash != nullptr)
    options.flash.emplace(given->flash, given->flash + given->flash_size);
  return options;
}

}  // namespace

WatchedBoard::WatchedBoard(Board made) : board(std::move(made)) {
  mebench::BoardInside::machine(board).trace().attach(bus);
}

}  // namespace face

using face::error_of;
using face::guarded;

mebench_error* mebench_machines(mebench_texts** out) {
  return guarded("mebench_machines", {out}, [&]() -> mebench_error* {
    *out = face::given(mebench::Board::machines());
    return nullptr;
  });
}

mebench_error* mebench_board_make(const char* machine, const mebench_options* options,
                                  mebench_board** out) {
  return guarded("mebench_board_make", {machine, out}, [&]() -> mebench_error* {
    auto wanted = face::options_of(options);
    if (!wanted) return error_of(wanted.error());
    auto made = mebench::Board::make(machine, *std::move(wanted));
    if (!made) return error_of(made.error());
    *out = new mebench_board{std::make_shared<face::WatchedBoard>(*std::move(made))};
    return nullptr;
  });
}

void mebench_board_free(mebench_board* board) {
  delete board;
}

mebench_error* mebench_board_boot(mebench_board* board, int64_t limit) {
  return guarded("mebench_board_boot", {board}, [&] {
    return face::failed(board->watched->board.boot(mebench::Duration(limit)));
  });
}
void mebench_board_power_on(mebench_board* board) {
  board->watched->board.power_on();
}
void mebench_board_power_cut(mebench_board* board) {
  board->watched->board.power_cut();
}
void mebench_board_reset_platform(mebench_board* board) {
  board->watched->board.reset_platform();
}
void mebench_board_reset_me(mebench_board* board) {
  board->watched->board.reset_me();
}

mebench_error* mebench_board_bios(mebench_board* board, const char* const* actions, size_t count) {
  return guarded("mebench_board_bios", {board, actions}, [&]() -> mebench_error* {
    const std::vector<std::string> words(actions, actions + count);
    return face::failed(board->watched->board.bios_setup(words));
  });
}

int64_t mebench_board_now(mebench_board* board) {
  return board->watched->board.clock().now().count();
}
void mebench_board_advance(mebench_board* board, int64_t amount) {
  board->watched->board.clock().sleep(mebench::Duration(amount));
}

mebench_error* mebench_update_image(mebench_board* board, const char* version, mebench_bytes* out) {
  return guarded("mebench_update_image", {board, version, out}, [&]() -> mebench_error* {
    const auto wanted = protocol::parse_firmware_version(version);
    if (!wanted) {
      return error_of(mebench::Error{
          mebench::Errc::invalid,
          "\"" + std::string(version) + "\" is no version; one is like 5.2.70.1046"});
    }
    const auto image = board->watched->board.update_image(
        {wanted->major, wanted->minor, wanted->hotfix, wanted->build});
    if (!image) return error_of(image.error());
    *out = face::given(*image);
    return nullptr;
  });
}

mebench_error* mebench_flash(mebench_board* board, mebench_bytes* out) {
  return guarded("mebench_flash", {board, out}, [&]() -> mebench_error* {
    *out = face::given(board->watched->board.flash());
    return nullptr;
  });
}

mebench_error* mebench_snapshot(mebench_board* board, mebench_bytes* out) {
  return guarded("mebench_snapshot", {board, out}, [&]() -> mebench_error* {
    *out = face::given(board->watched->board.snapshot());
    return nullptr;
  });
}

mebench_error* mebench_restore(mebench_board* board, const uint8_t* saved, size_t size) {
  return guarded("mebench_restore", {board, saved}, [&] {
    return face::failed(board->watched->board.restore({saved, size}));
  });
}
