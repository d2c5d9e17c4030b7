// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/board_command.h"

#include <fmt/format.h>

#include "emulator/attach/board_import.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/print.h"
#include "updater/io/read_file.h"

namespace scenarios::cli {
namespace {

using emulator::attach::DumpContents;
using emulator::attach::DumpedCode;
using emulator::attach::DumpedSettings;
using emulator::firmware::CodeFault;

int failed_import(const base::Error& error) {
  complain(error.doing);
  const bool wrong = error.code == base::Errc::invalid || error.code == base::Errc::not_found ||
                     error.code == base::Errc::unsupported;
  return wrong ? kUsage : kBroken;
}

std::string code_line(const char* label, const DumpedCode& code) {
  if (code.fault != CodeFault::none) {
    return fmt::format("  {:<18} at 0x{:X}: DAMAGED ({})\n", label, code.offset, name(code.fault));
  }
  return fmt::format("  {:<18} at 0x{:X}: {}, SKU {}, key {}\n", label, code.offset,
                     to_text(code.version), code.sku, code.key_md5);
}

std::string imported_text(const ImportArguments& arguments, const DumpContents& contents) {
  const bool kept = contents.settings == DumpedSettings::kept;
  return fmt::format("{} keeps the board of {} as machine {}\n", arguments.state_dir,
                     arguments.dump, arguments.machine) +
         code_line("operational code", contents.code) +
         code_line("recovery code", contents.recovery) +
         fmt::format("  {:<18} {}\n", "settings",
                     kept ? "the dump's" : "the machine's: the dump's cannot be read") +
         fmt::format("Look at it: meupdate info --device sim:{} --state {}\n", arguments.machine,
                     arguments.state_dir);
}

}  // namespace

int import_board(const ImportArguments& arguments) {
  auto bytes = updater::io::read_file(arguments.dump);
  if (!bytes) return failed_import(bytes.error());
  const auto contents = emulator::attach::import_board(
      {.machine = arguments.machine, .set = arguments.set, .state_dir = arguments.state_dir},
      {.file = arguments.dump, .bytes = std::move(bytes).value()}, arguments.damage);
  if (!contents) return failed_import(contents.error());
  say(imported_text(arguments, *contents));
  return 0;
}

}  // namespace scenarios::cli
