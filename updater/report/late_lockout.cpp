// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/late_lockout.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "protocol/tools/meinfo_tpm.h"

namespace updater::report {
namespace {

/// In the record's order, which is MEInfo's.
constexpr std::array kLockoutLines = {
    &protocol::tools::kTpmThreshold, &protocol::tools::kTpmLockout,
    &protocol::tools::kTpmMultiplier, &protocol::tools::kTpmFadeOut};

using FourOfLockout = std::array<std::uint16_t, kLockoutLines.size()>;

std::optional<LockoutRemains> remains_of_four(const FourOfLockout& four) {
  return remains_of({.threshold = four[0],
                     .initial_seconds = four[1],
                     .multiplier = four[2],
                     .fade_out_seconds = four[3]});
}

/// The number at the front of `text`, behind blanks and colons, which it loses.
std::optional<std::uint16_t> take_number(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n:,/"), text.size()));
  std::uint16_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

}  // namespace

std::optional<LockoutRemains> late_lockout_alone(std::string_view text) {
  FourOfLockout four{};
  for (std::uint16_t& each : four) {
    const auto value = take_number(text);
    if (!value) return std::nullopt;
    each = *value;
  }
  if (text.find_first_not_of(" \t\r\n") != text.npos) return std::nullopt;
  return remains_of_four(four);
}

std::optional<LockoutRemains> late_lockout_in_lines(std::string_view text) {
  FourOfLockout four{};
  for (std::size_t i = 0; i < four.size(); ++i) {
    const std::size_t at = text.find(kLockoutLines[i]->label);
    if (at == text.npos) return std::nullopt;
    text.remove_prefix(at + kLockoutLines[i]->label.size());
    const auto value = take_number(text);
    if (!value) return std::nullopt;
    four[i] = *value;
  }
  return remains_of_four(four);
}

std::string remains_text(const LockoutRemains& remains) {
  return fmt::format(
      "Read back from these four lockout numbers, the TPM holds: multiplier {}, fade-out {} s, and "
      "a first lockout whose lower byte is {} (in seconds). The threshold is lost.\n",
      remains.multiplier, remains.fade_out_seconds, remains.initial_low);
}

}  // namespace updater::report
