// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "scenarios/cli/bench_command.h"
#include "scenarios/cli/exit_status.h"
#include "updater/cli/choice.h"

namespace scenarios::cli {

CLI::App* add_bench(CLI::App& app, BenchArguments& arguments) {
  CLI::App* bench = app.add_subcommand("bench", "Predict how long an update takes on a machine");
  bench->add_option("MACHINE", arguments.machine, "A profile's name or file")
      ->required()
      ->type_name("");
  bench
      ->add_option("--image", arguments.image,
                   "The image to update with [one as large as the machine's partition]")
      ->type_name("FILE");
  updater::cli::add_choice<BenchArguments::Via>(*bench, "--via", arguments.via,
                                                {{"all", BenchArguments::Via::all},
                                                 {"heci", BenchArguments::Via::heci},
                                                 {"tpm", BenchArguments::Via::tpm}},
                                                "Over which link [all that the board has]");
  bench->add_option("--set", arguments.set, "Change a value of the profile; can be given again")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  bench
      ->add_option("--sweep", arguments.sweep,
                   "Draw it with one value changed: KEY=FROM..TO doubles, KEY=A,B,C lists")
      ->type_name("RANGE");
  bench->add_option("--json", arguments.json, "Write the result as JSON; - is standard output")
      ->type_name("FILE");
  bench->add_option("--html", arguments.html, "Write a page with the charts; - is standard output")
      ->type_name("FILE");
  bench->footer(
      std::string(
          "The update is carried out on the simulated board by the updater's own code, and the "
          "board's\n"
          "time is told: simulated time, not this computer's. For the answer local updates are "
          "opened,\n"
          "and the TPM is active with a known owner.\n\n") +
      exit_status_help("bench") +
      "\nExamples:\n"
      "  mesim bench esprimo-e5730\n"
      "  mesim bench esprimo-e5730 --via heci --sweep heci.depth=2..128\n"
      "  mesim bench thinkpad-x200 --image new.bin --html forecast.html");
  return bench;
}

}  // namespace scenarios::cli
