// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boards/circumstances.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/field/boards/build_profile.h"

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
  merged.passing.insert(second.passing.begin(), second.passing.end());
  if (second.update_password) merged.update_password = second.update_password;
  if (second.image != Circumstances::Image::right) merged.image = second.image;
  if (second.board != Circumstances::Board::sound) merged.board = second.board;
  return merged;
}

std::vector<std::string> with_update_password(const engine::TextFile& file) {
  return {"--password-file", "${file:" + file.name + "}"};
}

Circumstances of_today(Circumstances circumstances) {
  std::erase_if(circumstances.set,
                [&](const auto& change) { return circumstances.passing.contains(change.key); });
  circumstances.passing.clear();
  return circumstances;
}

std::string bare(std::string toml) {
  std::erase(toml, '"');
  return toml;
}

std::vector<emulator::machine::Override> changes(
    const std::vector<emulator::machine::Override>& set, const std::vector<ProfileValue>& profile) {
  std::vector<emulator::machine::Override> kept;
  for (const auto& change : set) {
    std::erase_if(kept, [&](const auto& earlier) { return earlier.key == change.key; });
    const ProfileValue* told = find(profile, change.key);
    if (told == nullptr || bare(told->toml) != change.value) kept.push_back(change);
  }
  std::sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  return kept;
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

std::string fault_key(const Circumstances& circumstances) {
  std::string key;
  for (const auto& fault : circumstances.faults) key += fmt::format("|{}", to_text(fault));
  return key;
}

}  // namespace scenarios::field
