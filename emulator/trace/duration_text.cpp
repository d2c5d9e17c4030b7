// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/trace/duration_text.h"

#include <fmt/format.h>

#include <cstdint>
#include <string_view>

namespace emulator::trace {
namespace {

constexpr std::int64_t kMicrosecond = 1'000;
constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kMinute = 60 * kSecond;

std::string in_unit(std::int64_t count, std::int64_t unit, std::string_view name) {
  std::string text = fmt::format("{}.{:09}", count / unit, count % unit * (kSecond / unit));
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text + std::string(name);
}

}  // namespace

std::string to_text(base::Duration duration) {
  const std::int64_t count = duration.count();
  if (count < 0) return '-' + to_text(-duration);
  if (count == 0) return "0s";
  if (count < kMicrosecond) return in_unit(count, 1, "ns");
  if (count < kMillisecond) return in_unit(count, kMicrosecond, "us");
  if (count < kSecond) return in_unit(count, kMillisecond, "ms");
  if (count < kMinute) return in_unit(count, kSecond, "s");
  const std::string minutes = fmt::format("{}min", count / kMinute);
  if (count % kMinute == 0) return minutes;
  return minutes + ' ' + in_unit(count % kMinute, kSecond, "s");
}

}  // namespace emulator::trace
