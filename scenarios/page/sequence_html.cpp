// SPDX-License-Identifier: BSD-3-Clause
// The picture of a sequence: three lifelines, an arrow a message, a band a silence. Its numbers
// stand beneath it as a table.
#include <fmt/format.h>

#include "scenarios/page/html_text.h"
#include "scenarios/page/sequence.h"

namespace scenarios::page {
namespace {

using Kind = SequenceRow::Kind;

constexpr int kWidth = 760;
constexpr int kRow = 24;
constexpr int kTop = 46;
constexpr int kUpdater = 120;
constexpr int kEngine = 430;
constexpr int kTpm = 690;
constexpr int kTimes = 6;
constexpr int kAboveArrow = 5;

constexpr std::size_t kOfAnArrow = 48;  ///< characters that stand above it
constexpr std::size_t kOfAPoint = 46;   ///< beside one
constexpr std::size_t kOfARow = 96;

std::string label(int x, int y, const char* anchor, const std::string& words, const char* style) {
  return fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\" class=\"{}\">{}</text>\n", x, y,
                     anchor, style, escaped(words));
}

/// What does not fit there is told when one points at it, and by the table.
std::string short_label(int x, int y, const char* anchor, const std::string& words,
                        const char* style, std::size_t most) {
  const std::string shown = fitted(words, most);
  if (shown == words) return label(x, y, anchor, words, style);
  return "<g>" + element("title", words) + label(x, y, anchor, shown, style) + "</g>";
}

std::string arrow(int from, int to, int y, const std::string& words, const char* style) {
  const int tip = to > from ? -7 : 7;
  return fmt::format(
             "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" class=\"arrow {}\"/>\n"
             "<path d=\"M{} {} l{} -4 l0 8 z\" class=\"tip {}\"/>\n",
             from, y, to, y, style, to, y, tip, style) +
         short_label((from + to) / 2, y - kAboveArrow, "middle", words, style, kOfAnArrow);
}

/// Its words stand to its left: on a narrow screen the right end is out of sight first.
std::string point(int x, int y, const std::string& words, const char* style) {
  constexpr int kBeside = 10;
  return fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"5\" class=\"tip {}\"/>\n", x, y, style) +
         short_label(x - kBeside, y + 4, "end", words, style, kOfAPoint);
}

std::string band(int y, const std::string& words) {
  constexpr int kHalf = 10;
  return fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" class=\"band\"/>\n",
                     kTimes + 70, y - kHalf, kWidth - kTimes - 76, 2 * kHalf) +
         label((kUpdater + kTpm) / 2, y + 4, "middle", words, "loud");
}

std::string step_line(int y, const std::string& words) {
  return fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" class=\"step\"/>\n", kTimes,
                     y + kAboveArrow, kWidth - kTimes, y + kAboveArrow) +
         short_label(kTimes + 70, y, "start", words, "loud", kOfARow);
}

std::string drawn(const SequenceRow& row, int y) {
  const std::string words = words_of(row);
  const std::string time = label(kTimes, y + 4, "start", fmt::format("{:.3f} s", row.at), "time");
  switch (row.kind) {
    case Kind::to_engine:
      return time + arrow(kUpdater, kEngine, y, words, "plain");
    case Kind::from_engine:
      return time + arrow(kEngine, kUpdater, y, words, "red");
    case Kind::to_tpm:
      return time + arrow(kUpdater, kTpm, y, words, "plain");
    case Kind::from_tpm:
      return time + arrow(kTpm, kUpdater, y, words, "red");
    case Kind::event:
      return time + point(row.what.starts_with("tpm") ? kTpm : kEngine, y, words, "plain");
    case Kind::fault:
      return time + point(kEngine, y, words, "red");
    case Kind::step:
      return time + step_line(y, words);
    case Kind::again:
    case Kind::left_out:
      return time + label((kUpdater + kTpm) / 2, y + 4, "middle", words, "fold");
    case Kind::silence:
      break;
  }
  return time + band(y, words);
}

std::string lifeline(int x, const char* who, int bottom) {
  return label(x, 18, "middle", who, "loud") +
         fmt::format("<line x1=\"{0}\" y1=\"26\" x2=\"{0}\" y2=\"{1}\" class=\"life\"/>\n", x,
                     bottom);
}

std::string picture(const std::vector<SequenceRow>& rows) {
  const int bottom = kTop + kRow * static_cast<int>(rows.size());
  std::string text = fmt::format(
      "<div class=wide><svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"What happened, "
      "message by message\">\n",
      kWidth, bottom + kTop / 2);
  text += lifeline(kUpdater, "updater", bottom) + lifeline(kEngine, "Management Engine", bottom) +
          lifeline(kTpm, "TPM in the ME", bottom);
  int y = kTop;
  for (const SequenceRow& row : rows) {
    text += drawn(row, y);
    y += kRow;
  }
  return text + "</svg></div>\n";
}

bool counts(Kind kind) {
  return kind != Kind::silence && kind != Kind::step && kind != Kind::again &&
         kind != Kind::left_out;
}

}  // namespace

std::string sequence_html(const std::vector<SequenceRow>& rows) {
  if (rows.empty()) return {};
  std::string text = picture(rows) +
                     "<details><summary>The same as a table</summary>\n<table>\n"
                     "<tr><th>time</th><th>who</th><th>what</th><th>times</th></tr>\n";
  for (const SequenceRow& row : rows) {
    text += "<tr>" + element("td", fmt::format("{:.3f} s", row.at)) + element("td", who(row.kind)) +
            element("td", counts(row.kind) ? row.what : words_of(row)) +
            element("td", std::to_string(row.count)) + "</tr>\n";
  }
  return text + "</table></details>\n";
}

}  // namespace scenarios::page
