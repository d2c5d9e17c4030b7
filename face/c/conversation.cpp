// SPDX-License-Identifier: BSD-3-Clause
// The board for C programs, in lines of text: for who brings it to a program in another process.
#include <optional>
#include <utility>

#include "face/c/handles.h"
#include "face/updater/given_host.h"
#include "scenarios/program/device_lines.h"

namespace face {

/// A board's parts as the lines want them.
struct GivenDevices {
  explicit GivenDevices(mebench::Board& board) : me(board.me()), clock(board.clock()) {
    if (mebench::TpmTransport* given = board.tpm()) tpm.emplace(*given);
  }
  GivenMe me;
  std::optional<GivenTpm> tpm;
  GivenClock clock;
};

}  // namespace face

struct mebench_conversation {
  explicit mebench_conversation(std::shared_ptr<face::WatchedBoard> whose)
      : watched(std::move(whose)),
        devices(watched->board),
        lines({.me = devices.me,
               .tpm = devices.tpm ? &*devices.tpm : nullptr,
               .clock = devices.clock}) {}

  // Each uses those before it until it goes.
  std::shared_ptr<face::WatchedBoard> watched;
  face::GivenDevices devices;
  scenarios::program::DeviceLines lines;
};

mebench_error* mebench_conversation_begin(mebench_board* board, mebench_conversation** out) {
  return face::guarded("mebench_conversation_begin", {board, out}, [&]() -> mebench_error* {
    *out = new mebench_conversation(board->watched);
    return nullptr;
  });
}

mebench_error* mebench_conversation_say(mebench_conversation* conversation, const char* request,
                                        char** answer) {
  return face::guarded("mebench_conversation_say", {conversation, request, answer},
                       [&]() -> mebench_error* {
                         *answer = face::given(conversation->lines.answer(request));
                         return nullptr;
                       });
}

void mebench_conversation_end(mebench_conversation* conversation) {
  delete conversation;
}
