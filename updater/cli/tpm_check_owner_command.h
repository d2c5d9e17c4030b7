// SPDX-License-Identifier: BSD-3-Clause
// `meupdate tpm check-owner`: whether a secret is the TPM owner's. The TPM counts a wrong one.
#pragma once

#include <string>

#include "updater/cli/command.h"
#include "updater/cli/owner_options.h"

namespace CLI {
class App;
}

namespace updater::cli {

struct CheckOwnerOptions {
  DeviceChoice device;
  OwnerOptions owner;
  Format format = Format::text;
  std::string log;
  bool yes = false;
};

/// The subcommand with its options, whose values go to `options`.
CLI::App* add_check_owner(CLI::App& tpm, CheckOwnerOptions& options);

Exit run_check_owner(const CheckOwnerOptions& options, const Surroundings& around);

}  // namespace updater::cli
