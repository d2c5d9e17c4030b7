// SPDX-License-Identifier: BSD-3-Clause
// `meupdate update`: plans, asks, writes and checks.
#pragma once

#include <optional>
#include <string>

#include "protocol/tools/fwupdlcl.h"
#include "updater/cli/command.h"
#include "updater/cli/owner_options.h"
#include "updater/update/way.h"

namespace CLI {
class App;
}

namespace updater::cli {

/// Of `update`; `dialect`: of FWUpdLcl from ME 6 on, null: that of the era.
struct UpdateFormat {
  Format shape = Format::text;
  const protocol::tools::Fwupdlcl* dialect = nullptr;
};

struct UpdateOptions {
  std::string file;
  DeviceChoice device;
  UpdateFormat format;
  std::string log;
  std::string password_file;
  update::Via via = update::Via::automatic;
  OwnerOptions owner;
  std::optional<int> progress_fd;
  std::string backup;  ///< a dump of the board's flash
  bool without_backup = false;
  bool yes = false;
  bool dry_run = false;
  bool allow_downgrade = false;
  bool allow_same_version = false;
  bool accept_undocumented_protocol = false;
  bool abort_other = false;
};

/// The subcommand with its options, whose values go to `options`.
CLI::App* add_update(CLI::App& app, UpdateOptions& options);

Exit run_update(const UpdateOptions& options, const Surroundings& around);

}  // namespace updater::cli
