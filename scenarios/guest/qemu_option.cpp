// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/qemu_option.h"

#include <fmt/format.h>

namespace scenarios::guest {

std::string option_value(const std::string& text) {
  std::string doubled;
  for (const char c : text) doubled += c == ',' ? std::string(",,") : std::string(1, c);
  return doubled;
}

std::string option_property(const char* name, const std::string& text) {
  return text.empty() ? std::string() : fmt::format(",{}={}", name, option_value(text));
}

}  // namespace scenarios::guest
