// SPDX-License-Identifier: BSD-3-Clause
// The board for C programs: what goes wrong on it, and what became of it.
#include <fmt/format.h>

#include "face/c/handles.h"

namespace face {
namespace {

std::string words_of(const mebench::Fault& fault) {
  return fmt::format("{} at {}, occurrence {}", fault.action, fault.point, fault.occurrence);
}

mebench::Fault fault_of(const mebench_fault& fault) {
  return {.point = fault.point,
          .action = fault.action,
          .occurrence = fault.occurrence == 0 ? 1 : fault.occurrence,
          .repeat = fault.repeat == 0 ? 1 : fault.repeat,
          .delay = mebench::Duration(fault.delay),
          .status = fault.status};
}

}  // namespace
}  // namespace face

using face::error_of;
using face::guarded;

mebench_error* mebench_arm(mebench_board* board, const mebench_fault* fault) {
  return guarded("mebench_arm", {board, fault}, [&]() -> mebench_error* {
    if (fault->size < sizeof(mebench_fault) || fault->point == nullptr ||
        fault->action == nullptr) {
      return error_of(mebench::Error{
          mebench::Errc::invalid,
          "mebench_fault needs size = sizeof(mebench_fault), a point and an action"});
    }
    const auto armed = board->watched->board.arm(face::fault_of(*fault));
    return armed ? nullptr : error_of(armed.error());
  });
}

void mebench_disarm_all(mebench_board* board) {
  board->watched->board.disarm_all();
}

mebench_error* mebench_unfired(mebench_board* board, mebench_texts** out) {
  return guarded("mebench_unfired", {board, out}, [&]() -> mebench_error* {
    std::vector<std::string> texts;
    for (const auto& fault : board->watched->board.unfired())
      texts.push_back(face::words_of(fault));
    *out = face::given(std::move(texts));
    return nullptr;
  });
}

mebench_error* mebench_facts(mebench_board* board, mebench_texts** names,
                             mebench_texts** meanings) {
  return guarded("mebench_facts", {board, names, meanings}, [&]() -> mebench_error* {
    std::vector<std::string> all;
    std::vector<std::string> what;
    for (const auto& fact : board->watched->board.facts()) {
      all.push_back(fact.name);
      what.push_back(fact.meaning);
    }
    std::unique_ptr<mebench_texts> first(face::given(std::move(all)));
    *meanings = face::given(std::move(what));
    *names = first.release();
    return nullptr;
  });
}

mebench_error* mebench_fact(mebench_board* board, const char* name, char** out) {
  return guarded("mebench_fact", {board, name, out}, [&]() -> mebench_error* {
    const auto value = board->watched->board.fact(name);
    if (!value) return error_of(value.error());
    *out = face::given(*value);
    return nullptr;
  });
}

mebench_error* mebench_bus(mebench_board* board, mebench_texts** out) {
  return guarded("mebench_bus", {board, out}, [&]() -> mebench_error* {
    *out = face::given(board->watched->bus.last_lines());
    return nullptr;
  });
}
