// SPDX-License-Identifier: BSD-3-Clause
// A page one looks at before one reads: for each kind of point its operations across, what struck
// them down, and a cell for each outcome, which leads to the line that tells it.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/markup.h"
#include "os/safe_text.h"
#include "scenarios/explore/report.h"

namespace scenarios::explore {
namespace {

constexpr const char* kHead =
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>\n"
    "body{{font:15px/1.5 sans-serif;margin:1.5em;max-width:75em}}\n"
    ".map,pre{{overflow-x:auto}}body{{overflow-wrap:anywhere}}"
    "table{{border-collapse:collapse}}th{{text-align:left;font-weight:"
    "normal;padding-right:.6em;white-space:nowrap}}\n"
    "td{{padding:0}}td a{{display:block;width:9px;height:16px;border:1px solid #fff}}\n"
    ".updated{{background:#4a9c5d}}.unchanged{{background:#9bc7e8}}.met{{background:#d8d8d8}}"
    ".violation{{background:#c8102e}}.never_struck{{background:#f0a000}}\n"
    ".key span{{display:inline-block;width:9px;height:16px;margin:0 .4em 0 1em;vertical-align:"
    "middle}}\nli:target{{background:#ffef9e}}code{{font-size:13px}}\n</style></head><body>\n";

std::string text(const std::string& plain) {
  return base::as_markup(os::safe_text(plain));
}

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
                             text(cell->second.found->id), text(ending_words(*cell->second.found)));
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
    out += fmt::format("<li id=\"c{}\"><code>{}</code> while {}: {}</li>\n", i, text(one.id),
                       text(one.phase), text(ending_words(one)));
  }
  return out + "</ol>\n";
}

constexpr const char* kKey =
    "<p class=\"key\"><span class=\"updated\"></span>updated<span class=\"unchanged\"></span>"
    "unchanged, and said so<span class=\"met\"></span>state met before<span "
    "class=\"violation\"></span>violation<span class=\"never_struck\"></span>never struck</p>\n";

}  // namespace

std::string to_map(const Report& report) {
  const std::string title = text("Explored: " + report.story);
  std::string out = fmt::format(fmt::runtime(kHead), title);
  out += fmt::format("<h1>{}</h1>\n<pre>{}</pre>\n", title, text(to_text(report)));
  out += kKey;
  out += fmt::format("<p>Run one again: <code>mesim run {} --replay ID</code></p>\n",
                     text(report.file));
  for (const auto& [point, rows] : points_of(report)) out += map_of(point, rows);
  return out + list_of(report) + "</body></html>\n";
}

}  // namespace scenarios::explore
