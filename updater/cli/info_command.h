// SPDX-License-Identifier: BSD-3-Clause
// `meupdate info`: asks the device for everything and shows it. Writes nothing.
#pragma once

#include <string>

#include "protocol/tools/meinfo.h"
#include "updater/cli/command.h"

namespace CLI {
class App;
}

namespace updater::cli {

/// Of `info`; `dialect`: of MEInfo, null: the firmware's own.
struct InfoFormat {
  Format shape = Format::text;
  const protocol::tools::Meinfo* dialect = nullptr;
};

struct InfoOptions {
  DeviceChoice device;
  InfoFormat format;
  std::string log;
};

/// The subcommand with its options, whose values go to `options`.
CLI::App* add_info(CLI::App& app, InfoOptions& options);

Exit run_info(const InfoOptions& options, const Surroundings& around);
/// What `info` does once it has a log.
Exit show_info(const InfoOptions& options, const Surroundings& around, Output& output);

}  // namespace updater::cli
