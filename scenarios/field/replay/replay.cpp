// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/replay/replay.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>

#include "emulator/trace/describe_message.h"
#include "protocol/tools/meinfo.h"
#include "scenarios/engine/actions.h"
#include "scenarios/engine/placeholder.h"
#include "scenarios/engine/world.h"
#include "scenarios/field/reading/command_line.h"

namespace scenarios::field {
namespace {

using emulator::sim::TraceKind;
using emulator::sim::TraceRecord;
using emulator::trace::ClientMap;
using protocol::update::ToolError;

/// Messages and events in words. An upload has thousands of messages: the middle of a run of alike
/// ones is left out.
class TimelineSink final : public emulator::sim::TraceSink {
 public:
  void record(const TraceRecord& record) override {
    const bool flash = record.kind == TraceKind::flash_program ||
                       record.kind == TraceKind::flash_erase ||
                       record.kind == TraceKind::flash_torn;
    if (flash || lines_.size() >= kMost) return;
    if (record.kind == TraceKind::message_to_host) clients_.learn(record.me_addr, record.data);
    std::string line = describe(record, clients_, record.data, record.data.size());
    const std::string kind = kind_of(line);
    alike_ = kind == last_kind_ || kind == before_last_kind_ ? alike_ + 1 : 0;
    before_last_kind_ = last_kind_;
    last_kind_ = kind;
    if (alike_ == kAlike) return lines_.push_back("                    ...");
    if (alike_ < kAlike) lines_.push_back(std::move(line));
  }
  std::vector<std::string> take() { return std::move(lines_); }

 private:
  static constexpr std::size_t kMost = 600;
  static constexpr std::size_t kAlike = 8;

  /// The line without its time and numbers.
  static std::string kind_of(const std::string& line) {
    std::string kind;
    for (const char c : line.substr(std::min<std::size_t>(line.size(), 18))) {
      if (c < '0' || c > '9') kind += c;
    }
    return kind;
  }

  ClientMap clients_;
  std::vector<std::string> lines_;
  std::string last_kind_;
  std::string before_last_kind_;
  std::size_t alike_ = 0;
};

/// Letters, digits, dots and dashes: it becomes a file.
std::string file_name(const std::string& word) {
  std::string out;
  for (const char c : word.substr(word.find_last_of("\\/") + 1)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '.' || c == '-' || c == '_';
    out += plain ? c : '_';
  }
  while (out.starts_with('.')) out.erase(0, 1);
  return out.empty() ? "image.bin" : out;
}

struct KnownVersion {
  protocol::FirmwareVersion version;
  std::string from;
};

/// "5.2.70.1046.bin" names its version.
std::optional<protocol::FirmwareVersion> version_of_name(const std::string& word) {
  const std::string name = file_name(word);
  return protocol::parse_firmware_version(name.substr(0, name.find_last_of('.')));
}

/// The next minor version: newer, of the same generation.
KnownVersion assumed_version(const ToolRun& run, const ReportedBoard& state) {
  const Observation* seen = state.find(Fact::flash_version);
  const auto running =
      seen != nullptr ? protocol::parse_firmware_version(seen->value + ".0") : std::nullopt;
  protocol::FirmwareVersion next =
      running.value_or(protocol::FirmwareVersion{.major = run.generation});
  next.minor = static_cast<std::uint16_t>(next.minor + 1);
  next.hotfix = 0;
  next.build = 1000;
  return {next, "assumed: no log names it"};
}

KnownVersion image_version(const ToolRun& run, const ReportedBoard& state) {
  if (const Observation* seen = run.find(Fact::image_version)) {
    if (const auto version = protocol::parse_firmware_version(seen->value))
      return {*version, "observed " + place_of(seen->line)};
  }
  if (const std::string* word = image_word(run.command)) {
    if (const auto version = version_of_name(*word))
      return {*version, "derived from the file's name"};
  }
  return assumed_version(run, state);
}

}  // namespace

bool tells_image_version(const ToolRun& run) {
  const std::string* word = image_word(run.command);
  return run.find(Fact::image_version) != nullptr || (word != nullptr && version_of_name(*word));
}

namespace {

engine::ImageSpec image_for(const ToolRun& run, const protocol::FirmwareVersion& version) {
  engine::ImageSpec image;
  const std::string* word = image_word(run.command);
  image.name = word != nullptr ? file_name(*word) : to_text(version) + ".bin";
  image.version = version;
  if (const Observation* seen = run.find(Fact::image_sku)) {
    const auto number = std::strtoul(seen->value.c_str(), nullptr, 10);
    if (number != 0) image.sku = static_cast<std::uint32_t>(number);
  }
  return image;
}

/// The tool names its way; before it does, its switches and its errors tell.
ReplayCommand::Way way_of(const ToolRun& run) {
  using Way = ReplayCommand::Way;
  if (const Observation* mode = run.find(Fact::communication_mode))
    return names_tpm(*mode) ? Way::tpm : Way::heci;
  const Observation* error = run.find(Fact::error);
  if (error != nullptr && is_error(*error, ToolError::tpm_update_required)) return Way::heci;
  if (error != nullptr && is_error(*error, ToolError::owner_password_required)) return Way::tpm;
  return has_switch(run.command, "tpm") ? Way::tpm : Way::heci;
}

/// The last of which boards are built, or the one before.
constexpr std::uint16_t another_generation(std::uint16_t major) {
  return static_cast<std::uint16_t>(major == kLastGeneration ? kLastGeneration - 1
                                                             : kLastGeneration);
}

void spoil(engine::ImageSpec& image, Circumstances::Image how) {
  using Image = Circumstances::Image;
  constexpr std::uint32_t kInTheSecondModule = 0xC000;  // of the smallest image, too
  if (how == Image::other_key) image.key = engine::ImageKey::other;
  if (how == Image::other_sku) image.sku = image.sku.value_or(0) ^ 0x40;
  if (how == Image::damaged)
    image.corrupt.push_back({.offset = kInTheSecondModule, .bytes = base::Bytes(16), .place = {}});
  if (how == Image::older) image.version = {.major = image.version.major, .build = 1};
  if (how == Image::other_generation) image.version.major = another_generation(image.version.major);
}

}  // namespace

std::string ReplayCommand::text() const {
  std::string text = "meupdate";
  for (const std::string& word : arguments) text += " " + engine::without_marks(word);
  return text;
}

std::vector<std::string> info_arguments(const ToolRun& run) {
  const auto& generation = protocol::nearest_generation(run.dialect);
  return {"info", "--format", std::string(protocol::tools::meinfo(generation.meinfo.value).format)};
}

ReplayCommand command_for(const ToolRun& run, const ReportedBoard& state) {
  ReplayCommand command;
  if (run.tool == Tool::meinfo) {
    command.arguments = info_arguments(run);
    return command;
  }
  const KnownVersion version = image_version(run, state);
  command.image = image_for(run, version.version);
  command.image_from = version.from;
  command.way = way_of(run);
  command.arguments = {"update",   "${image:" + command.image->name + "}",
                       "--format", run.terse ? "fwupdlcl-terse" : "fwupdlcl",
                       "--via",    command.way == ReplayCommand::Way::tpm ? "tpm" : "heci",
                       "-y"};
  return command;
}

engine::Scenario story_of(const ReplayCommand& command, const Circumstances& circumstances,
                          const std::string& profile) {
  engine::Scenario story;
  story.id = "field report";
  story.title = command.text();
  story.machine = profile;
  story.set = overrides(circumstances.set);
  story.files = circumstances.files;
  engine::Meupdate meupdate{.arguments = command.arguments};
  meupdate.device_absent = circumstances.condition == Circumstances::Condition::unreachable;
  if (command.image) {
    story.images.push_back(*command.image);
    spoil(story.images.back(), circumstances.image);
    if (circumstances.update_password) {
      story.files.push_back(*circumstances.update_password);
      const auto typed = with_update_password(*circumstances.update_password);
      meupdate.arguments.insert(meupdate.arguments.end(), typed.begin(), typed.end());
    }
    if (command.way == ReplayCommand::Way::tpm) {
      meupdate.arguments.insert(meupdate.arguments.end(), circumstances.arguments.begin(),
                                circumstances.arguments.end());
    }
  }
  story.steps.push_back(
      {.text = command.text(), .place = {}, .action = std::move(meupdate), .expect = {}});
  return story;
}

base::Result<void> lend_images(const engine::Scenario& story, BoardMaker& maker,
                               engine::World& world) {
  for (const engine::ImageSpec& spec : story.images) {
    auto bytes = maker.image(spec, world.machine().profile());
    if (!bytes) return bytes.error();
    world.lend_image(spec.name, std::move(*bytes));
  }
  return {};
}

base::Result<Replayed> replay(const engine::Scenario& story, const Circumstances& circumstances,
                              BoardMaker& maker, const std::string& scratch, Timeline timeline) {
  auto machine = maker.booted(story.machine, circumstances);
  if (!machine) return machine.error();
  TimelineSink sink;
  engine::World world(story, scratch, timeline == Timeline::kept ? &sink : nullptr);
  world.begin_on(std::move(*machine));
  if (auto lent = lend_images(story, maker, world); !lent) return lent.error();
  auto& faults = world.machine().faults();
  for (const auto& fault : circumstances.faults) faults.arm(fault);
  const auto& command = std::get<engine::Meupdate>(story.steps.front().action);
  const engine::StepOutcome outcome = engine::perform(command, world);
  if (!outcome.script_error.empty()) return base::Error{base::Errc::invalid, outcome.script_error};
  Replayed result{.printed = outcome.out,
                  .complained = outcome.err,
                  .exit = outcome.exit.value_or(0),
                  .faults_struck = faults.unfired().empty(),
                  .timeline = sink.take()};
  for (std::size_t i = 0; i < result.reached.size(); ++i)
    result.reached[i] = faults.reached(static_cast<emulator::sim::FaultPoint>(i));
  return result;
}

}  // namespace scenarios::field
