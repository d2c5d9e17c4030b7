// SPDX-License-Identifier: BSD-3-Clause
// Booting: the ROM takes the operational code when it is sound, else the recovery code, else it
// halts. Straps may keep all of that from happening.
#include <algorithm>
#include <array>

#include "base/planted.h"
#include "base/reached.h"
#include "emulator/firmware/code_check.h"
#include "emulator/firmware/firmware.h"
#include "emulator/sim/struck_operation.h"
#include "protocol/generation.h"

namespace emulator::firmware {
namespace {

/// How often a boot that finds the flash still busy looks again.
constexpr base::Duration kFlashPoll = std::chrono::milliseconds(1);

const char* trace_text(BootPath path) {
  switch (path) {
    case BootPath::off:
      return "boot: off";
    case BootPath::booting:
      return "boot: begins";
    case BootPath::operational:
      return "boot: operational";
    case BootPath::recovery:
      return "boot: recovery";
    case BootPath::halted:
      return "boot: halted";
    case BootPath::disabled:
      return "boot: disabled by the descriptor's straps";
  }
  return "boot: unknown";
}

void note_boot(BootPath path) {
  if (path == BootPath::operational) base::reached(base::Place::boot_operational);
  if (path == BootPath::recovery) base::reached(base::Place::boot_recovery);
  if (path == BootPath::halted) base::reached(base::Place::boot_halted);
  if (path == BootPath::disabled) base::reached(base::Place::boot_disabled);
}

}  // namespace

/// A boot that is struck ends another way, or takes another time.
class Firmware::StruckBoot final : public sim::StruckOperation {
 public:
  explicit StruckBoot(Firmware& firmware)
      : StruckOperation(firmware.power_),
        firmware_(firmware),
        duration_(firmware.config_.update.boot_time) {}
  base::Duration duration() const { return duration_; }

 private:
  sim::Then lose(sim::Loss loss, sim::Moment moment) override {
    if (loss == sim::Loss::me) return StruckOperation::lose(loss, moment);
    firmware_.ending_ = Ending::power_cut;
    if (moment == sim::Moment::before) duration_ = base::Duration::zero();
    if (moment == sim::Moment::inside) duration_ /= 2;
    return sim::Then::go_on;
  }
  sim::Then fail(std::uint32_t) override { return end(Ending::code_refused); }
  sim::Then silence() override { return end(Ending::never); }
  sim::Then delay(base::Duration longer) override {
    duration_ += longer;
    return sim::Then::go_on;
  }
  sim::Then latch() override {
    firmware_.stuck_ = true;
    return sim::Then::go_on;
  }
  sim::Then end(Ending ending) {
    firmware_.ending_ = ending;
    return sim::Then::go_on;
  }

  Firmware& firmware_;
  base::Duration duration_;
};

void Firmware::boot() {
  booted_before_ = true;
  running_ = {};
  running_.path = BootPath::booting;
  ending_ = Ending::by_flash;
  trace_boot();
  // The chipset's doing, before any code of the ME: it takes no time, and no fault strikes it.
  if (straps_disable_me(flash_)) return boot_timer_.start(base::Duration::zero());
  StruckBoot struck(*this);
  if (const auto fault = faults_.reach(sim::FaultPoint::boot)) struck.strike(*fault);
  if (stuck_) ending_ = Ending::never;
  boot_timer_.start(struck.duration());
}

void Firmware::booted() {
  // A boot writes nothing: cut before, in the middle or at its end differ in time alone.
  if (ending_ == Ending::power_cut) return power_.request_power_cut();
  if (flash_.busy()) {
    base::reached(base::Place::boot_waits_for_flash);
    return boot_timer_.start(kFlashPoll);
  }
  running_.path = straps_disable_me(flash_) ? BootPath::disabled : BootPath::halted;
  const auto layout = find_layout(flash_, config_.identity.engine.part.name);
  if (layout && running_.path != BootPath::disabled) {
    running_.layout = *layout;
    settings_.load(layout->settings.base);
    choose_code();
  }
  trace_boot();
  note_boot(running_.path);
  if (listener_ != nullptr) listener_->boot_ended(running_.path);
}

void Firmware::choose_code() {
  const auto& generation = protocol::nearest_generation(config_.identity.version.major);
  if (generation.manifest != protocol::image::ManifestForm::man) return choose_partitions();
  read_recovery_version();
  if (ending_ == Ending::never) return;
  if (ending_ != Ending::code_refused && run_from(running_.layout.code, BootPath::operational))
    return;
  if (base::planted(base::PlantedBug::recovery_not_tried)) return;
  run_from(running_.layout.recovery, BootPath::recovery);
}

/// From ME 6 on: FTPR always runs, or its copy in FTUP where an update was cut; with NFTP of the
/// same version it is the operational firmware, without it takes an update and little else. Code
/// below the version that was fused does not get to load NFTP.
void Firmware::choose_partitions() {
  if (ending_ == Ending::never) return;
  CheckedCode first = check(running_.layout.recovery);
  running_.first_code_failed = first.fault != CodeFault::none;
  if (running_.first_code_failed) first = check(running_.layout.staging);
  // Where no update was cut, NFTP stands there, which cannot start anything.
  if (first.fault != CodeFault::none || first.manifest.partition_name != "FTPR") return;
  if (running_.first_code_failed) base::reached(base::Place::boot_from_copy);
  running_.second_code_failed = ending_ == Ending::code_refused || !loads_second(first);
  const bool whole = !running_.first_code_failed && !running_.second_code_failed;
  running_.path = whole ? BootPath::operational : BootPath::recovery;
  running_.version = first.manifest.version;
  running_.recovery_version = first.manifest.version;
  running_.security_version = first.manifest.security_version;
  running_.control_number = first.manifest.control_number;
}

bool Firmware::loads_second(const CheckedCode& first) {
  if (first.manifest.security_version < config_.identity.engine.fused_security_version)
    return false;
  const CheckedCode second = check(running_.layout.code);
  // Where an update was cut, the copy of FTPR in FTUP stands there: sound, and no NFTP.
  return second.fault == CodeFault::none && second.manifest.partition_name == "NFTP" &&
         second.manifest.version == first.manifest.version;
}

/// The same bytes are hashed and verified once: that is nothing a board shows.
const CheckedCode& Firmware::verdict_of(const Extent& partition) {
  const std::uint64_t change = flash_.last_change(partition.base, partition.size);
  auto known =
      std::find_if(verdicts_.begin(), verdicts_.end(),
                   [&partition](const Verdict& verdict) { return verdict.partition == partition; });
  if (known != verdicts_.end() && known->change == change) return known->code;
  if (known == verdicts_.end())
    known = verdicts_.insert(known, Verdict{.partition = partition, .change = 0, .code = {}});
  const auto& generation = protocol::nearest_generation(config_.identity.version.major);
  known->change = change;
  known->code = check_partition(flash_.view(partition.base, partition.size),
                                config_.identity.key_md5, generation.manifest);
  return known->code;
}

/// The ROM's check of one partition.
CheckedCode Firmware::check(const Extent& partition) {
  const CheckedCode& code = verdict_of(partition);
  trace_.record({.kind = sim::TraceKind::firmware,
                 .a = partition.base,
                 .b = code.size,
                 .text = name(code.fault)});
  return code;
}

bool Firmware::run_from(const Extent& partition, BootPath path) {
  const CheckedCode code = check(partition);
  const bool believed =
      base::planted(base::PlantedBug::header_before_body) && code.fault == CodeFault::module;
  if (code.fault != CodeFault::none && !believed) return false;
  running_.path = path;
  running_.version = code.manifest.version;
  return true;
}

void Firmware::read_recovery_version() {
  base::Bytes head(protocol::image::Manifest::size);
  flash_.read(running_.layout.recovery.base, head);
  constexpr std::array<char, 4> tag = {'$', 'M', 'A', 'N'};
  const auto manifest = protocol::image::decode_manifest(head);
  if (manifest && manifest->tag == tag) running_.recovery_version = manifest->version;
}

void Firmware::trace_boot() {
  trace_.record({.kind = sim::TraceKind::firmware, .text = trace_text(running_.path)});
}

}  // namespace emulator::firmware
