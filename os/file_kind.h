// SPDX-License-Identifier: BSD-3-Clause
// What stands behind a path: a file that holds bytes, or something that waits, acts or never ends.
#pragma once

#include <sys/stat.h>

namespace os {

/// As a person would say it, of st_mode: "a file", "a folder", "a pipe", "a device", "a socket".
const char* kind_in_words(mode_t mode);

/// What is written straight: bytes go through it, and it has no old contents to lose.
constexpr bool is_stream(mode_t mode) {
  return S_ISFIFO(mode) || S_ISCHR(mode) || S_ISSOCK(mode);
}

}  // namespace os
