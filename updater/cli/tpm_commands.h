// SPDX-License-Identifier: BSD-3-Clause
// What `meupdate tpm status` and `meupdate tpm check-owner` share.
#pragma once

#include <functional>

#include "updater/cli/command.h"
#include "updater/cli/logged_tpm.h"

namespace CLI {
class App;
}

namespace updater::cli {

/// `meupdate tpm`, to which both are added.
CLI::App* add_tpm(CLI::App& app);

/// The exit status of a TPM that could not be opened or asked.
Exit exit_for_tpm(const base::Error& error);

/// What a command does with its TPM. `Log` and clock are set; the TPM's messages are logged.
using WithTpm = std::function<Exit(Output& output, tpm::TpmTransport& tpm, base::Clock& clock)>;

/// Opens log and TPM, runs `command`, closes. `complain` is told what could not be opened or kept.
Exit with_tpm(const DeviceChoice& choice, const std::string& log, const Surroundings& around,
              const Complain& complain, const WithTpm& command);

}  // namespace updater::cli
