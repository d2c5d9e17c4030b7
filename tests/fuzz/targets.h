// SPDX-License-Identifier: BSD-3-Clause
// What the fuzzers feed: each target takes any bytes, and must come back without a crash, an
// endless wait or a broken promise.
#pragma once

#include "base/bytes.h"

namespace fuzz {

/// The bytes are an image file.
void image(base::ByteView bytes);

/// The bytes are the damage that a hostile ME does to what the updater's HECI driver reads from
/// its registers.
void heci_host(base::ByteView bytes);

/// The bytes are what a hostile host writes to the registers of the emulated device, and when.
void heci_device(base::ByteView bytes);

struct Target {
  const char* name;
  void (*run)(base::ByteView);
};
inline constexpr Target kTargets[] = {
    {"image", image}, {"heci_host", heci_host}, {"heci_device", heci_device}};

/// Ends the program: a fuzzer, and a death of a test, are told by it.
void promise(bool kept, const char* what);

}  // namespace fuzz
