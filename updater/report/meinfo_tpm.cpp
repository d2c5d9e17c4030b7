// SPDX-License-Identifier: BSD-3-Clause
// The lines about the TPM and the iTPM, in the order of the Esprimo's logs.
#include <fmt/format.h>

#include "protocol/sku.h"
#include "updater/report/meinfo_lines.h"
#include "updater/report/tpm_words.h"

namespace updater::report::meinfo_line {
namespace {

using inventory::Fact;
using inventory::TpmInventory;
using protocol::tpm::LockoutRecord;
using protocol::tpm::PermanentFlags;

const char* truth(bool yes) {
  return yes ? "True" : "False";
}

/// What `show` makes of a fact of the TPM, where there is a TPM and it tells the fact.
template <class T, class Show>
std::string shown(const Inventory& i, Fact<T> TpmInventory::*fact, Show show) {
  if (!i.tpm || !((*i.tpm).*fact)) return kNotAvailable;
  return std::string(show(*((*i.tpm).*fact)));
}

// "Operational" is in the logs, the others are ours.
const char* state_words(tpm::StartUp state) {
  switch (state) {
    case tpm::StartUp::running:
    case tpm::StartUp::self_test_due:
    case tpm::StartUp::self_test_runs:
      return "Operational";
    case tpm::StartUp::not_started:
      return "Not started";
    case tpm::StartUp::self_test_failed:
      return "Failed";
  }
  return "Unknown";
}

// "Enabled Owned Inactive" and "Enabled Owned Active" are in the logs.
std::string tpm_mode(const Inventory& i) {
  if (!i.tpm || !i.tpm->permanent || !i.tpm->this_boot || !i.tpm->owned) return kNotAvailable;
  return fmt::format("{} {} {}", i.tpm->permanent->disable ? "Disabled" : "Enabled",
                     *i.tpm->owned ? "Owned" : "Unowned",
                     i.tpm->this_boot->deactivated ? "Inactive" : "Active");
}

std::string build_words(const Inventory& i) {
  const auto build = i.tpm ? inventory::build_record(*i.tpm) : std::nullopt;
  return build ? std::to_string(build->build) : kNotAvailable;
}

/// The record of lockout parameters as this host's MEInfo reads it.
std::string lockout_words(const Inventory& i, std::uint16_t LockoutRecord::*number) {
  const auto record =
      i.tpm ? inventory::lockout_record_read_late(*i.tpm, i.host.lockout_read_late) : std::nullopt;
  return record ? std::to_string((*record).*number) : kNotAvailable;
}

std::string flag_words(const Inventory& i, bool PermanentFlags::*flag) {
  return shown(i, &TpmInventory::permanent,
               [flag](const PermanentFlags& m) { return truth(m.*flag); });
}

std::string firmware_words(const protocol::tpm::VersionInfo& m) {
  return fmt::format("{}.{}", m.version.rev_major, m.version.rev_minor);
}

Lines identity(const Inventory& i) {
  return {"TPM Vendor ID: " + shown(i, &TpmInventory::vendor, vendor_text),
          "TPM SPEC Version: " +
              shown(i, &TpmInventory::version, [](const auto& m) { return spec_text(m.version); }),
          "TPM FW Version: " + shown(i, &TpmInventory::version, firmware_words),
          "TPM Firmware Build Number: " + build_words(i)};
}

Lines state(const Inventory& i) {
  return {fmt::format("TPM State: {}", i.tpm ? state_words(i.tpm->start_up) : kNotAvailable),
          "TPM Operational Mode: " + tpm_mode(i),
          "iTPM - FIPS 140-2: " + flag_words(i, &PermanentFlags::fips)};
}

/// The first of them has no blank behind its colon in the logs.
Lines lockout(const Inventory& i) {
  return {"iTPM - Failed Attempts Threshold:" + lockout_words(i, &LockoutRecord::threshold),
          "iTPM - Initial lockout period: " + lockout_words(i, &LockoutRecord::initial_seconds),
          "iTPM - Lockout multiplier: " + lockout_words(i, &LockoutRecord::multiplier),
          "iTPM - Fade-out period: " + lockout_words(i, &LockoutRecord::fade_out_seconds)};
}

Lines presence(const Inventory& i) {
  return {"iTPM - Physical presence life time lock flag: " +
              flag_words(i, &PermanentFlags::physical_presence_lifetime_lock),
          "iTPM - Physical presence command enabled flag: " +
              flag_words(i, &PermanentFlags::physical_presence_cmd_enable),
          "iTPM - Physical presence HW enabled flag: " +
              flag_words(i, &PermanentFlags::physical_presence_hw_enable)};
}

/// What the era's tool reads the fuses from is not public; the capability is what they come to.
Lines fuses(const Inventory& i) {
  const char* words = i.capabilities ? "Enabled" : kNotAvailable;
  return {fmt::format("TPM fuses (MCH/ICH/soft strap MCH/ soft strap ICH): {}", words)};
}

bool has_tpm(const Inventory& i) {
  return !i.capabilities || (*i.capabilities & protocol::sku::kTpm) != 0;
}

}  // namespace

Lines tpm(const Inventory& i) {
  if (!has_tpm(i)) return {};
  Lines all;
  for (const Lines& group : {identity(i), state(i), lockout(i), presence(i), fuses(i)}) {
    all.insert(all.end(), group.begin(), group.end());
  }
  return all;
}

}  // namespace updater::report::meinfo_line
