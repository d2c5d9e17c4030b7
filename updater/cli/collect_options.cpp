// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "updater/cli/collect_command.h"
#include "updater/cli/exit_status_help.h"
#include "updater/cli/shared_options.h"

namespace updater::cli {
namespace {

constexpr const char* kCollectFooter = R"(
For who has a real board and wants to help: docs/real-boards.md. What the file will hold is shown first and has to be
confirmed; without a terminal nothing is written unless -y is given. Serial numbers, UUIDs, MAC and IP addresses are left
out or become zeros. The engine and the TPM are asked what `meupdate info` asks; nothing is changed. Root sees more.

Examples:
  meupdate collect board.tar
  meupdate collect --list board.tar
  mesim board from board.tar --output board.toml       a simulated board of it)";

}  // namespace

CLI::App* add_collect(CLI::App& app, CollectOptions& options) {
  CLI::App& collect = *app.add_subcommand(
      "collect", "Gather what this computer tells of its engine and TPM into a tar file");
  collect.add_option("FILE", options.file, "the tar file to write")->required();
  add_device(collect, options.device);
  add_tpm_device(collect, options.device);
  collect.add_flag("-y,--yes", options.yes, "do not ask before writing");
  collect.add_flag("--list", options.list, "show what it would hold and write nothing");
  collect
      .add_option("--root", options.root,
                  "read the kernel's files below this folder in place of this computer's")
      ->option_text("DIR");
  collect.footer(kCollectFooter + ("\n\n" + exit_status_help("collect")));
  return &collect;
}

}  // namespace updater::cli
