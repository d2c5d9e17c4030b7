// SPDX-License-Identifier: BSD-3-Clause
// Regular expressions over lines (ECMAScript grammar), as stories and --filter write them.
#pragma once

#include <memory>
#include <optional>
#include <string>

namespace scenarios::engine {

class LinePattern {
 public:
  /// Nothing when `text` is not a regular expression.
  static std::optional<LinePattern> compile(const std::string& text);

  /// Whether it matches some part of `line`.
  bool finds(const std::string& line) const;

 private:
  struct Compiled;
  explicit LinePattern(std::shared_ptr<const Compiled> compiled);
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace scenarios::engine
