// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/firmware/status_words.h"

#include "protocol/generation.h"
#include "protocol/heci/firmware_status.h"

namespace emulator::firmware {
namespace {

using protocol::heci::Hfs1;
using protocol::heci::Hfs2;
using protocol::heci::StatusError;
using protocol::heci::WorkingState;
using First = base::Register32<Hfs1>;
using Second = base::Register32<Hfs2>;

constexpr std::uint32_t kPreboot = 0;
constexpr std::uint32_t kBringUp = 6;  ///< operation
// Phases and states to ME 10 (coreboot's tables).
constexpr std::uint32_t kPhaseBringUp = 1;
constexpr std::uint32_t kPhaseUpdating = 7;
constexpr std::uint32_t kCsmeBringUp = 3;  ///< phase
constexpr std::uint32_t kLoadsKernel = 0x32;
constexpr std::uint32_t kChecksStraps = 0x0A;

template <class Word>
constexpr std::uint32_t number(Word word) {
  return static_cast<std::uint32_t>(word);
}

bool is_csme(std::uint16_t major) {
  return protocol::nearest_generation(major).manifest > protocol::image::ManifestForm::mn2;
}

/// ME 8 in recovery: 1E003052 1632017A, with an image failure, where the kernel did not load. CSME
/// 15 and 16: 94000242 and 02F10507 where NFTP did not load, 94000642 where the first code did not
/// load either.
void show_recovery(First& first, Second& second, bool csme, const Running& running) {
  first = first.with(Hfs1::state, number(WorkingState::recovery));
  if (running.first_code_failed) first = first.with(Hfs1::bring_up_load_failure, 1);
  if (csme && running.second_code_failed) second = second.with(Hfs2::second_code_failure, 1);
  if (csme) return;
  first = first.with(Hfs1::init_complete, 0).with(Hfs1::error, number(StatusError::image_failure));
  second = second.with(Hfs2::phase, kPhaseBringUp).with(Hfs2::phase_state, kLoadsKernel);
}

/// ME 7: 00020191 100A0000; an ME 9 stood at another state of the same phase (124D2142). CSME 11:
/// 80022004 304D0116.
void show_strapped_off(First& first, Second& second, std::uint16_t major) {
  const bool csme = is_csme(major);
  first = first.with(Hfs1::init_complete, 0)
              .with(Hfs1::state, number(csme ? WorkingState::disabled : WorkingState::initialising))
              .with(Hfs1::operation, csme ? kPreboot : kBringUp)
              .with(Hfs1::mode, number(protocol::heci::OperationMode::alternate_disable));
  second = second.with(Hfs2::phase, csme ? kCsmeBringUp : kPhaseBringUp);
  if (csme)
    first = first.with(Hfs1::error, number(StatusError::disabled)).with(Hfs1::power, 0);
  else if (protocol::nearest_generation(major).shows_straps.value)
    second = second.with(Hfs2::phase_state, kChecksStraps);
}

void show_session(First& first, Second& second, bool csme, SessionState session) {
  const bool works = session == SessionState::staging || session == SessionState::verifying ||
                     session == SessionState::committing;
  if (works) first = first.with(Hfs1::update_in_progress, 1);
  // 76442312 on an ME 9.1 whose update had failed.
  const bool was_at_it = works || session == SessionState::failed;
  if (was_at_it && !csme) second = second.with(Hfs2::phase, kPhaseUpdating);
}

}  // namespace

StatusWords status_words(const StatusWords& undisturbed, std::uint16_t major,
                         const Running& running, SessionState session) {
  StatusWords words = undisturbed;
  First first(words[0]);
  Second second(words[1]);
  const bool csme = is_csme(major);
  switch (running.path) {
    case BootPath::off:
      return {};
    case BootPath::booting:
      first = first.with(Hfs1::state, number(WorkingState::initialising))
                  .with(Hfs1::init_complete, 0)
                  .with(Hfs1::operation, kBringUp);
      second = second.with(Hfs2::phase, 0).with(Hfs2::phase_state, 0);
      break;
    case BootPath::operational:
      show_session(first, second, csme, session);
      break;
    case BootPath::recovery:
      show_recovery(first, second, csme, running);
      show_session(first, second, csme, session);
      break;
    case BootPath::halted:
      first = first.with(Hfs1::state, number(WorkingState::reset))
                  .with(Hfs1::init_complete, 0)
                  .with(Hfs1::operation, kPreboot)
                  .with(Hfs1::bring_up_load_failure, 1)
                  .with(Hfs1::error, number(StatusError::image_failure));
      break;
    case BootPath::disabled:
      show_strapped_off(first, second, major);
      break;
  }
  words[0] = first.bits();
  words[1] = second.bits();
  return words;
}

StatusWords as_known(StatusWords words, const Engine& engine, BootPath path) {
  if (path == BootPath::off || path == BootPath::operational) return words;
  for (std::size_t i = 0; i < engine.disturbed_status.size(); ++i) {
    if (engine.disturbed_status[i] != 0) words[i] = engine.disturbed_status[i];
  }
  return words;
}

}  // namespace emulator::firmware
