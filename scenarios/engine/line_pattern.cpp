// SPDX-License-Identifier: BSD-3-Clause
// The only file that knows std::regex: it throws, and its header does not compile without warnings
// under sanitizers (scenarios/engine/CMakeLists.txt).
#include "scenarios/engine/line_pattern.h"

#include <regex>

namespace scenarios::engine {

struct LinePattern::Compiled {
  std::regex regex;
};

LinePattern::LinePattern(std::shared_ptr<const Compiled> compiled)
    : compiled_(std::move(compiled)) {}

std::optional<LinePattern> LinePattern::compile(const std::string& text) {
  try {
    return LinePattern(std::make_shared<const Compiled>(Compiled{std::regex(text)}));
  } catch (const std::regex_error&) {
    return std::nullopt;
  }
}

bool LinePattern::finds(const std::string& line) const {
  return std::regex_search(line, compiled_->regex);
}

}  // namespace scenarios::engine
