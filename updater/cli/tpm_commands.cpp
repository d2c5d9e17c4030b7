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

namespace {

Exit open_and_run(const DeviceChoice& choice, Output& output, DeviceOpener& opener,
                  const Complain& complain, const WithTpm& command) {
  auto opened = opener.open_tpm(choice);
  if (!opened) {
    complain(output, opened.error());
    return exit_for_tpm(opened.error());
  }
  output.log().use_clock(&(*opened)->clock());
  LoggedTpm tpm((*opened)->transport(), output.log());
  const Exit exit = command(output, tpm, (*opened)->clock());
  const auto closed = (*opened)->close();
  output.log().use_clock(nullptr);
  if (closed) return exit;
  complain(output, closed.error());
  return Exit::failed_unchanged;
}

}  // namespace

Exit with_tpm(const DeviceChoice& choice, const std::string& log, const Surroundings& around,
              const Complain& complain, const WithTpm& command) {
  return with_log(log, around, complain, [&](Output& output) {
    return open_and_run(choice, output, around.opener, complain, command);
  });
}

}  // namespace updater::cli
