// SPDX-License-Identifier: BSD-3-Clause
// meupdate explain: what a number, a status word or a pasted line means and what to do next.
#include "updater/cli/command.h"
#include "updater/report/json.h"
#include "updater/report/words.h"

namespace updater::cli {
Exit run_explain(const ExplainOptions& options, const Surroundings& around) {
  LogFile no_log;
  Output output(around.console, no_log);
  const std::string query = report::joined(options.words, " ");
  const report::Answer answer = report::answer(query);
  if (answer.empty()) {
    output.err("meupdate: nothing is known about \"" + query +
               "\"; `meupdate explain all` lists every number\n");
    return Exit::usage;
  }
  output.out(options.format == Format::json ? report::document(report::answer_json(answer))
                                            : report::answer_text(answer));
  return Exit::done;
}

}  // namespace updater::cli
