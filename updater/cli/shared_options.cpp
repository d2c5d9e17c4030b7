// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/shared_options.h"

#include <CLI/CLI.hpp>

namespace updater::cli {

void add_format(CLI::App& command, Format& format, const Choices<Format>& formats,
                const std::string& help) {
  add_choice(command, "--format", format, formats, help);
}

void add_text_or_json(CLI::App& command, Format& format) {
  add_format(command, format, {{"text", Format::text}, {"json", Format::json}}, "how to show it");
}

void add_device(CLI::App& command, DeviceChoice& choice) {
  command
      .add_option("--device", choice.device,
                  "auto (default), /dev/meiN, pci:DDDD:BB:DD.F, vfio-user:PATH, or sim:MACHINE (a "
                  "profile's name or path)")
      ->option_text("DEVICE");
  command
      .add_option("--state", choice.state_dir,
                  "sim: keep the machine's flash here between commands")
      ->option_text("DIR");
  command
      .add_option(
          "--set", choice.set,
          "sim: change a value of the profile; KEY=@FILE reads it from a file; can be given "
          "again")
      ->option_text("KEY=VALUE")
      ->allow_extra_args(false);
}

void add_tpm_device(CLI::App& command, DeviceChoice& choice) {
  command
      .add_option("--tpm", choice.tpm,
                  "auto (default: a simulated machine's own, else /dev/tpm0), none, /dev/tpmN, "
                  "swtpm:PATH, swtpm:ADDRESS:PORT, or tis:FED40000 (registers, for root)")
      ->option_text("TPM");
}

void add_log(CLI::App& command, std::string& path) {
  command
      .add_option("--log", path,
                  "append everything, every message included, to this file, yours alone")
      ->option_text("FILE");
}

void add_owner(CLI::App& command, OwnerOptions& owner) {
  CLI::Option* secret = command
                            .add_option("--owner-secret-file", owner.secret_file,
                                        "TPM owner's secret: a file of exactly 20 bytes")
                            ->option_text("FILE");
  CLI::Option* passphrase = command
                                .add_option("--owner-passphrase-file", owner.passphrase_file,
                                            "TPM owner's passphrase on the first line")
                                ->option_text("FILE");
  CLI::Option* well_known =
      command.add_flag("--owner-well-known", owner.well_known, "the secret is twenty zero bytes");
  secret->excludes(passphrase, well_known);
  passphrase->excludes(well_known);
  add_choice(command, "--owner-encoding", owner.encoding,
             {{"ascii", OwnerEncoding::ascii}, {"utf-16le", OwnerEncoding::utf16le}},
             "how the passphrase was hashed: as typed (tpm-tools), or in UTF-16LE (Windows)");
}

}  // namespace updater::cli
