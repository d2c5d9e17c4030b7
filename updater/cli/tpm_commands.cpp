// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/tpm_commands.h"

#include "updater/tpm/tpm12_link.h"

namespace updater::cli {

Exit exit_for_tpm(const base::Error& error) {
  if (error.code == base::Errc::invalid) return Exit::usage;
  if (error.code == base::Errc::interrupted) return Exit::interrupted_rerun;
  if (tpm::is(error, protocol::tpm::ReturnCode::failed_self_test))
    return Exit::tpm_self_test_failed;
  return Exit::no_tpm;
}

Exit with_tpm(const DeviceChoice& choice, const std::string& log, const Surroundings& around,
              const Complain& complain, const WithTpm& command) {
  auto file = LogFile::open(log);
  if (!file) {
    around.console.err("meupdate: " + file.error().doing + "\n");
    return Exit::usage;
  }
  Output output(around.console, **file);
  output.log().note("run", command_text(around.arguments));
  auto opened = around.opener.open_tpm(choice);
  if (!opened) {
    complain(output, opened.error());
    return exit_for_tpm(opened.error());
  }
  output.log().use_clock(&(*opened)->clock());
  LoggedTpm tpm((*opened)->transport(), output.log());
  const Exit exit = command(output, tpm, (*opened)->clock());
  const auto closed = (*opened)->close();
  output.log().use_clock(nullptr);
  output.log().note("exit", std::to_string(static_cast<int>(exit)));
  if (closed) return exit;
  complain(output, closed.error());
  return Exit::failed_unchanged;
}

}  // namespace updater::cli
