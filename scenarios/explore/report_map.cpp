// SPDX-License-Identifier: BSD-3-Clause
// A page one looks at before one reads: for each kind of point its operations across, what struck
// them down, and a cell for each outcome, which leads to the line that tells it.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "scenarios/explore/report.h"
#include "scenarios/page/html_text.h"
#include "scenarios/page/page_head.h"

namespace scenarios::explore {
namespace {

constexpr std::string_view kMapRules =
    R"(.map { overflow-x: auto; } .map table { width: auto; } .map td { padding: 0; }
.map th { font-weight: normal; padding-right: .6em; white-space: nowrap; }
.map td a { display: block; width: 9px; height: 16px; border: 1px solid var(--paper); }
.key span { display: inline-block; width: 9px; height: 16px; margin: 0 .4em 0 1em; vertical-align: middle; }
.updated { background: #4a9c5d; } .unchanged { background: #9bc7e8; } .met { background: #d8d8d8; }
.violation { background: #c8102e; } .never_struck { background: #f0a000; }
li:target { background: var(--yellow); } code { font-size: 13px; }
)";

/// Of a history with one strike.
struct Cell {
  std::size_t index = 0;  ///< of its case
  const Case* found = nullptr;
};

using Row = std::map<std::uint32_t, Cell>;  ///< by count
using Rows = std::map<std::string, Row>;    ///< by what struck
using Points = std::map<std::string, Rows>;

Points points_of(const Report& report) {
  Points points;
  for (std::size_t i = 0; i < report.cases.size(); ++i) {
    const auto strikes = parse_id(report.cases[i].id);
    if (!strikes || strikes->size() != 1) continue;
    const Strike& only = strikes->front();
    points[name(only.point)][name(only.deed)][only.count] = {.index = i, .found = &report.cases[i]};
  }
  return points;
}

std::string ending_words(const Case& one) {
  if (one.ending == Ending::violation) return fmt::format("violation: {}", one.what);
  if (one.ending == Ending::met) return "goes on as " + one.same_as;
  return name(one.ending);
}

std::string row_of(const std::string& deed, const Row& row, std::uint32_t last) {
  std::string out = fmt::format("<tr><th>{}</th>", deed);
  for (std::uint32_t count = 1; count <= last; ++count) {
    const auto cell = row.find(count);
    out += cell == row.end()
               ? std::string("<td></td>")
               : fmt::format("<td><a class=\"{}\" href=\"#c{}\" title=\"{}: {}\"></a></td>",
                             name(cell->second.found->ending), cell->second.index,
                             page::escaped(cell->second.found->id),
                             page::escaped(ending_words(*cell->second.found)));
  }
  return out + "</tr>\n";
}

std::string map_of(const std::string& point, const Rows& rows) {
  std::uint32_t last = 0;
  for (const auto& [deed, row] : rows) last = std::max(last, row.rbegin()->first);
  std::string out = fmt::format("<h2>{}, 1 to {}</h2>\n<div class=\"map\"><table>\n", point, last);
  for (const auto& [deed, row] : rows) out += row_of(deed, row, last);
  return out + "</table></div>\n";
}

std::string list_of(const Report& report) {
  std::string out = "<h2>Every history</h2>\n<ol>\n";
  for (std::size_t i = 0; i < report.cases.size(); ++i) {
    const Case& one = report.cases[i];
    out +=
        fmt::format("<li id=\"c{}\"><code>{}</code> while {}: {}</li>\n", i, page::escaped(one.id),
                    page::escaped(one.phase), page::escaped(ending_words(one)));
  }
  return out + "</ol>\n";
}

constexpr const char* kKey =
    "<p class=\"key\"><span class=\"updated\"></span>updated<span class=\"unchanged\"></span>"
    "unchanged, and said so<span class=\"met\"></span>state met before<span "
    "class=\"violation\"></span>violation<span class=\"never_struck\"></span>never struck</p>\n";

}  // namespace

std::string to_map(const Report& report) {
  const std::string title = "Explored: " + report.story;
  std::string out = page::page_head(title, kMapRules) + page::element("h1", title) + "\n";
  out += page::element("pre", to_text(report)) + "\n" + kKey;
  out += fmt::format("<p>Run one again: <code>mesim run {} --replay ID</code></p>\n",
                     page::escaped(report.file));
  for (const auto& [point, rows] : points_of(report)) out += map_of(point, rows);
  return out + list_of(report) + std::string(page::kPageEnd);
}

}  // namespace scenarios::explore
