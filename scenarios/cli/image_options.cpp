// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/image_command.h"

namespace scenarios::cli {

CLI::App* add_image(CLI::App& app, ImageArguments& arguments) {
  CLI::App* image = app.add_subcommand("image", "Make firmware images for simulated machines");
  image->require_subcommand(1);
  CLI::App* build = image->add_subcommand("build", "Make a signed image out of synthetic modules");
  build->add_option("--machine", arguments.machine, "Whose image: a profile's name or file")
      ->required()
      ->type_name("MACHINE");
  build->add_option("--version", arguments.version, "Of the code in it, such as 5.2.70.1046")
      ->required()
      ->type_name("VERSION");
  build->add_option("--output,-o", arguments.output, "File to write")
      ->required()
      ->type_name("FILE");
  build
      ->add_option("--kind", arguments.kind,
                   "update (what meupdate takes), region or flash [update]")
      ->type_name("KIND");
  build
      ->add_option(
          "--size", arguments.size,
          "Bytes of code: 64 KiB to 32 MiB, a multiple of 4096 [as the machine's partition]")
      ->type_name("BYTES");
  build->add_option("--sku", arguments.sku, "SKU word [the machine's]")->type_name("WORD");
  build
      ->add_option(
          "--key", arguments.key_file,
          "RSA-2048 private key, PEM [the machine's: the public development key, or its profile's "
          "firmware.key]")
      ->type_name("FILE");
  build->footer(
      exit_status_help("image build") +
      "\nExample:\n"
      "  mesim image build --machine esprimo-e5730 --version 5.2.70.1046 --output new.bin\n"
      "  meupdate update new.bin --device sim:esprimo-e5730 "
      "--set settings.enabled_update_interfaces=1");
  return build;
}

}  // namespace scenarios::cli
