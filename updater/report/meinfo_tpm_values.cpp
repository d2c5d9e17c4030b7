// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/meinfo_tpm_values.h"

#include <fmt/format.h>

#include "protocol/tools/meinfo_words.h"
#include "updater/report/tpm_words.h"

namespace updater::report {
namespace {

namespace tools = protocol::tools;
using inventory::Inventory;
using inventory::TpmInventory;
using protocol::tpm::LockoutRecord;
using protocol::tpm::PermanentFlags;
using tools::Fact;
using Value = MeinfoValue;

Value tpm_number(std::uint32_t value) {
  return {.kind = Value::Kind::number, .number = value};
}
Value tpm_text(std::string value) {
  return {.kind = Value::Kind::text, .text = std::move(value)};
}

Value state(const TpmInventory& tpm) {
  switch (tpm.start_up) {
    case tpm::StartUp::running:
    case tpm::StartUp::self_test_due:
    case tpm::StartUp::self_test_runs:
      return tpm_number(tools::kTpmOperational);
    case tpm::StartUp::not_started:
      return tpm_number(tools::kTpmNotStarted);
    case tpm::StartUp::self_test_failed:
      break;
  }
  return tpm_number(tools::kTpmFailed);
}

Value mode(const TpmInventory& tpm) {
  if (!tpm.permanent || !tpm.this_boot || !tpm.owned) return {};
  return tpm_number((tpm.permanent->disable ? 0 : tools::kTpmEnabled) |
                    (*tpm.owned ? tools::kTpmOwned : 0) |
                    (tpm.this_boot->deactivated ? 0 : tools::kTpmActive));
}

Value build(const TpmInventory& tpm) {
  const auto record = inventory::build_record(tpm);
  return record ? tpm_number(record->build) : Value{};
}

Value firmware(const TpmInventory& tpm) {
  if (!tpm.version) return {};
  const auto& version = tpm.version->version;
  return tpm_text(fmt::format("{}.{}", version.rev_major, version.rev_minor));
}

/// The record of lockout parameters as this host's MEInfo reads it.
Value lockout(const Inventory& i, std::uint16_t LockoutRecord::*number) {
  const auto record = inventory::lockout_record_read_late(*i.tpm, i.era_tools.lockout_read_late);
  return record ? tpm_number((*record).*number) : Value{};
}

Value permanent_flag(const TpmInventory& tpm, bool PermanentFlags::*which) {
  return tpm.permanent ? tpm_number((*tpm.permanent).*which ? 1 : 0) : Value{};
}

Value of_the_tpm(Fact fact, const Inventory& i) {
  const TpmInventory& tpm = *i.tpm;
  switch (fact) {
    case Fact::tpm_vendor:
      return tpm.vendor ? tpm_text(vendor_text(*tpm.vendor)) : Value{};
    case Fact::tpm_specification:
      return tpm.version ? tpm_text(spec_text(tpm.version->version)) : Value{};
    case Fact::tpm_version:
      return firmware(tpm);
    case Fact::tpm_build_number:
      return build(tpm);
    case Fact::tpm_state:
      return state(tpm);
    case Fact::tpm_mode:
      return mode(tpm);
    case Fact::tpm_fips:
      return permanent_flag(tpm, &PermanentFlags::fips);
    case Fact::tpm_threshold:
      return lockout(i, &LockoutRecord::threshold);
    case Fact::tpm_lockout:
      return lockout(i, &LockoutRecord::initial_seconds);
    case Fact::tpm_multiplier:
      return lockout(i, &LockoutRecord::multiplier);
    case Fact::tpm_fade_out:
      return lockout(i, &LockoutRecord::fade_out_seconds);
    case Fact::presence_lifetime_lock:
      return permanent_flag(tpm, &PermanentFlags::physical_presence_lifetime_lock);
    case Fact::presence_command:
      return permanent_flag(tpm, &PermanentFlags::physical_presence_cmd_enable);
    case Fact::presence_hardware:
      return permanent_flag(tpm, &PermanentFlags::physical_presence_hw_enable);
    default:
      return {};
  }
}

}  // namespace

MeinfoValue meinfo_tpm_value(Fact fact, const Inventory& inventory) {
  // What the era's tool reads the fuses from is not public; the capability is what they come to.
  if (fact == Fact::tpm_fuses) return inventory.capabilities ? tpm_number(1) : Value{};
  return inventory.tpm ? of_the_tpm(fact, inventory) : Value{};
}

}  // namespace updater::report
