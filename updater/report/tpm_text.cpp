// SPDX-License-Identifier: BSD-3-Clause
// The TPM for people: its section of `meupdate info`, `meupdate tpm status` and what came of a
// secret.
#include <fmt/format.h>

#include "updater/report/gaps.h"
#include "updater/report/people.h"
#include "updater/report/printable.h"
#include "updater/report/section.h"
#include "updater/report/tpm_words.h"
#include "updater/report/words.h"

namespace updater::report {
namespace {

using inventory::TpmInventory;
using tpm::OwnerVerdict;

std::string firmware_text(const protocol::tpm::TpmVersion& version, const TpmInventory& i) {
  const std::string number = fmt::format("{}.{}", version.rev_major, version.rev_minor);
  const auto build = inventory::build_record(i);
  return build ? fmt::format("{} (hotfix {}, build {})", number, build->hotfix, build->build)
               : number;
}

std::string presence_text(const protocol::tpm::PermanentFlags& flags) {
  return fmt::format(
      "by command {}, by hardware {}{}", flags.physical_presence_cmd_enable ? "enabled" : "off",
      flags.physical_presence_hw_enable ? "enabled" : "off",
      flags.physical_presence_lifetime_lock ? ", locked for life" : ", can be changed");
}

std::string presence_now(const protocol::tpm::StclearFlags& flags) {
  return fmt::format("{}{}", flags.physical_presence ? "asserted" : "not asserted",
                     flags.physical_presence_lock ? ", locked until the next start" : "");
}

std::string rule_text(const protocol::tpm::LockoutRecord& rule) {
  return fmt::format(
      "after {} wrong secrets {} s, times {} for each further one; one is forgotten every {} s",
      rule.threshold, rule.initial_seconds, rule.multiplier, rule.fade_out_seconds);
}

void add_mode(Section& section, const TpmInventory& i) {
  if (const std::string mode = mode_text(i); !mode.empty()) section.add("mode", mode);
  if (i.permanent && i.this_boot && i.permanent->deactivated != i.this_boot->deactivated) {
    section.add("after the next start", i.permanent->deactivated ? "inactive" : "active");
  }
}

std::string counted(const tpm::LockoutState& lockout) {
  const auto left = lockout.tries_left();
  if (!left) return "";
  return fmt::format(" Counted so far: {}; {} more start a lockout.", *lockout.failures, *left);
}

std::string wait_text(const tpm::LockoutState& lockout) {
  if (!lockout.seconds_left) return "for a while";
  return "for another " + duration_text(std::chrono::seconds(*lockout.seconds_left));
}

}  // namespace

std::string tpm_section(const TpmInventory& i) {
  Section section("TPM");
  section.add("reached through", printable(i.reached_through));
  section.add("state", words(i.start_up));
  section.add("vendor", i.vendor, vendor_text);
  section.add("specification", i.version, [](const auto& m) { return spec_text(m.version); });
  section.add("firmware", i.version, [&](const auto& m) { return firmware_text(m.version, i); });
  add_mode(section, i);
  section.add("FIPS 140-2", i.permanent, [](const auto& m) { return m.fips ? "yes" : "no"; });
  section.add("physical presence", i.permanent, presence_text);
  section.add("presence now", i.this_boot, presence_now);
  section.add("lockout", i.lockout, lockout_text);
  if (const auto rule = inventory::lockout_record(i)) section.add("lockout rule", rule_text(*rule));
  section.add("firmware update", i.takes_upgrade,
              [](bool yes) { return yes ? "knows TPM_FieldUpgrade" : "not through this TPM"; });
  return section.text();
}

std::string tpm_status_text(const TpmInventory& i) {
  Section missing("Not known");
  for (const Gap& gap : tpm_gaps(i)) missing.add(gap.fact, error_text(gap.error));
  return joined_sections({tpm_section(i), missing.text()});
}

std::string owner_check_text(const tpm::OwnerCheck& check) {
  switch (check.verdict) {
    case OwnerVerdict::proven:
      return "Proven: this is the owner's secret. Nothing was changed.\n";
    case OwnerVerdict::wrong:
      return "WRONG: this is not the owner's secret. The TPM counts wrong ones." +
             counted(check.lockout) +
             "\nNext step: check the passphrase and --owner-encoding (Windows hashes UTF-16LE, "
             "tpm-tools ASCII).\n";
    case OwnerVerdict::not_owned:
      return "The TPM has no owner: there is no secret to prove.\n";
    case OwnerVerdict::locked_out:
      return fmt::format(
          "LOCKED OUT: too many wrong secrets were given, and the TPM takes none {}. Nothing was "
          "tried.\nNext step: leave the computer on and wait; a restart begins the time anew.\n",
          wait_text(check.lockout));
    case OwnerVerdict::last_try:
      return "NOT TRIED: one more wrong secret may start a lockout.\nNext step: be sure of the "
             "secret, then give -y to try it all the same.\n";
  }
  return "";
}

}  // namespace updater::report
