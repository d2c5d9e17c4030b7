// SPDX-License-Identifier: BSD-3-Clause
// An answer on its way from a client to the bus.
#pragma once

#include "base/bytes.h"
#include "base/promise.h"

namespace emulator::clients {

/// What was written, all of it: a client that makes room for its longest answer cuts none.
inline base::ByteView whole(const base::ByteWriter& answer) {
  MEBENCH_PROMISE(answer.ok(), "an answer fits its buffer");
  return answer.written();
}

}  // namespace emulator::clients
