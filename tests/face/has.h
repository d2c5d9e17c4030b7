// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

/// Whether `part` stands in `text`.
inline bool has(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}
