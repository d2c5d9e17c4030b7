// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/explain_command.h"

#include "updater/report/json.h"
#include "updater/report/words.h"
#include "updater/report/wrapped.h"

namespace updater::cli {
namespace {

/// No log of a tool is longer.
constexpr std::size_t kMostInput = 1 << 20;

bool is_standard_input(const std::vector<std::string>& words) {
  return words.size() == 1 && words.front() == "-";
}

std::string named(const ExplainOptions& options, const std::string& query) {
  return is_standard_input(options.words) ? "what stands on the standard input"
                                          : "\"" + query + "\"";
}

}  // namespace

Exit run_explain(const ExplainOptions& options, const Surroundings& around) {
  LogFile no_log;
  Output output(around.console, no_log);
  std::string query = report::joined(options.words, " ");
  if (is_standard_input(options.words)) {
    auto input = around.console.read_input(kMostInput);
    if (!input) {
      output.err("meupdate: " + input.error().doing + "\n");
      return Exit::usage;
    }
    query = std::move(*input);
  }
  const report::Answer answer = report::answer(query);
  if (answer.empty()) {
    output.err("meupdate: nothing is known about " + named(options, query) +
               "; `meupdate explain all` lists every number\n");
    return Exit::usage;
  }
  output.out(options.format == Format::json
                 ? report::document(report::answer_json(answer))
                 : report::wrapped(report::answer_text(answer), around.console.text_columns()));
  return Exit::done;
}

}  // namespace updater::cli
