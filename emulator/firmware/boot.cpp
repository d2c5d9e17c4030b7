// SPDX-License-Identifier: BSD-3-Clause
// Booting: the ROM takes the operational code when it is sound, else the recovery code, else it
// halts. Straps may keep all of that from happening.
#include <array>

#include "emulator/firmware/code_check.h"
#include "emulator/firmware/firmware.h"

namespace emulator::firmware {
namespace {

using sim::FaultAction;

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

}  // namespace

void Firmware::boot() {
  booted_before_ = true;
  running_ = {};
  running_.path = BootPath::booting;
  ending_ = Ending::by_flash;
  trace_boot();
  // The chipset's doing, before any code of the ME: it takes no time, and no fault strikes it.
  if (straps_disable_me(flash_)) return boot_timer_.start(base::Duration::zero());
  base::Duration duration = config_.update.boot_time;
  if (const auto strike = faults_.reach(sim::FaultPoint::boot)) duration = plan_boot(*strike);
  boot_timer_.start(duration);
}

/// Returns how long the boot is going to last.
base::Duration Firmware::plan_boot(const sim::FaultRule& strike) {
  const base::Duration boot_time = config_.update.boot_time;
  switch (strike.action) {
    case FaultAction::power_cut_before:
      ending_ = Ending::power_cut;
      return base::Duration::zero();
    case FaultAction::power_cut_inside:
      ending_ = Ending::power_cut;
      return boot_time / 2;
    case FaultAction::power_cut_after:
      ending_ = Ending::power_cut;
      return boot_time;
    case FaultAction::me_reset:
      power_.request_me_reset();
      return boot_time;
    case FaultAction::fail:
      ending_ = Ending::code_refused;
      return boot_time;
    case FaultAction::ignore:
      ending_ = Ending::never;
      return boot_time;
    case FaultAction::delay:
      return boot_time + strike.delay;
    case FaultAction::twice:
      return boot_time;
  }
  return boot_time;
}

void Firmware::booted() {
  // A boot writes nothing: cut before, in the middle or at its end differ in time alone.
  if (ending_ == Ending::power_cut) return power_.request_power_cut();
  if (flash_.busy()) return boot_timer_.start(kFlashPoll);
  running_.path = straps_disable_me(flash_) ? BootPath::disabled : BootPath::halted;
  const auto layout = find_layout(flash_);
  if (layout && running_.path != BootPath::disabled) {
    running_.layout = *layout;
    settings_.load(layout->settings.base);
    choose_code();
  }
  trace_boot();
  if (listener_ != nullptr) listener_->boot_ended(running_.path);
}

void Firmware::choose_code() {
  read_recovery_version();
  if (ending_ == Ending::never) return;
  if (ending_ != Ending::code_refused && run_from(running_.layout.code, BootPath::operational))
    return;
  run_from(running_.layout.recovery, BootPath::recovery);
}

/// The ROM's check of one partition.
bool Firmware::run_from(const Extent& partition, BootPath path) {
  base::Bytes bytes(partition.size);
  flash_.read(partition.base, bytes);
  const CheckedCode code = check_code(bytes, config_.identity.key_md5);
  trace_.record({.kind = sim::TraceKind::firmware,
                 .a = partition.base,
                 .b = code.size,
                 .text = name(code.fault)});
  if (code.fault != CodeFault::none) return false;
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
