// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/recording_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <variant>

#include "base/hex.h"
#include "os/scratch_folder.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/explore_command.h"
#include "scenarios/cli/print.h"
#include "scenarios/cli/report_output.h"
#include "scenarios/engine/actions.h"
#include "scenarios/engine/step_checks.h"
#include "scenarios/engine/world.h"
#include "scenarios/recording/recorder.h"
#include "scenarios/recording/recording_file.h"

namespace scenarios::cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using recording::Conversation;
using recording::Message;
using recording::Recording;

constexpr std::size_t kShownBytes = 24;

std::string function_text(const recording::Function& function) {
  std::string text = "engine";
  if (function.device_id) text += fmt::format(" 8086:{:04X}", *function.device_id);
  if (function.subsystem_vendor && function.subsystem_id)
    text += fmt::format(" (subsystem {:04X}:{:04X})", *function.subsystem_vendor,
                        *function.subsystem_id);
  if (!function.status_words.empty()) text += ", status";
  for (const std::uint32_t word : function.status_words) text += fmt::format(" {:08X}", word);
  return text + "\n";
}

std::string message_text(const Message& message) {
  const base::ByteView bytes = message.bytes;
  const bool cut = bytes.size() > kShownBytes;
  return fmt::format("    {} {} bytes: {}{}\n", message.to == Message::To::engine ? "<-" : "->",
                     bytes.size(), base::to_hex(bytes.first(std::min(bytes.size(), kShownBytes))),
                     cut ? "..." : "");
}

std::string recording_text(const Recording& recording) {
  std::string text = function_text(recording.function);
  if (!recording.firmware_versions.empty()) {
    const auto& versions = recording.firmware_versions;
    text += fmt::format("fw_ver {}\n", versions.substr(0, versions.find('\n')));
  }
  for (const Conversation& conversation : recording.conversations) {
    text += fmt::format("  {}, version {}, messages up to {} bytes\n", to_text(conversation.client),
                        conversation.protocol_version, conversation.max_message_length);
    for (const Message& message : conversation.messages) text += message_text(message);
  }
  return text;
}

int failed_recording(const Error& error) {
  complain(error.doing);
  return error.code == Errc::io || error.code == Errc::permission ? kBroken : kUsage;
}

/// Whether the step did what it was to do.
bool goes_well(const engine::Step& step, engine::World& world) {
  const engine::Before before = engine::look(step.expect, world);
  engine::StepOutcome outcome = std::visit(
      [&world](const auto& action) { return engine::perform(action, world); }, step.action);
  if (!outcome.script_error.empty() || !outcome.broken.empty()) return false;
  engine::check_step(step, before, world, outcome);
  return outcome.mismatches.empty();
}

/// A story that does not pass is not recorded: what it shows is not what it was written for.
Result<Recording> recorded_story(const std::string& path) {
  const auto story = one_story(path, "");
  if (!story) return story.error();
  auto scratch = os::ScratchFolder::make();
  if (!scratch) return scratch.error();
  recording::Recorder recorder;
  engine::World world(*story, scratch->path(), &recorder);
  if (const auto begun = world.begin(); !begun) return begun.error();
  const bool passed =
      std::all_of(story->steps.begin(), story->steps.end(),
                  [&world](const engine::Step& step) { return goes_well(step, world); });
  if (passed) return recorder.recorded(world.machine());
  return Error{Errc::io, fmt::format("{} did not pass; see `mesim run {}`", path, path)};
}

int show_recording(const std::string& file) {
  const auto read = recording::read_recording(file);
  if (!read) {
    complain(read.error().doing);
    return kUsage;
  }
  say(recording_text(*read));
  return kDone;
}

int recording_from(const RecordingArguments& arguments) {
  if (!can_be_written(arguments.output)) return kBroken;
  const bool is_story = arguments.source.ends_with(".toml");
  const auto recorded =
      is_story ? recorded_story(arguments.source) : recording::read_recording(arguments.source);
  if (!recorded) return failed_recording(recorded.error());
  const auto written = recording::write_recording(*recorded, arguments.output);
  if (!written && written.error().code == Errc::invalid) {
    complain(fmt::format("{}: {}", arguments.source, written.error().doing));
    return kUsage;
  }
  if (!written) return failed_recording(written.error());
  std::size_t messages = 0;
  for (const Conversation& conversation : recorded->conversations)
    messages += conversation.messages.size();
  say(fmt::format("{}: {} conversations, {} messages\n", arguments.output,
                  recorded->conversations.size(), messages));
  return kDone;
}

}  // namespace

int run_recording(const CLI::App& command, const RecordingArguments& arguments) {
  if (command.got_subcommand("show")) return show_recording(arguments.file);
  return recording_from(arguments);
}

}  // namespace scenarios::cli
