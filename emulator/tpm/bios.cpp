// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/tpm/bios.h"

#include <array>
#include <utility>

#include "protocol/tpm/owner.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using namespace protocol::tpm;

enum class Lasts : std::uint8_t {
  from_next_start,  ///< permanent, and seen after the TPM is started again
  at_once,          ///< permanent, and seen now
  this_boot,        ///< gone with the next start
};

struct ActionRow {
  BiosAction action;
  const char* name;
  Lasts lasts;
};

constexpr std::array<ActionRow, 8> kActions = {{
    {BiosAction::enable, "enable", Lasts::at_once},
    {BiosAction::disable, "disable", Lasts::at_once},
    {BiosAction::activate, "activate", Lasts::from_next_start},
    {BiosAction::deactivate, "deactivate", Lasts::from_next_start},
    {BiosAction::clear, "clear", Lasts::from_next_start},
    {BiosAction::allow_owner_install, "allow_owner_install", Lasts::at_once},
    {BiosAction::forbid_owner_install, "forbid_owner_install", Lasts::at_once},
    {BiosAction::allow_unowned_upgrade, "allow_unowned_upgrade", Lasts::this_boot},
}};

Lasts lasts(BiosAction action) {
  for (const ActionRow& row : kActions) {
    if (row.action == action) return row.lasts;
  }
  return Lasts::at_once;
}

Bytes command_of(BiosAction action) {
  switch (action) {
    case BiosAction::enable:
      return bare_command(Ordinal::physical_enable);
    case BiosAction::disable:
      return bare_command(Ordinal::physical_disable);
    case BiosAction::activate:
      return setting_command(Ordinal::physical_set_deactivated, Setting::off);
    case BiosAction::deactivate:
      return setting_command(Ordinal::physical_set_deactivated, Setting::on);
    case BiosAction::clear:
      return bare_command(Ordinal::force_clear);
    case BiosAction::allow_owner_install:
      return setting_command(Ordinal::set_owner_install, Setting::on);
    case BiosAction::forbid_owner_install:
      return setting_command(Ordinal::set_owner_install, Setting::off);
    case BiosAction::allow_unowned_upgrade:
      break;
  }
  return deferred_presence_command(Setting::on);
}

}  // namespace

const char* name(BiosAction action) {
  for (const ActionRow& row : kActions) {
    if (row.action == action) return row.name;
  }
  return "unknown";
}

std::optional<BiosAction> parse_bios_action(std::string_view text) {
  for (const ActionRow& row : kActions) {
    if (text == row.name) return row.action;
  }
  return std::nullopt;
}

BiosStart::BiosStart(TpmEngine& engine, Personality& personality)
    : engine_(engine), personality_(personality) {}

void BiosStart::run() {
  const std::vector<BiosAction> wanted = std::exchange(wanted_, {});
  results_.assign(wanted.size(), 0);
  start_tpm();
  const bool needs_presence = !wanted.empty() || habits_.deactivates_temporarily;
  if (needs_presence) assert_presence();
  bool restart = false;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (lasts(wanted[i]) == Lasts::this_boot) continue;
    results_[i] = number(send(command_of(wanted[i])));
    const bool done = results_[i] == 0;
    restart = restart || (done && lasts(wanted[i]) == Lasts::from_next_start);
  }
  if (restart) {
    (void)engine_.power_on();  // it was readable a moment ago; if not, the next command says so
    start_tpm();
    assert_presence();
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (lasts(wanted[i]) == Lasts::this_boot) results_[i] = number(send(command_of(wanted[i])));
  }
  if (habits_.deactivates_temporarily) send(bare_command(Ordinal::set_temp_deactivated));
  if (habits_.forbids_force_clear) send(bare_command(Ordinal::disable_force_clear));
  const unsigned lock = habits_.locks_presence ? kPresenceLock : 0;
  send(presence_command(static_cast<std::uint16_t>(kPresenceNotPresent | lock)));
}

ReturnCode BiosStart::send(base::ByteView command) {
  const auto response = decode_response(personality_.pass(0, command));
  return response ? response->code : ReturnCode::fail;
}

void BiosStart::start_tpm() {
  send(startup_command(StartupType::clear));
}

void BiosStart::assert_presence() {
  if (send(presence_command(kPresencePresent)) == ReturnCode::success) return;
  // The command is not enabled; a BIOS may enable it unless that was locked for life.
  send(presence_command(kPresenceCmdEnable));
  send(presence_command(kPresencePresent));
}

void BiosStart::serialize(sim::Archive& a) {
  a.section("tpm.bios");
  a.value(habits_.deactivates_temporarily);
  a.value(habits_.forbids_force_clear);
  a.value(habits_.locks_presence);
  auto count = static_cast<std::uint32_t>(wanted_.size());
  a.value(count);
  if (a.is_loading()) wanted_.clear();
  for (std::uint32_t i = 0; i < count && !a.failed(); ++i) {
    BiosAction action = a.is_loading() ? BiosAction::enable : wanted_[i];
    a.value(action);
    if (a.is_loading()) wanted_.push_back(action);
  }
  auto done = static_cast<std::uint32_t>(results_.size());
  a.value(done);
  if (a.is_loading()) results_.clear();
  for (std::uint32_t i = 0; i < done && !a.failed(); ++i) {
    std::uint32_t result = a.is_loading() ? 0 : results_[i];
    a.value(result);
    if (a.is_loading()) results_.push_back(result);
  }
}

}  // namespace emulator::tpm
