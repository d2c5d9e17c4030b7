// SPDX-License-Identifier: BSD-3-Clause
// The picture of a trace over its time. The flash is a grid of cells, so that a picture stays small
// however many operations there were.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <map>
#include <utility>

#include "scenarios/page/html_text.h"
#include "scenarios/page/over_time.h"
#include "scenarios/page/sequence.h"

namespace scenarios::page {
namespace {

using emulator::sim::TraceKind;
using emulator::trace::TraceLine;

constexpr double kLeft = 96;  ///< names of lanes, addresses
constexpr double kRight = 750;
constexpr int kLaneHeight = 24;
constexpr int kLanesTop = 8;
constexpr int kFlashHeight = 160;
constexpr int kAxis = 22;
constexpr int kColumns = 220;  ///< cells of the flash
constexpr int kRows = 80;
constexpr double kLetter = 6.6;  ///< the width of one, about

double second_of(const TraceLine& line) {
  constexpr double kNanoseconds = 1e9;
  return static_cast<double>(line.at.count()) / kNanoseconds;
}

/// Virtual time to the picture's x.
struct TimeScale {
  double first = 0;
  double last = 0;
  double x(double at) const {
    const double length = last > first ? last - first : 1;
    return kLeft + (at - first) / length * (kRight - kLeft);
  }
};

std::string text_at(double x, double y, const char* anchor, const std::string& words,
                    const char* style) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" class=\"{}\">{}</text>\n",
                     x, y, anchor, style, escaped(words));
}

const char* lane_style(const StateSpan& span) {
  if (span.state.empty() || span.state == "lost") return "lane gone";
  const bool wrong = span.state.find("failed") != span.state.npos || span.state == "recovery" ||
                     span.state == "halted";
  return wrong ? "lane wrong" : "lane";
}

std::string span_words(const StateSpan& span) {
  return fmt::format("{}: {:.3f} to {:.3f} s", span.state.empty() ? "no power" : span.state,
                     span.from, span.to);
}

std::string span_html(const StateSpan& span, const TimeScale& scale, int y) {
  const double from = scale.x(span.from);
  const double width = std::max(1.0, scale.x(span.to) - from);
  std::string text = fmt::format(
      "<rect x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"{}\" class=\"{}\">{}</rect>\n", from,
      y, width, kLaneHeight - 6, lane_style(span), element("title", span_words(span)));
  const bool fits = static_cast<double>(span.state.size()) * kLetter < width;
  if (fits && !span.state.empty())
    text += text_at(from + width / 2, y + 13, "middle", span.state, "plain");
  return text;
}

std::string lanes_html(const std::vector<StateLane>& lanes, const TimeScale& scale) {
  std::string text;
  int y = kLanesTop;
  for (const StateLane& lane : lanes) {
    text += text_at(kLeft - 8, y + 13, "end", lane.name, "loud");
    for (const StateSpan& span : lane.spans) text += span_html(span, scale, y);
    y += kLaneHeight;
  }
  return text;
}

/// The addresses that were touched, in whole rows of the grid.
struct AddressScale {
  std::uint64_t first = 0;
  std::uint64_t end = 0;
  std::uint64_t row_bytes() const { return std::max<std::uint64_t>(1, (end - first) / kRows); }
  int row(std::uint64_t address) const {
    return std::min(kRows - 1, static_cast<int>((address - first) / row_bytes()));
  }
};

AddressScale addresses_of(const std::vector<TraceLine>& lines) {
  constexpr std::uint64_t kWhole = std::uint64_t{kRows} * 4096;
  std::uint64_t first = UINT64_MAX;
  std::uint64_t end = 0;
  for (const TraceLine& line : lines) {
    if (!line.is_flash()) continue;
    first = std::min<std::uint64_t>(first, line.a);
    end = std::max<std::uint64_t>(end, std::uint64_t{line.a} + std::max<std::uint32_t>(1, line.b));
  }
  if (end == 0) return {};
  first = first / 4096 * 4096;
  return {.first = first, .end = first + (end - first + kWhole - 1) / kWhole * kWhole};
}

/// What was done last in a cell; torn stays.
using FlashCells = std::map<std::pair<int, int>, TraceKind>;

FlashCells cells_of(const std::vector<TraceLine>& lines, const AddressScale& addresses,
                    const TimeScale& scale) {
  FlashCells cells;
  for (const TraceLine& line : lines) {
    if (!line.is_flash()) continue;
    const double part = (scale.x(second_of(line)) - kLeft) / (kRight - kLeft);
    const int column = std::min(kColumns - 1, static_cast<int>(part * kColumns));
    const std::uint64_t last = std::uint64_t{line.a} + std::max<std::uint32_t>(1, line.b) - 1;
    for (int row = addresses.row(line.a); row <= addresses.row(last); ++row) {
      TraceKind& cell = cells.try_emplace({row, column}, line.kind).first->second;
      if (cell != TraceKind::flash_torn) cell = line.kind;
    }
  }
  return cells;
}

const char* cell_style(TraceKind kind) {
  if (kind == TraceKind::flash_erase) return "erase";
  return kind == TraceKind::flash_program ? "program" : "torn";
}

/// A run of like cells of one row is one rectangle.
std::string cells_html(const FlashCells& cells, int top) {
  constexpr double kCellWidth = (kRight - kLeft) / kColumns;
  constexpr double kCellHeight = static_cast<double>(kFlashHeight) / kRows;
  std::string text;
  for (auto at = cells.begin(); at != cells.end();) {
    auto end = std::next(at);
    int length = 1;
    while (end != cells.end() && end->second == at->second && end->first.first == at->first.first &&
           end->first.second == at->first.second + length) {
      ++length;
      ++end;
    }
    const bool torn = at->second == TraceKind::flash_torn;
    text += fmt::format(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" class=\"{}\"/>\n",
        kLeft + at->first.second * kCellWidth, top + at->first.first * kCellHeight,
        length * kCellWidth + (torn ? 2 : 0.2), kCellHeight + (torn ? 3 : 0.2),
        cell_style(at->second));
    at = end;
  }
  return text;
}

std::string flash_html(const std::vector<TraceLine>& lines, const TimeScale& scale, int top) {
  const AddressScale addresses = addresses_of(lines);
  std::string text = fmt::format(
      "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" class=\"axis\"/>\n", kLeft,
      top, kRight - kLeft, kFlashHeight);
  text += text_at(kLeft - 8, top + 12, "end", fmt::format("{:#x}", addresses.first), "time");
  text += text_at(kLeft - 8, top + kFlashHeight * 0.5 + 4, "end", "flash", "loud");
  text +=
      text_at(kLeft - 8, top + kFlashHeight, "end", fmt::format("{:#x}", addresses.end), "time");
  return text + cells_html(cells_of(lines, addresses, scale), top);
}

/// About five round numbers.
double tick_length(double seconds) {
  const double raw = seconds / 5;
  const double power = std::pow(10, std::floor(std::log10(std::max(raw, 1e-9))));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (raw <= step * power) return step * power;
  }
  return 10 * power;
}

std::string axis_html(const TimeScale& scale, int y) {
  std::string text;
  const double tick = tick_length(scale.last - scale.first);
  for (double at = std::ceil(scale.first / tick) * tick; at <= scale.last; at += tick) {
    text +=
        fmt::format("<line x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\" class=\"axis\"/>\n",
                    scale.x(at), kLanesTop, y);
    text += text_at(scale.x(at), y + 15, "middle", fmt::format("{:.6g} s", at), "time");
  }
  return text;
}

std::string strikes_html(const std::vector<TraceLine>& lines, const TimeScale& scale, int bottom) {
  std::string text;
  for (const TraceLine& line : lines) {
    if (line.kind != TraceKind::fault) continue;
    text += fmt::format(
        "<g>{3}<line x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\" class=\"struck\"/></g>\n",
        scale.x(second_of(line)), 0, bottom, element("title", "fault: " + line.text));
  }
  return text;
}

std::string states_table(const std::vector<StateLane>& lanes) {
  std::string text =
      "<details><summary>The states as a table</summary>\n<table>\n"
      "<tr><th>of</th><th>state</th><th>from</th><th>to</th></tr>\n";
  for (const StateLane& lane : lanes) {
    for (const StateSpan& span : lane.spans) {
      text += "<tr>" + element("td", lane.name) +
              element("td", span.state.empty() ? "no power" : span.state) +
              element("td", fmt::format("{:.3f} s", span.from)) +
              element("td", fmt::format("{:.3f} s", span.to)) + "</tr>\n";
    }
  }
  return text + "</table></details>\n";
}

std::string key_of(const char* style) {
  return fmt::format(
      "<svg class=dot viewBox=\"0 0 10 10\"><rect width=\"10\" height=\"10\" "
      "class=\"{0}\"/></svg> ",
      style);
}

std::string flash_key(const std::string& words) {
  return "<p class=note>" + key_of("erase") + "erased " + key_of("program") + "programmed " +
         key_of("torn") + "torn. In all " + escaped(words) + ".</p>\n";
}

}  // namespace

std::string over_time_html(const std::vector<TraceLine>& lines) {
  if (lines.empty()) return {};
  const std::vector<StateLane> lanes = lanes_of(lines);
  const TimeScale scale{.first = 0, .last = second_of(lines.back())};
  const std::string flash = flash_words(lines);
  const int lanes_end = kLanesTop + kLaneHeight * static_cast<int>(lanes.size());
  const int bottom = lanes_end + (flash.empty() ? 0 : kFlashHeight + 4);
  std::string text = fmt::format(
      "<div class=wide><svg viewBox=\"0 0 760 {}\" role=\"img\" aria-label=\"States and flash over "
      "virtual time\">\n",
      bottom + kAxis);
  text += axis_html(scale, bottom) + lanes_html(lanes, scale);
  if (!flash.empty()) text += flash_html(lines, scale, lanes_end);
  text += strikes_html(lines, scale, bottom) + "</svg></div>\n";
  return text + (flash.empty() ? "" : flash_key(flash)) + states_table(lanes);
}

}  // namespace scenarios::page
