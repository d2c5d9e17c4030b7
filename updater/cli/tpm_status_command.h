// SPDX-License-Identifier: BSD-3-Clause
// `meupdate tpm status`: what the TPM is and the state it is in. Changes nothing.
#pragma once

#include <string>

#include "updater/cli/command.h"

namespace CLI {
class App;
}

namespace updater::cli {

struct TpmStatusOptions {
  DeviceChoice device;
  Format format = Format::text;
  std::string log;
};

/// The subcommand with its options, whose values go to `options`.
CLI::App* add_tpm_status(CLI::App& tpm, TpmStatusOptions& options);

Exit run_tpm_status(const TpmStatusOptions& options, const Surroundings& around);

}  // namespace updater::cli
