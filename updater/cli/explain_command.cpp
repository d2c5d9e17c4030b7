// SPDX-License-Identifier: BSD-3-Clause
// meupdate explain: what a number means and what to do next.
#include "updater/cli/command.h"
#include "updater/report/json.h"
#include "updater/report/words.h"

namespace updater::cli {
namespace {

using Rows = std::vector<const report::Explanation*>;
constexpr std::size_t kShownInFull = 3;

std::string as_json(const Rows& rows) {
  report::Json all = report::Json::array();
  for (const auto* row : rows) all.push_back(report::explanation_json(*row));
  return report::document(all);
}

std::string as_text(const Rows& rows) {
  std::string text;
  for (const auto* row : rows) {
    text += rows.size() <= kShownInFull ? report::explanation_text(*row)
                                        : report::explanation_line(*row);
  }
  return text;
}

}  // namespace

Exit run_explain(const ExplainOptions& options, const Surroundings& around) {
  LogFile no_log;
  Output output(around.console, no_log);
  const std::string query = report::joined(options.words, " ");
  const Rows rows = report::search(query);
  if (rows.empty()) {
    output.err("meupdate: nothing is known about \"" + query +
               "\"; `meupdate explain all` lists every number\n");
    return Exit::usage;
  }
  output.out(options.format == Format::json ? as_json(rows) : as_text(rows));
  return Exit::done;
}

}  // namespace updater::cli
