// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/firmware/power_policy.h"

#include <fmt/format.h>

#include <span>
#include <string_view>

namespace emulator::firmware {
namespace {

enum class RunsOn : std::uint8_t { in_none, in_s3, in_s3_to_s5 };

struct PowerPolicy {
  std::string_view name;
  RunsOn runs_on;
};

constexpr PowerPolicy kDesktop[] = {
    {"Desktop: ON in S0", RunsOn::in_none},
    {"Desktop: ON in S0, S3", RunsOn::in_s3},
    {"Desktop: ON in S0, S3, S4-5", RunsOn::in_s3_to_s5},
    {"Desktop: ON in S0, ME Wake in S3", RunsOn::in_none},
    {"Desktop: ON in S0, ME Wake in S3, S4-5", RunsOn::in_none},
    {"Desktop: ON in S0, S3, S4-5, OFF After Power Loss", RunsOn::in_s3_to_s5},
    {"Desktop: ON in S0, ME Wake in S3, S4-5, OFF After Power Loss", RunsOn::in_none}};
constexpr PowerPolicy kMobile[] = {
    {"Mobile: ON in S0", RunsOn::in_none},
    {"Mobile: ON in S0, S3/AC", RunsOn::in_s3},
    {"Mobile: ON in S0, S3/AC, S4-5/AC", RunsOn::in_s3_to_s5},
    {"Mobile: ON in S0, ME Wake in S3/AC", RunsOn::in_none},
    {"Mobile: ON in S0, ME Wake in S3/AC, S4-5/AC", RunsOn::in_none}};

/// Null: it has no name.
const PowerPolicy* find(Form form, std::uint8_t policy) {
  const std::span<const PowerPolicy> all =
      form == Form::mobile ? std::span<const PowerPolicy>(kMobile) : kDesktop;
  return policy < all.size() ? &all[policy] : nullptr;
}

}  // namespace

std::string power_policy_name(Form form, std::uint8_t policy) {
  const PowerPolicy* const known = find(form, policy);
  return known != nullptr ? std::string(known->name) : fmt::format("Power policy {}", policy);
}

bool stays_on(Form form, std::uint8_t policy, Sleep sleep) {
  const PowerPolicy* const known = find(form, policy);
  if (known == nullptr) return false;
  return known->runs_on == RunsOn::in_s3_to_s5 ||
         (known->runs_on == RunsOn::in_s3 && sleep == Sleep::s3);
}

}  // namespace emulator::firmware
