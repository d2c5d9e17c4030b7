// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boards/circumstances.h"

#include <utility>

namespace scenarios::field {
namespace {

/// Of one value after another; their order counts.
class HashOfAll {
 public:
  template <typename T>
  void add(const T& value) {
    constexpr std::size_t kPrime = 1099511628211u;  // FNV's, of 64 bits
    sum_ = (sum_ ^ std::hash<T>{}(value)) * kPrime;
  }
  void add(const engine::TextFile& file) {
    add(file.name);
    add(file.text);
  }
  void add(const emulator::sim::FaultRule& rule) {
    add(rule.point);
    add(rule.occurrence);
    add(rule.action);
    add(rule.delay.count());
    add(rule.repeat);
    add(rule.status);
    add(rule.chance);
  }
  template <typename List>
  void add_each(const List& list) {
    add(list.size());
    for (const auto& each : list) add(each);
  }
  std::size_t sum() const { return sum_; }

 private:
  std::size_t sum_ = 14695981039346656037u;  // its basis
};

}  // namespace

Circumstances both(const Circumstances& first, const Circumstances& second) {
  Circumstances merged = first;
  const auto append = [](auto& to, const auto& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  for (const auto& [key, value] : second.set) merged.set.insert_or_assign(key, value);
  append(merged.arguments, second.arguments);
  append(merged.files, second.files);
  append(merged.faults, second.faults);
  merged.passing.insert(second.passing.begin(), second.passing.end());
  if (second.update_password) merged.update_password = second.update_password;
  if (second.image != Circumstances::Image::right) merged.image = second.image;
  if (second.condition != Circumstances::Condition::sound) merged.condition = second.condition;
  return merged;
}

std::vector<std::string> with_update_password(const engine::TextFile& file) {
  return {"--password-file", "${file:" + file.name + "}"};
}

Circumstances of_today(Circumstances circumstances) {
  for (const ProfileKey key : circumstances.passing) circumstances.set.erase(key);
  circumstances.passing.clear();
  return circumstances;
}

Circumstances without_what_was_typed(Circumstances circumstances) {
  circumstances.arguments.clear();
  circumstances.files.clear();
  circumstances.update_password.reset();
  return circumstances;
}

Circumstances on_a_small_board() {
  Circumstances small;
  small.set = {{ProfileKey::flash_part, "MX25L3205D"}, {ProfileKey::code_size, 0x10000u}};
  return small;
}

}  // namespace scenarios::field

std::size_t std::hash<scenarios::field::Circumstances>::operator()(
    const scenarios::field::Circumstances& circumstances) const {
  scenarios::field::HashOfAll all;
  all.add(circumstances.set.size());
  for (const auto& [key, value] : circumstances.set) {
    all.add(key);
    all.add(value);
  }
  all.add_each(circumstances.passing);
  all.add_each(circumstances.arguments);
  all.add_each(circumstances.files);
  all.add(circumstances.update_password.has_value());
  if (circumstances.update_password) all.add(*circumstances.update_password);
  all.add_each(circumstances.faults);
  all.add(circumstances.image);
  all.add(circumstances.condition);
  return all.sum();
}
