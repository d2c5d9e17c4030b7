// SPDX-License-Identifier: BSD-3-Clause
// Wording: the logs in scenarios/field-reports/; of generations 6 to 11 the banners that owners'
// posts show.
#include "scenarios/field/reading/banner_line.h"

#include <string>
#include <vector>

#include "protocol/tools/fwupdlcl.h"
#include "protocol/tools/number_in_text.h"
#include "scenarios/field/reading/command_line.h"

namespace scenarios::field {
namespace {

using protocol::tools::number_behind;
using protocol::tools::version_in;

struct Banner {
  std::string text;  ///< in lower case
  Tool tool;
};

/// From generation 12 on it is "ME Info".
const std::vector<Banner>& banners() {
  static const std::vector<Banner> all = [] {
    std::vector<Banner> rows = {{"meinfo", Tool::meinfo},
                                {"me info", Tool::meinfo},
                                {"memanuf", Tool::memanuf},
                                {"flash programming tool", Tool::fpt}};
    for (const auto& dialect : protocol::tools::kFwupdlcl)
      rows.push_back({lower_case(dialect.banner), Tool::fwupdlcl});
    return rows;
  }();
  return all;
}

/// A forum that re-flows pasted text leaves a whole run in one line: its error is at the end.
void hear_error_behind(std::string_view text, Recognised& found) {
  const std::size_t at = text.rfind("Error ");
  if (at == text.npos) return;
  if (const auto number = number_behind(text.substr(at + 6)))
    found.told.push_back({Fact::error, std::to_string(*number)});
}

/// "version mismatch": words behind it and no number. A banner may have lost its number.
bool tells_of_versions(std::string_view version) {
  const std::size_t words = version.find_first_not_of(" :", std::string_view("version").size());
  return words != version.npos && version.find_first_of("0123456789") == version.npos;
}

}  // namespace

std::optional<Recognised> as_banner(std::string_view line) {
  const std::string text = lower_case(line);
  const std::size_t at = text.find("version");
  // The first letter is easily lost in pasting.
  const bool begins = text.starts_with("intel") || text.starts_with("ntel(r)") ||
                      text.starts_with("firmware update utility");
  if (at == text.npos || !begins || tells_of_versions(text.substr(at))) return {};
  for (const Banner& banner : banners()) {
    const std::size_t named = text.find(banner.text);
    if (named == text.npos || named > at) continue;
    Recognised found{
        .kind = LineKind::banner, .tool = banner.tool, .version = version_in(line.substr(at))};
    if (text.substr(0, at).find(" win ") != text.npos)
      found.told.push_back({Fact::host_system, "windows"});
    hear_error_behind(line.substr(at), found);
    return found;
  }
  return std::nullopt;
}

}  // namespace scenarios::field
