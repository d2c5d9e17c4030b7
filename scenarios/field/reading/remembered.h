// SPDX-License-Identifier: BSD-3-Clause
// What was made of a text before. Logs repeat themselves - a driver's complaint a second, a label a
// run -, and what a line is by itself does not change.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace scenarios::field {

/// A text has one place, which another one takes from it: what is never asked for again costs no
/// more than that.
template <class Value>
class Remembered {
 public:
  /// `make(text)`, or what it gave before. Valid until the next call, which `make` must not do.
  template <class Make>
  const Value& of(std::string_view text, Make make) {
    if (places_.empty()) places_.resize(kPlaces);
    Place& place = places_[std::hash<std::string_view>{}(text) % kPlaces];
    if (place.is_taken && place.text == text) return place.value;
    place.is_taken = false;
    place.value = make(text);
    place.text = text;
    place.is_taken = true;
    return place.value;
  }

 private:
  static constexpr std::size_t kPlaces = 2048;
  struct Place {
    std::string text;
    Value value = {};
    bool is_taken = false;
  };

  std::vector<Place> places_;
};

}  // namespace scenarios::field
