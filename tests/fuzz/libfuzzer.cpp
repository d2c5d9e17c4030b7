// SPDX-License-Identifier: BSD-3-Clause
// The way in for libFuzzer: one program a target (MEBENCH_FUZZ_TARGET), built when
// MEBENCH_LIBFUZZER is on.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::MEBENCH_FUZZ_TARGET({data, size});
  return 0;
}
