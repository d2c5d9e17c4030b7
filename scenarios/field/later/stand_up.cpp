// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/later/stand_up.h"

#include <fmt/format.h>

#include <utility>

#include "emulator/machine/facts.h"
#include "protocol/generation.h"
#include "protocol/mei/mkhi.h"
#include "scenarios/engine/actions.h"
#include "scenarios/engine/image_builder.h"
#include "scenarios/engine/world.h"

namespace scenarios::field {
namespace {

using emulator::sim::FaultAction;
using emulator::sim::FaultPoint;
using emulator::sim::FaultRule;
using Version = protocol::FirmwareVersion;

// A small board: NFTP has 64 KiB, FTPR half of it. An update writes FTPR to FTUP, FTPR in its
// place, NFTP, and perhaps a part (docs/generations.md).
constexpr const char* kCodeSize = "0x10000";
constexpr std::uint32_t kFirstPages = 128;
constexpr std::uint32_t kSecondPages = 256;
constexpr std::uint32_t kPagesOfPart = 16;
constexpr std::uint32_t kInFirstCopy = kFirstPages / 2;
constexpr std::uint32_t kInFirst = kFirstPages + kFirstPages / 2;
constexpr std::uint32_t kInSecond = 2 * kFirstPages + kSecondPages / 4;
constexpr std::uint32_t kAlways = 1'000'000;
constexpr std::uint32_t kThirdMessage = 3;
// Places in a file of that size.
constexpr std::uint32_t kModuleOfFirst = 0x2000;
constexpr std::uint32_t kSecondManifest = 0x9000;
constexpr std::uint32_t kCutAt = 0x14000;
// Statuses of the firmware (protocol/tools/update_status.h).
constexpr std::uint32_t kEventFailed = 0x209;
constexpr std::uint32_t kDataWithoutStart = 0x2C2;

void set(engine::Scenario& story, const char* key, std::string value) {
  story.set.push_back({key, std::move(value), "a cause that is tried"});
}

void set_for(const LaterStory& asked, const emulator::machine::Profile& profile,
             engine::Scenario& story) {
  set(story, "flash.code_size", kCodeSize);
  if (asked.condition == EngineCondition::no_code)
    set(story, "firmware.key_md5", "\"00000000000000000000000000000000\"");
  if (asked.cause == nullptr) return;
  const bool older = asked.cause->file == FileFault::older_control ||
                     asked.cause->file == FileFault::older_security ||
                     asked.cause->file == FileFault::older_part;
  if (older) {
    set(story, "engine.control_number", "4");
    set(story, "engine.security_version", "1");
    if (!profile.firmware.identity.engine.part.name.empty())
      set(story, "engine.part.control_number", "2");
  }
  if (asked.cause->board == BoardFault::closed) {
    set(story, "settings.local_update", "\"disabled\"");
    set(story, "settings.override_qualifier", "\"never\"");
  }
  if (asked.cause->board == BoardFault::vetoes_older) set(story, "update.allow_downgrade", "false");
  if (asked.cause->board == BoardFault::wants_oem_id)
    set(story, "update.oem_id", "\"4C454E4F564F00000000000000000000\"");
}

/// The flash's operation in the middle of the stage that a log shows, else of NFTP.
std::uint32_t page_of(const LaterStory& story, const emulator::machine::Profile& profile) {
  const bool has_part = !profile.firmware.identity.engine.part.name.empty();
  const std::uint32_t pages = 2 * kFirstPages + kSecondPages + (has_part ? kPagesOfPart : 0);
  const std::uint32_t inner = story.stages > 2 ? story.stages - 2 : 0;
  if (story.stage == 0 || inner == 0 || story.stage > inner) return kInSecond;
  return (2 * story.stage - 1) * pages / (2 * inner) + 1;
}

std::vector<FaultRule> faults_of(const LaterStory& story,
                                 const emulator::machine::Profile& profile) {
  switch (story.cause->board) {
    case BoardFault::flash_fails:
      return {{.point = FaultPoint::flash_program, .occurrence = page_of(story, profile)}};
    case BoardFault::gone:
      return {{.point = FaultPoint::flash_program,
               .occurrence = page_of(story, profile),
               .action = FaultAction::me_reset},
              {.point = FaultPoint::boot, .action = FaultAction::ignore}};
    case BoardFault::silent:
      return {{.point = FaultPoint::fwu_data,
               .occurrence = kThirdMessage,
               .action = FaultAction::ignore,
               .repeat = kAlways}};
    case BoardFault::busy:
      return {{.point = FaultPoint::fwu_start,
               .repeat = kAlways,
               .status = protocol::mkhi::kUpdateInProgress}};
    case BoardFault::own_fault:
      return {{.point = FaultPoint::fwu_data, .occurrence = kThirdMessage, .status = kEventFailed}};
    case BoardFault::forgot:
      return {{.point = FaultPoint::fwu_data,
               .occurrence = kThirdMessage,
               .status = kDataWithoutStart}};
    case BoardFault::refuses:
      return {{.point = FaultPoint::fwu_end, .repeat = kAlways, .status = story.refusal}};
    default:
      return {};
  }
}

/// A version behind `from`, of the same generation.
Version newer(Version from) {
  ++from.hotfix;
  return from;
}
Version older(Version from) {
  if (from.hotfix > 0)
    --from.hotfix;
  else if (from.build > 0)
    --from.build;
  return from;
}

Version version_for(const LaterStory& story, const Version& runs) {
  const FileFault fault = story.cause->file;
  Version image = story.image.major == runs.major ? story.image : newer(runs);
  if (fault == FileFault::other_generation) {
    if (story.image.major != 0 && story.image.major != runs.major) return story.image;
    image.major = runs.major == protocol::kNewestGeneration
                      ? static_cast<std::uint16_t>(runs.major - 1)
                      : static_cast<std::uint16_t>(runs.major + 1);
  }
  if (fault == FileFault::same) return runs;
  if (fault == FileFault::older && !(image < runs)) return older(runs);
  return image;
}

engine::ImageSpec spec_for(const LaterStory& story, const emulator::machine::Profile& profile) {
  engine::ImageSpec spec;
  spec.name = "update.bin";
  const auto& identity = profile.firmware.identity;
  spec.version = version_for(story, identity.version);
  switch (story.cause->file) {
    case FileFault::other_sku:
      spec.sku = identity.sku ^ 0x40;
      break;
    case FileFault::other_key:
      spec.key = engine::ImageKey::other;
      break;
    case FileFault::cleaned:
      spec.corrupt.push_back(
          {.offset = kSecondManifest, .bytes = base::Bytes(64, 0xFF), .place = {}});
      break;
    case FileFault::damaged:
      spec.corrupt.push_back(
          {.offset = kModuleOfFirst, .bytes = base::Bytes(4, 0xA5), .place = {}});
      break;
    case FileFault::cut:
      spec.length = kCutAt;
      break;
    case FileFault::region:
      spec.kind = engine::ImageKind::region;
      spec.size = 0x10000;
      break;
    case FileFault::older_control:
      spec.control_number = identity.engine.control_number - 1;
      break;
    case FileFault::older_part:
      spec.part_control_number = identity.engine.part.control_number - 1;
      break;
    case FileFault::older_security:
      spec.security_version = identity.engine.security_version - 1;
      break;
    default:
      break;
  }
  return spec;
}

/// One board and what is done with it.
class Stand {
 public:
  Stand(const LaterStory& story, const std::string& scratch) : story_(story), scratch_(scratch) {}

  base::Result<LaterPlayed> play();

 private:
  base::Result<void> set_up();
  base::Result<void> bring_about();
  base::Result<void> interrupt(std::uint32_t page, const Version& version);
  base::Result<void> start_without(FaultRule fault);
  base::Result<void> until(std::vector<engine::FactExpectation> facts);
  base::Result<void> restart();
  base::Result<base::Bytes> sound_file(const Version& version);
  base::Result<void> run_update();
  base::Result<void> remedy();
  std::string fact(std::string_view name) {
    return emulator::machine::find_fact(name)->read(world_->machine());
  }

  const LaterStory& story_;
  const std::string& scratch_;
  engine::Scenario scenario_;
  std::optional<engine::World> world_;
  LaterPlayed out_;
};

base::Result<void> Stand::set_up() {
  const auto profile = emulator::machine::load_profile(story_.profile);
  if (!profile) return profile.error();
  scenario_.id = "field report";
  scenario_.machine = story_.profile;
  const bool never = story_.condition == EngineCondition::not_ready ||
                     story_.condition == EngineCondition::no_code ||
                     (story_.cause != nullptr && story_.cause->board == BoardFault::never_ready);
  if (never) scenario_.begin = engine::Begin::off;
  set_for(story_, *profile, scenario_);
  world_.emplace(scenario_, scratch_, nullptr);
  return world_->begin();
}

base::Result<void> Stand::until(std::vector<engine::FactExpectation> facts) {
  const auto outcome = engine::perform(
      engine::Until{.device = std::move(facts), .limit = std::chrono::minutes(2)}, *world_);
  if (outcome.mismatches.empty() && outcome.script_error.empty()) return {};
  return base::Error{base::Errc::invalid, fmt::format("no board comes into the condition \"{}\"",
                                                      name(story_.condition))};
}

base::Result<void> Stand::restart() {
  world_->drop_driver();
  world_->machine().power_cut();
  world_->machine().power_on();
  return until({{.name = "link", .low = "up", .high = {}, .place = {}}});
}

base::Result<base::Bytes> Stand::sound_file(const Version& version) {
  engine::ImageSpec spec;
  spec.name = "sound.bin";
  spec.version = version;
  return engine::build_image(spec, world_->machine().profile());
}

/// An update that loses its power at that page of the flash.
base::Result<void> Stand::interrupt(std::uint32_t page, const Version& version) {
  auto file = sound_file(version);
  if (!file) return file.error();
  world_->machine().faults().arm({.point = FaultPoint::flash_program,
                                  .occurrence = page,
                                  .action = FaultAction::power_cut_before});
  (void)run_fwupdlcl({.file = std::move(*file), .version = version}, *world_);
  if (world_->machine().powered())
    return base::Error{base::Errc::invalid, "the update that was to be cut went through"};
  world_->drop_driver();
  world_->machine().power_on();
  return until({{.name = "boot", .low = "recovery", .high = {}, .place = {}}});
}

base::Result<void> Stand::start_without(FaultRule fault) {
  world_->machine().faults().arm(fault);
  world_->machine().power_on();
  world_->host().sleep(std::chrono::seconds(5));
  return {};
}

base::Result<void> Stand::bring_about() {
  const Version runs = world_->machine().profile().firmware.identity.version;
  switch (story_.condition) {
    case EngineCondition::runs:
    case EngineCondition::update_failed:
      break;
    case EngineCondition::second_lost:
      return interrupt(kInFirstCopy, newer(runs));
    case EngineCondition::first_lost:
      return interrupt(kInFirst, runs);
    case EngineCondition::no_code:
      world_->machine().power_on();
      return until({{.name = "boot", .low = "halted", .high = {}, .place = {}}});
    case EngineCondition::not_ready:
      return start_without({.point = FaultPoint::boot, .action = FaultAction::ignore});
  }
  if (story_.cause != nullptr && story_.cause->board == BoardFault::never_ready)
    return start_without({.point = FaultPoint::boot, .action = FaultAction::ignore});
  return {};
}

base::Result<void> Stand::run_update() {
  const Cause& cause = *story_.cause;
  EraUpdate update{.device_absent = cause.board == BoardFault::absent, .looks_at = cause.looks_at};
  if (cause.file != FileFault::missing) {
    const engine::ImageSpec spec = spec_for(story_, world_->machine().profile());
    auto file = engine::build_image(spec, world_->machine().profile());
    if (!file) return file.error();
    update.file = std::move(*file);
    update.version = spec.version;
  }
  for (const FaultRule& rule : faults_of(story_, world_->machine().profile()))
    world_->machine().faults().arm(rule);
  const bool by_bios = story_.sender == LaterStory::Sender::bios;
  out_.printed =
      (by_bios ? run_bios_recovery(update, *world_) : run_fwupdlcl(update, *world_)).printed;
  world_->machine().faults().disarm_all();
  return {};
}

/// As a person would do it: nothing else is changed.
base::Result<void> Stand::remedy() {
  const Version better = newer(newer(world_->machine().profile().firmware.identity.version));
  if (story_.remedy == Remedy::open_then_file) {
    world_->machine().open_local_update();
    world_->host().sleep(std::chrono::seconds(10));  // it is saved, and the board restarts
  }
  if (story_.remedy != Remedy::right_file && story_.remedy != Remedy::newer_file) {
    if (auto up = restart(); !up) return up;
  }
  auto file = sound_file(better);
  if (!file) return file.error();
  const EraRun run = run_fwupdlcl({.file = std::move(*file), .version = better}, *world_);
  if (!run.updated) return {};
  if (auto up = restart(); !up) return up;
  out_.remedied = fact("boot") == "operational" && fact("version") == to_text(better);
  return {};
}

base::Result<LaterPlayed> Stand::play() {
  if (auto done = set_up(); !done) return done.error();
  if (auto done = bring_about(); !done) return done.error();
  const bool failed = story_.condition == EngineCondition::update_failed;
  if (story_.cause != nullptr && (failed || !story_.info)) {
    if (auto done = run_update(); !done) return done.error();
  }
  out_.words = world_->make_driver()->firmware_status_words();
  out_.version = fact("version");
  if (story_.info) {
    out_.printed = run_meinfo(*story_.info, *world_);
  } else if (story_.remedy != Remedy::none) {
    // A remedy that cannot be tried was not: that the log came about stands all the same.
    if (const auto tried = remedy(); !tried) out_.remedied = false;
  }
  return std::move(out_);
}

}  // namespace

base::Result<LaterPlayed> play(const LaterStory& story, const std::string& scratch) {
  return Stand(story, scratch).play();
}

}  // namespace scenarios::field
