// SPDX-License-Identifier: BSD-3-Clause
// The operating system's error numbers as errors a person can act on: each transport has a table of
// its own, one function reads them all.
#pragma once

#include <span>
#include <string>

#include "base/result.h"

namespace os {

struct Meaning {
  int number;
  base::Errc code;
  const char* advice;  ///< after the system's own words; null: they are enough
};

/// "DOING: the system's words - advice", status = `number`. The first row of `meanings` with the
/// number decides; then what holds for every file (EACCES and EPERM: permission, run this as root);
/// else io without advice.
base::Error explain(std::span<const Meaning> meanings, const std::string& doing, int number);

}  // namespace os
