// SPDX-License-Identifier: BSD-3-Clause
// What stands in seeds/TARGET: well-formed beginnings, and each input that once broke something.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/targets.h"
#include "tests/source_dir.h"

namespace fuzz {
namespace {

class Seeds : public testing::TestWithParam<Target> {
 protected:
  static std::vector<std::filesystem::path> files() {
    std::vector<std::filesystem::path> out;
    const std::string folder =
        std::string(MEBENCH_SOURCE_DIR "/tests/fuzz/seeds/") + GetParam().name;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
  }
  /// Where MEBENCH_FUZZ_KEEP says so, the input that is about to be given stands in that file: who
  /// breaks with it leaves it behind.
  static void keep(const base::Bytes& bytes) {
    const char* const path = std::getenv("MEBENCH_FUZZ_KEEP");
    if (path == nullptr) return;
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), std::ssize(bytes));
  }
};

TEST_P(Seeds, AreTakenWithoutACrashOrABrokenPromise) {
  const auto seeds = files();
  ASSERT_FALSE(seeds.empty()) << "a target without a seed";
  for (const auto& path : seeds) {
    SCOPED_TRACE(path.string());
    std::ifstream in(path, std::ios::binary);
    const base::Bytes bytes{std::istreambuf_iterator<char>(in), {}};
    GetParam().run(bytes);
  }
}

/// Rounds of damage: MEBENCH_FUZZ_ROUNDS more of them where a computer has the time for it, which
/// is what can be done without clang's libFuzzer.
int rounds() {
  const char* const wanted = std::getenv("MEBENCH_FUZZ_ROUNDS");
  return wanted == nullptr ? 2 : std::atoi(wanted);
}

/// Some bytes changed, a piece repeated, the rest cut off: what a fuzzer does first.
base::Bytes changed_at_random(std::mt19937_64& random, base::Bytes bytes) {
  for (std::uint64_t i = random() % 6; i > 0 && !bytes.empty(); --i) {
    const auto at = static_cast<std::ptrdiff_t>(random() % bytes.size());
    const auto to = at + static_cast<std::ptrdiff_t>(random() % 32);
    const std::uint64_t how = random() % 8;
    if (how < 5) bytes[static_cast<std::size_t>(at)] = static_cast<std::uint8_t>(random());
    if (how == 5) bytes.resize(static_cast<std::size_t>(at));
    if (how > 5 && to <= std::ssize(bytes)) {
      const base::Bytes piece(bytes.begin() + at, bytes.begin() + to);
      bytes.insert(bytes.begin() + at, piece.begin(), piece.end());
    }
  }
  return bytes;
}

TEST_P(Seeds, AreTakenDamaged) {
  std::mt19937_64 random(2026);
  for (int round = 0; round < rounds(); ++round) {
    for (const auto& path : files()) {
      SCOPED_TRACE(path.string());
      std::ifstream in(path, std::ios::binary);
      const base::Bytes bytes = changed_at_random(random, {std::istreambuf_iterator<char>(in), {}});
      keep(bytes);
      GetParam().run(bytes);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Seeds, testing::ValuesIn(kTargets),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace fuzz
