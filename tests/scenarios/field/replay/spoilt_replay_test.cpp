// SPDX-License-Identifier: BSD-3-Clause
// Twenty owners' logs with two lines lost, doubled, garbled or wrapped: the board is built from
// what is left, prints the same, and what is set aside is what was spoilt.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "base/lines.h"
#include "scenarios/field/replay/field_bench.h"
#include "tests/scenarios/engine/load.h"
#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

using Texts = std::vector<std::string>;

enum class Spoil : std::uint8_t { lose, twice, garble, wrap };

/// Between the lines of the tool itself: its head decides which tool it is.
constexpr std::size_t kHead = 4;

struct Spoilt {
  Texts lines;
  std::set<std::string> was;  ///< the lines that were spoilt
};

void spoil_line(Texts& lines, std::size_t at, Spoil how, std::mt19937& random) {
  const std::string line = lines[at];
  const auto place = lines.begin() + static_cast<std::ptrdiff_t>(at);
  if (how == Spoil::lose) lines.erase(place);
  if (how == Spoil::twice) lines.insert(place, line);
  if (how == Spoil::garble) {
    for (char& c : lines[at]) c = c == ' ' ? ' ' : "#?%x~"[random() % 5];
  }
  const std::size_t blank = line.rfind(' ');
  if (how == Spoil::wrap && blank != std::string::npos && blank > 0) {
    lines[at] = line.substr(0, blank);
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at) + 1, line.substr(blank + 1));
  }
}

Spoilt spoilt(const std::string& log, Spoil how, unsigned seed) {
  std::mt19937 random(seed);
  Spoilt made{.lines = base::lines_of(log), .was = {}};
  for (int i = 0; i < 2; ++i) {
    const std::size_t at = kHead + random() % (made.lines.size() - kHead);
    made.was.insert(collapsed(made.lines[at]));
    spoil_line(made.lines, at, how, random);
  }
  return made;
}

std::string joined(const Texts& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

void expect_told(const Spoilt& sample, const std::string& what) {
  const engine::StoryFolder folder;
  auto bench = FieldBench::make(reading(joined(sample.lines)), folder.path());
  ASSERT_TRUE(bench) << what;
  ASSERT_EQ(bench->covered().size(), 1u) << what;
  const ReplayedRun& run = bench->replay_run(bench->covered()[0], {});
  const ComparedLine* first = run.comparison.first_difference();
  EXPECT_TRUE(run.reproduced()) << what << ": "
                                << (first == nullptr ? run.failure
                                                     : first->log.text + " / " + first->ours);
  for (const ComparedLine& line : run.comparison.lines) {
    if (!is_set_aside(line.verdict)) continue;
    const std::string& told = line.ours.empty() ? line.log.text : line.ours;
    EXPECT_TRUE(sample.was.contains(told)) << what << ": " << told;
  }
}

TEST(SpoiltReplay, OfTwentySamplesIsReproducedButForWhatWasSpoilt) {
  const std::string logs[] = {contents("esprimo-e5730/meinfo-dos-5.0.1.1111.txt"),
                              contents("thinkpad-t400/meinfo-windows-4.0.3.1124.txt")};
  constexpr Spoil kKinds[] = {Spoil::lose, Spoil::twice, Spoil::garble, Spoil::wrap};
  unsigned seed = 0;
  while (seed < 20) {
    const Spoil how = kKinds[seed % 4];
    const std::size_t log = seed / 4 % 2;
    ++seed;
    expect_told(spoilt(logs[log], how, seed),
                "sample " + std::to_string(seed) + " of log " + std::to_string(log));
  }
}

}  // namespace
}  // namespace scenarios::field
