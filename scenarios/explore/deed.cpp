// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/deed.h"

#include <array>
#include <cstddef>

#include "protocol/tpm/return_codes.h"

namespace scenarios::explore {
namespace {

using emulator::sim::Blow;
using emulator::sim::kFaultActionCount;
using emulator::sim::Loss;

/// What is no action of the fault plan, in the order of Deed.
struct HostDeed {
  const char* name;
  Disturbance disturbance;
};
constexpr std::array kHostDeeds = {HostDeed{"kill", Disturbance::kill},
                                   HostDeed{"stop", Disturbance::stop},
                                   HostDeed{"reset_link", Disturbance::reset_link},
                                   HostDeed{"reset_host", Disturbance::reset_platform},
                                   HostDeed{"suspend", Disturbance::suspend},
                                   HostDeed{"jump_clock", Disturbance::jump_clock}};

/// What is the fault plan's `fail` with a number, behind those.
struct Answer {
  const char* name;
  protocol::tpm::ReturnCode code;
};
using protocol::tpm::ReturnCode;
constexpr std::array kAnswers = {Answer{"fail_retry", ReturnCode::retry},
                                 Answer{"fail_needs_self_test", ReturnCode::needs_self_test},
                                 Answer{"fail_doing_self_test", ReturnCode::doing_self_test},
                                 Answer{"fail_resources", ReturnCode::resources},
                                 Answer{"fail_locked", ReturnCode::defend_lock_running}};
constexpr std::size_t kDeedCount = kFaultActionCount + kHostDeeds.size() + kAnswers.size() + 1;

using enum Deed;
constexpr std::array kAtFlash = {power_cut_before,
                                 power_cut_inside,
                                 power_cut_nearly,
                                 power_cut_garbled,
                                 power_cut_unstable,
                                 power_cut_after,
                                 fail,
                                 ignore,
                                 lie,
                                 stick_bit,
                                 me_reset};
constexpr std::array kAtMessage = {ignore, fail,       delay,      me_reset, power_cut_before, kill,
                                   stop,   reset_link, reset_host, suspend,  jump_clock};
constexpr std::array kAtUpdateMessage = {ignore, fail, delay, me_reset, twice, power_cut_inside};
constexpr std::array kAtData = {ignore,           fail,         delay, me_reset, twice,
                                power_cut_inside, ignore_always};
constexpr std::array kAtTpm = {ignore,
                               fail,
                               delay,
                               me_reset,
                               power_cut_inside,
                               kill,
                               stop,
                               reset_host,
                               suspend,
                               fail_retry,
                               fail_needs_self_test,
                               fail_doing_self_test,
                               fail_resources,
                               fail_locked,
                               evict_session,
                               jump_clock};
constexpr std::array kAtStore = {fail, ignore, me_reset, power_cut_before};
constexpr std::array kAtInterrupt = {ignore, wild_pointer};
constexpr std::array kAtDoorbell = {ignore, delay, me_reset};
constexpr std::array kAtMeMessage = {ignore, corrupt,  truncate,         twice,
                                     delay,  me_reset, power_cut_before, power_cut_after};
constexpr std::array kAtBoot = {fail, ignore, power_cut_inside};
constexpr std::array kAtLinkReset = {ignore, delay, me_reset};

std::size_t index_of(Deed deed) {
  return static_cast<std::size_t>(deed);
}

/// Nothing: it is none of the TPM's answers.
const Answer* answer_of(Deed deed) {
  const std::size_t first = kFaultActionCount + kHostDeeds.size();
  const bool is_one = index_of(deed) >= first && index_of(deed) < first + kAnswers.size();
  return is_one ? &kAnswers.at(index_of(deed) - first) : nullptr;
}

}  // namespace

std::optional<FaultAction> fault_of(Deed deed) {
  if (answer_of(deed) != nullptr) return FaultAction::fail;
  if (strikes_on(deed)) return FaultAction::ignore;
  if (index_of(deed) >= kFaultActionCount) return std::nullopt;
  return static_cast<FaultAction>(deed);
}

std::optional<Disturbance> disturbance_of(Deed deed) {
  if (fault_of(deed)) return std::nullopt;
  return kHostDeeds.at(index_of(deed) - kFaultActionCount).disturbance;
}

std::uint32_t status_of(Deed deed) {
  const Answer* const answer = answer_of(deed);
  return answer == nullptr ? 0 : number(answer->code);
}

bool strikes_on(Deed deed) {
  return deed == ignore_always;
}

const char* name(Deed deed) {
  if (strikes_on(deed)) return "ignore_always";
  if (const Answer* const answer = answer_of(deed)) return answer->name;
  if (const auto action = fault_of(deed)) return name(*action);
  return kHostDeeds.at(index_of(deed) - kFaultActionCount).name;
}

std::optional<Deed> parse_deed(std::string_view text) {
  for (std::size_t i = 0; i < kDeedCount; ++i) {
    const auto deed = static_cast<Deed>(i);
    if (text == name(deed)) return deed;
  }
  return std::nullopt;
}

bool can_be_overcome(Deed deed) {
  const auto action = fault_of(deed);
  if (!action) return deed != stop;
  if (strikes_on(deed)) return false;
  // A session that was evicted is refused by the TPM (22h), as the codes of fail_... are.
  return *action != FaultAction::fail && *action != FaultAction::lie &&
         *action != FaultAction::stick_bit && *action != FaultAction::evict_session;
}

bool takes_all_power(Deed deed) {
  const auto action = fault_of(deed);
  return action && row_of(*action).blow == Blow::loss && row_of(*action).loss == Loss::power;
}

std::span<const Deed> deeds_at(FaultPoint point) {
  switch (point) {
    case FaultPoint::flash_operation:
      return kAtFlash;
    case FaultPoint::host_message:
      return kAtMessage;
    case FaultPoint::me_message:
      return kAtMeMessage;
    case FaultPoint::fwu_data:
      return kAtData;
    case FaultPoint::fwu_start:
    case FaultPoint::fwu_end:
      return kAtUpdateMessage;
    case FaultPoint::tpm_command:
      return kAtTpm;
    case FaultPoint::boot:
      return kAtBoot;
    case FaultPoint::link_reset:
      return kAtLinkReset;
    case FaultPoint::flash_program:
    case FaultPoint::flash_erase:
      return {};  // flash_operation is both
    case FaultPoint::hbm_message:
      return {};  // host_message is both
    case FaultPoint::tpm_store:
      return kAtStore;
    case FaultPoint::me_interrupt:
      return kAtInterrupt;
    case FaultPoint::doorbell:
      return kAtDoorbell;
    case FaultPoint::power_on:
      return {};  // what has decayed is no interruption, and some of it no update can mend
    case FaultPoint::msi:
      return {};  // nobody listens to it in one process
  }
  return {};
}

}  // namespace scenarios::explore
