// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/circumstances.h"

#include <fmt/format.h>

namespace scenarios::field {

Circumstances both(const Circumstances& first, const Circumstances& second) {
  Circumstances merged = first;
  const auto append = [](auto& to, const auto& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  append(merged.set, second.set);
  append(merged.arguments, second.arguments);
  append(merged.files, second.files);
  append(merged.faults, second.faults);
  if (second.image != Circumstances::Image::right) merged.image = second.image;
  if (second.board != Circumstances::Board::sound) merged.board = second.board;
  return merged;
}

Circumstances on_a_small_board() {
  Circumstances small;
  small.set = {{"flash.part", "MX25L3205D", "a search"},
               {"flash.code_size", "0x10000", "a search"}};
  return small;
}

std::string set_key(const Circumstances& circumstances) {
  std::string key;
  for (const auto& change : circumstances.set)
    key += fmt::format("|{}={}", change.key, change.value);
  return key;
}

}  // namespace scenarios::field
