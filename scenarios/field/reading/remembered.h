// SPDX-License-Identifier: BSD-3-Clause
// What was made of a text before. Logs repeat themselves - a driver's complaint a second, a label a
// run -, and what a line is by itself does not change.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace scenarios::field {

template <class Value>
class Remembered {
 public:
  /// `make(text)`, or what it gave before. Valid until the next call.
  template <class Make>
  const Value& of(std::string_view text, Make make) {
    std::string key(text);
    if (const auto known = known_.find(key); known != known_.end()) return known->second;
    if (known_.size() >= kMost) known_.clear();
    Value made = make(text);
    return known_.emplace(std::move(key), std::move(made)).first->second;
  }

 private:
  /// A text without repetitions must not fill the memory.
  static constexpr std::size_t kMost = 4096;

  std::unordered_map<std::string, Value> known_;
};

}  // namespace scenarios::field
