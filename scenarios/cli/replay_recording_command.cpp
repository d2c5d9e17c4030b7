// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/replay_recording_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "config/strict_toml.h"
#include "config/toml_tree.h"
#include "emulator/attach/serving_loop.h"
#include "emulator/attach/vfio_user/vfio_user_server.h"
#include "os/signals.h"
#include "os/unix_listener.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/new_board_id.h"
#include "scenarios/cli/print.h"
#include "scenarios/cli/stop_signal.h"
#include "scenarios/engine/readers.h"
#include "scenarios/recording/recording_file.h"
#include "scenarios/recording/replayed_engine.h"

namespace scenarios::cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using emulator::sim::FaultRule;
using recording::ReplayedEngine;

/// A monitor's BIOS is done before the link of a real engine is up.
constexpr base::Duration kLinkTime = std::chrono::seconds(1);

int failed_replay(const Error& error) {
  complain(error.doing);
  return error.code == Errc::io || error.code == Errc::busy ? kBroken : kUsage;
}

/// The words of a story: docs/scenarios.md.
Result<FaultRule> fault_of(const std::string& text) {
  const auto document = config::parse_toml("fault = " + text, "--fault");
  if (!document) return document.error();
  config::StrictReader reader(*document);
  config::StrictTable root = reader.root();
  const engine::ArmFault fault = engine::read_fault(root);
  if (const auto done = reader.finish(); !done) return done.error();
  return fault.rule;
}

Result<void> arm(const std::vector<std::string>& faults, ReplayedEngine& engine) {
  for (const std::string& text : faults) {
    const auto rule = fault_of(text);
    if (!rule) return rule.error();
    engine.faults().arm(*rule);
  }
  return {};
}

Result<std::unique_ptr<ReplayedEngine>> engine_of(const ReplayArguments& arguments) {
  const auto recorded = recording::read_recording(arguments.recording);
  if (!recorded) return recorded.error();
  const auto generation = recording::generation_of(*recorded);
  if (!generation) {
    return Error{generation.error().code,
                 fmt::format("{}: {}", arguments.recording, generation.error().doing)};
  }
  auto engine = std::make_unique<ReplayedEngine>(*recorded, **generation);
  if (const auto armed = arm(arguments.faults, *engine); !armed) return armed.error();
  return engine;
}

void restart(ReplayedEngine& engine) {
  engine.reset();
  engine.clock().sleep(kLinkTime);
}

void serve_until(StopSignal& stop, os::UnixListener socket, ReplayedEngine& engine,
                 const protocol::BoardId& id, emulator::attach::Speed speed) {
  emulator::attach::RealTime time(engine.clock(), speed);
  emulator::attach::ServingLoop loop(time);
  emulator::attach::vfio_user::VfioUserServer server(
      std::move(socket), engine.pci(), [&engine] { restart(engine); }, id);
  loop.add(stop);
  loop.add(server);
  while (!stop.came()) loop.turn();
}

}  // namespace

CLI::App* add_replay(CLI::App& app, ReplayArguments& arguments) {
  CLI::App* replay =
      app.add_subcommand("replay", "Be an engine that answers as one did that was recorded");
  replay
      ->add_option("RECORDING", arguments.recording,
                   "Of fwupd (.json, .zip), of `meupdate collect` (.tar), or a log of --log")
      ->required()
      ->type_name("");
  replay->add_option("--vfio-user", arguments.vfio_user, "Socket for the HECI function")
      ->required()
      ->type_name("PATH");
  replay
      ->add_option("--fault", arguments.faults,
                   "What goes wrong, as a story's step has it; can be given again")
      ->type_name("TABLE")
      ->allow_extra_args(false);
  replay->add_flag_callback(
      "--fast", [&arguments] { arguments.speed = emulator::attach::Speed::fast; },
      "Do not wait for what takes the hardware its time");
  replay->footer(
      "What the recording was asked is answered as it was then, in its order; to anything else\n"
      "there is no answer. SIGTERM, SIGHUP or Ctrl-C ends it.\n\n" +
      exit_status_help("replay") +
      "\nExamples:\n"
      "  mesim replay board.tar --vfio-user engine.sock\n"
      "  meupdate info --device vfio-user:engine.sock --tpm none\n"
      "  mesim replay board.tar --vfio-user engine.sock \\\n"
      "    --fault '{ point = \"host_message\", action = \"ignore\", occurrence = 2 }'");
  return replay;
}

int replay_recording(const ReplayArguments& arguments) {
  StopSignal stop;
  os::ignore_broken_pipes();
  auto engine = engine_of(arguments);
  if (!engine) return failed_replay(engine.error());
  auto socket = os::UnixListener::open(arguments.vfio_user);
  if (!socket) return failed_replay(socket.error());
  const auto id = new_board_id();
  if (!id) return failed_replay(id.error());
  restart(**engine);
  fmt::print("replaying {}\n  HECI, vfio-user:  {}\nready; SIGTERM or Ctrl-C ends it\n",
             arguments.recording, arguments.vfio_user);
  if (!all_was_said()) return kBroken;
  serve_until(stop, std::move(socket).value(), **engine, *id, arguments.speed);
  return kDone;
}

}  // namespace scenarios::cli
