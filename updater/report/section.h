// SPDX-License-Identifier: BSD-3-Clause
// One titled section of people's text: "label  value" lines, and its title only when there are any.
#pragma once

#include <fmt/format.h>

#include <string>

#include "updater/inventory/inventory.h"

namespace updater::report {

class Section {
 public:
  explicit Section(const char* title) : title_(title) {}

  void add(const char* label, const std::string& value) {
    lines_ += fmt::format("  {:24}{}\n", label, value);
  }

  template <class T, class Show>
  void add(const char* label, const inventory::Answer<T>& fact, Show show) {
    if (fact) add(label, std::string(show(*fact)));
  }

  std::string text() const { return lines_.empty() ? "" : fmt::format("{}\n{}", title_, lines_); }

 private:
  const char* title_;
  std::string lines_;
};

/// Sections that hold something, one empty line between them.
std::string joined_sections(std::initializer_list<std::string> sections);

}  // namespace updater::report
