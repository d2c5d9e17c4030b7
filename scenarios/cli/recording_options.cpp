// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/recording_command.h"

namespace scenarios::cli {

CLI::App* add_recording(CLI::App& app, RecordingArguments& arguments) {
  CLI::App* recording = app.add_subcommand(
      "recording", "What an engine was asked and answered, for fwupd and others");
  recording->require_subcommand(1);
  CLI::App* show = recording->add_subcommand("show", "Tell what a recording holds");
  show->add_option("FILE", arguments.file,
                   "Of fwupd (.json, .zip), of `meupdate collect` (.tar), or a log of --log")
      ->required()
      ->type_name("");
  show->footer(exit_status_help("recording show") +
               "\nExample:\n"
               "  meupdate info --device sim:laptop-cm236 --log info.log\n"
               "  mesim recording show info.log");
  CLI::App* from = recording->add_subcommand("from", "Write a recording that fwupd can emulate");
  from->add_option("SOURCE", arguments.source,
                   "A story (.toml) to run and record, or a recording of any kind")
      ->required()
      ->type_name("");
  from->add_option("--output,-o", arguments.output, "File to write, a .json or .zip")
      ->required()
      ->type_name("FILE");
  from->footer(
      "A story is recorded from its first step to its last. What passes between a guest, or any\n"
      "program, and a served board: `mesim serve --record FILE`.\n\n" +
      exit_status_help("recording from") +
      "\nExample:\n"
      "  meupdate info --device sim:laptop-cm236 --log info.log\n"
      "  mesim recording from info.log --output engine.zip\n"
      "  fwupdtool emulation-load engine.zip");
  return recording;
}

}  // namespace scenarios::cli
