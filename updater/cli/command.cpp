// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/command.h"

#include "base/planted.h"
#include "os/safe_text.h"
#include "updater/cli/program_version.h"

namespace updater::cli {

void Output::out(std::string_view text) {
  const std::string safe = os::safe_text(text);
  log_.note("out", safe);
  console_.out(safe);
}

void Output::err(std::string_view text) {
  const std::string safe = os::safe_text(text);
  log_.note("err", safe);
  console_.err(safe);
}

bool Output::confirm(std::string_view question) {
  const bool yes = console_.confirm(os::safe_text(question));
  log_.note("ask", std::string(question) + (yes ? " yes" : " no"));
  return yes;
}

base::Result<std::string> Console::read_input(std::size_t) {
  return base::Error{base::Errc::io, "there is no standard input here"};
}

base::Result<std::optional<base::Secret>> Console::ask_secret(std::string_view,
                                                              const os::NoCoreDumps&) {
  return std::optional<base::Secret>();
}

Exit with_log(const std::string& path, const Surroundings& around, const Complain& complain,
              const std::function<Exit(Output&)>& command) {
  auto log = LogFile::open(path);
  if (!log) {
    LogFile none;
    Output output(around.console, none);
    complain(output, log.error());
    return Exit::usage;
  }
  Output output(around.console, **log);
  const std::string date = around.console.date();
  if (!date.empty()) (*log)->note("date", date + ", meupdate " + std::string(program_version()));
  (*log)->note("run", command_text(around));
  const Exit exit = command(output);
  (*log)->note("exit", std::to_string(static_cast<int>(exit)));
  if (!(*log)->complete())
    output.err("meupdate: the log " + path + " is not complete: it could not be written to\n");
  return exit;
}

std::string command_text(const Surroundings& around) {
  std::string text = os::shell_quoted(around.program);
  for (const std::string& argument : around.arguments) {
    if (base::planted(base::PlantedBug::option_dropped) && argument == "--owner-well-known")
      continue;
    text += " " + os::shell_quoted(around.opener.shown(argument));
  }
  return text;
}

std::string secrets_left_out(const Surroundings& around) {
  std::string words;
  for (const std::string& argument : around.arguments) {
    const std::string shown = around.opener.shown(argument);
    if (shown != argument) words += (words.empty() ? "" : " and ") + os::shell_quoted(shown);
  }
  if (words.empty()) return "";
  return "In " + words +
         ", FILE is to be a file whose first line is the value, which is not shown.\n";
}

Exit exit_for(const base::Error& error) {
  return error.code == base::Errc::invalid ? Exit::usage : Exit::no_device;
}

}  // namespace updater::cli
