// SPDX-License-Identifier: BSD-3-Clause
// What a C program holds without seeing, and the way of every function from there to the C++ face:
// no exception leaves it.
#pragma once

#include <mebench/board.h>
#include <mebench/mebench.h>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/engine/bus_log.h"

struct mebench_error {
  mebench_code code = MEBENCH_IO;
  std::uint32_t status = 0;
  std::string text;
};

struct mebench_texts {
  std::vector<std::string> texts;
};

namespace face {

/// A board, and what its bus carried last.
struct WatchedBoard {
  explicit WatchedBoard(mebench::Board made);
  scenarios::engine::BusLog bus;  ///< hears of the board until that has gone
  mebench::Board board;
};

}  // namespace face

struct mebench_board {
  std::shared_ptr<face::WatchedBoard> watched;
};

struct mebench_connection {
  std::shared_ptr<face::WatchedBoard> watched;  ///< outlives the connection to it
  std::unique_ptr<mebench::MeConnection> connection;
};

namespace face {

mebench_error* error_of(const mebench::Error& error);
mebench_error* error_of(const base::Error& error);
/// Takes no memory; mebench_error_free() leaves it alone.
mebench_error* no_memory();

/// A copy that the caller frees. Throws std::bad_alloc.
char* given(const std::string& text);
mebench_bytes given(mebench::ByteView bytes);
mebench_texts* given(std::vector<std::string> texts);

/// What `call` gives; or that one of `needed` is null, in the words of `function`; or that there
/// was no memory.
template <class Call>
mebench_error* guarded(const char* function, std::initializer_list<const void*> needed,
                       const Call& call) noexcept {
  try {
    for (const void* pointer : needed) {
      if (pointer != nullptr) continue;
      return error_of(mebench::Error{
          mebench::Errc::invalid, std::string(function) + ": a pointer is NULL that may not be"});
    }
    return call();
  } catch (const std::bad_alloc&) {
    return no_memory();
  }
}

}  // namespace face
