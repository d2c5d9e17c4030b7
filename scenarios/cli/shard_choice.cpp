// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/shard_choice.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <string_view>

#include "os/report_file.h"

namespace scenarios::cli {
namespace {

struct Runner {
  const char* total;
  const char* index;
  const char* status_file;  ///< variable with the path of a file to make; nullptr: none
};
constexpr std::array kRunners = {
    Runner{"GTEST_TOTAL_SHARDS", "GTEST_SHARD_INDEX", nullptr},
    Runner{"TEST_TOTAL_SHARDS", "TEST_SHARD_INDEX", "TEST_SHARD_STATUS_FILE"}};

std::optional<std::size_t> number_in(const char* variable) {
  const char* const text = std::getenv(variable);
  if (text == nullptr) return std::nullopt;
  const std::string_view digits = text;
  std::size_t value = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (failure != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

base::Result<engine::Shard> shard_of(const Runner& runner) {
  const auto total = number_in(runner.total);
  const auto index = number_in(runner.index);
  if (!total || !index || *total == 0 || *index >= *total)
    return base::Error{base::Errc::invalid,
                       fmt::format("{} and {} must be numbers, the second below the first",
                                   runner.total, runner.index)};
  if (runner.status_file != nullptr) {
    if (const char* const path = std::getenv(runner.status_file); path != nullptr) {
      if (auto done = os::write_report(path, ""); !done) return done.error();
    }
  }
  return engine::Shard{.index = *index + 1, .count = *total};
}

}  // namespace

base::Result<engine::Shard> chosen_shard(const std::string& option) {
  if (!option.empty()) {
    if (const auto shard = engine::parse_shard(option)) return *shard;
    return base::Error{
        base::Errc::invalid,
        fmt::format("--shard {}: must be I/N with I from 1 to N, such as 2/4", option)};
  }
  for (const Runner& runner : kRunners) {
    if (std::getenv(runner.total) != nullptr) return shard_of(runner);
  }
  return engine::Shard{};
}

}  // namespace scenarios::cli
