// SPDX-License-Identifier: BSD-3-Clause
// States and flash over time.
#include "scenarios/page/over_time.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/scenarios/page/lines.h"

namespace scenarios::page {
namespace {

std::vector<TraceLine> interrupted_update() {
  return {event(0, TraceKind::power, "power on"),
          event(0, TraceKind::firmware, "boot: begins"),
          event(1.5, TraceKind::firmware, "code: sound"),
          event(1.5, TraceKind::firmware, "boot: operational"),
          event(2, TraceKind::firmware, "session: staging"),
          flash(2.1, TraceKind::flash_erase, 0x36000, 0x1000),
          flash(2.2, TraceKind::flash_program, 0x36000, 0x100),
          event(3, TraceKind::fault, "power_cut_inside", 1),
          flash(3, TraceKind::flash_torn, 0x36100, 17),
          event(3, TraceKind::power, "power lost"),
          event(3, TraceKind::firmware, "boot: off"),
          event(9, TraceKind::power, "power on")};
}

const StateLane* lane(const std::vector<StateLane>& lanes, const std::string& name) {
  for (const StateLane& each : lanes) {
    if (each.name == name) return &each;
  }
  return nullptr;
}

TEST(StateLanes, LastFromOneEventToTheNext) {
  const auto lanes = lanes_of(interrupted_update());
  const StateLane* engine = lane(lanes, "engine");
  ASSERT_NE(engine, nullptr);
  ASSERT_EQ(engine->spans.size(), 3u);
  EXPECT_EQ(engine->spans[0].state, "booting");
  EXPECT_DOUBLE_EQ(engine->spans[0].to, 1.5);
  EXPECT_EQ(engine->spans[1].state, "operational");
  EXPECT_EQ(lane(lanes, "link"), nullptr);
}

TEST(StateLanes, AreUnknownWhileThePowerIsGone) {
  const auto lanes = lanes_of(interrupted_update());
  const StateSpan& gone = lane(lanes, "update")->spans.back();
  EXPECT_EQ(gone.state, "");
  EXPECT_DOUBLE_EQ(gone.from, 3);
  EXPECT_DOUBLE_EQ(gone.to, 9);
  EXPECT_EQ(lane(lanes, "power")->spans[1].state, "lost");
  EXPECT_EQ(lane(lanes, "engine")->spans.back().state, "") << "what is told of it then is no state";
}

TEST(StateLanes, ShowWhereTheHostSleepsWithThePowerOn) {
  const auto lanes =
      lanes_of({event(0, TraceKind::power, "power on"), event(1, TraceKind::power, "host: S5"),
                event(4, TraceKind::power, "host: on")});
  ASSERT_NE(lane(lanes, "host"), nullptr);
  EXPECT_EQ(lane(lanes, "host")->spans[0].state, "S5");
  EXPECT_DOUBLE_EQ(lane(lanes, "host")->spans[0].to, 4);
  EXPECT_EQ(lane(lanes, "power")->spans.size(), 1u);
}

TEST(StateLanes, AreToldInWords) {
  EXPECT_NE(over_time_text(interrupted_update())
                .find("  update       2.000 s staging, 3.000 s no power\n"),
            std::string::npos)
      << over_time_text(interrupted_update());
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(FlashOverTime, HasACellOfEachKindAndCounts) {
  const std::string page = over_time_html(interrupted_update());
  const std::string picture = page.substr(0, page.find("</svg>"));
  for (const char* style : {"class=\"erase\"", "class=\"program\"", "class=\"torn\""})
    EXPECT_EQ(count_of(picture, style), 1u) << style << "\n" << picture;
  EXPECT_NE(picture.find("0x36000"), std::string::npos);
  EXPECT_EQ(count_of(picture, "class=\"struck\""), 1u);
  EXPECT_EQ(flash_words(interrupted_update()),
            "1 sector erased, 1 page programmed, 1 operation torn");
}

TEST(FlashOverTime, StaysSmallHoweverMuchWasWritten) {
  std::vector<TraceLine> lines;
  for (std::uint32_t i = 0; i < 50'000; ++i)
    lines.push_back(flash(i * 0.001, TraceKind::flash_program, (i * 7919u % 4096) * 256, 256));
  EXPECT_LT(over_time_html(lines).size(), 3'000'000u);
  EXPECT_EQ(over_time_html({}), "");
}

}  // namespace
}  // namespace scenarios::page
