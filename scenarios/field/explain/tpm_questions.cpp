// SPDX-License-Identifier: BSD-3-Clause
// What may have been the matter with the TPM.
#include <algorithm>

#include "scenarios/field/explain/question_parts.h"

namespace scenarios::field {
namespace {

const BoardValue kOwned{ProfileKey::ownership, "owned"};
const BoardValue kUnowned{ProfileKey::ownership, "unowned"};
const BoardValue kInactive{ProfileKey::tpm_active, false};
const BoardValue kDisabled{ProfileKey::tpm_enabled, false};

/// A password that is neither in the command line nor known to have been right.
Question about_the_secret(const Runs& runs) {
  const engine::TextFile wrong{"another.txt", "not the owner's\n"};
  Answer none{
      "no-secret-given", "the tool was not given the TPM owner's password", Weight::plain, {}, {}};
  Answer bad{"wrong-secret-given",
             "the password given was not the TPM owner's",
             Weight::uncommon,
             giving(wrong),
             {"tpm-upgrade-auth"}};
  Answer good{"right-secret-given",
              "the TPM owner's password was given",
              Weight::uncommon,
              giving(owner_passphrase()),
              {"tpm-upgrade-auth", "tpm-upgrade-start"}};
  for (const std::size_t place : runs.without_command)
    bad.weight_in[place] = good.weight_in[place] = Weight::common;
  for (const std::size_t place : runs.with_password) {
    none.weight_in[place] = Weight::common;
    bad.weight_in[place] = good.weight_in[place] = Weight::plain;
  }
  return {"owner-secret", Scope::run, {none, bad, good}, runs.through_tpm};
}

Question about_lockout(const Runs& runs) {
  return {"lockout",
          Scope::run,
          {{"no-lockout", "no lockout ran", Weight::plain, {}, {}},
           {"lockout-running",
            "wrong passwords had locked the TPM",
            Weight::uncommon,
            setting(ProfileKey::failed_attempts, 1000u),
            {"tpm-lockout-start", "tpm-lockout-power"},
            {kOwned}}},
          runs.through_tpm};
}

Question about_ownership(const Runs& runs) {
  return {"ownership",
          Scope::run,
          {{"owned", "the TPM had an owner", Weight::plain, {}, {}},
           {"unowned",
            "the TPM had no owner",
            Weight::common,
            setting(ProfileKey::ownership, "unowned"),
            {"tpm-upgrade-unowned"}}},
          runs.all};
}

Question about_activity(const Runs& runs) {
  return {"activity",
          Scope::run,
          {{"active", "the TPM was enabled and active", Weight::plain, {}, {}},
           {"inactive",
            "the TPM was inactive",
            Weight::common,
            setting(ProfileKey::tpm_active, false),
            {"tpm-upgrade-inactive"}},
           {"disabled",
            "the TPM was disabled",
            Weight::common,
            setting(ProfileKey::tpm_enabled, false),
            {"tpm-upgrade-inactive"}}},
          runs.all};
}

/// What MEInfo shows was so when MEInfo ran; the update was tried at another moment, and set-up, a
/// boot or the end of an upload changes it.
Question about_that_moment(const FieldBench& bench, const Runs& runs) {
  Question question{"tpm-at-that-moment",
                    Scope::run,
                    {{"as-meinfo-shows", "the TPM was as MEInfo shows it", Weight::plain, {}, {}}},
                    runs.through_tpm};
  if (somewhere(bench, kInactive))
    question.answers.push_back({"active-then",
                                "the TPM was active when the update was tried (MEInfo ran at "
                                "another moment)",
                                Weight::common,
                                setting_then(kInactive.key, true),
                                {"tpm-upgrade-inactive"}});
  question.answers.push_back({"inactive-then",
                              "the TPM was inactive when the update was tried (MEInfo ran at "
                              "another moment)",
                              Weight::uncommon,
                              setting_then(kInactive.key, false),
                              {"tpm-upgrade-inactive"},
                              {{kInactive.key, true}}});
  const auto& tried = bench.report().tried;
  const bool cleared = std::any_of(tried.begin(), tried.end(), [](const TriedLine& each) {
    return each.what == Tried::tpm_clear;
  });
  question.answers.push_back(
      {"unowned-then",
       "the TPM had no owner when the update was tried (MEInfo ran at another moment)",
       cleared ? Weight::common : Weight::uncommon,
       setting_then(kUnowned.key, "unowned"),
       {"tpm-upgrade-unowned"},
       {kOwned}});
  return question;
}

Question about_inactive_upgrades(const Runs& runs) {
  return {"inactive-upgrade",
          Scope::boards,
          {{"inactive-refuses",
            "an inactive TPM takes no update",
            Weight::plain,
            {},
            {"tpm-upgrade-inactive"}},
           {"inactive-allows",
            "an inactive TPM takes an update, too",
            Weight::rare,
            setting(ProfileKey::upgrade_of_inactive, "allowed"),
            {"tpm-upgrade-inactive"},
            {kInactive, kDisabled}}},
          runs.all};
}

Question about_unowned_upgrades(const Runs& runs) {
  return {"unowned-upgrade",
          Scope::boards,
          {{"presence-locked",
            "the BIOS had locked physical presence",
            Weight::plain,
            {},
            {"tpm-upgrade-unowned"}},
           {"presence-open",
            "the BIOS had left physical presence open",
            Weight::uncommon,
            setting(ProfileKey::bios_locks_presence, false),
            {"tpm-upgrade-unowned"},
            {kUnowned}}},
          runs.all};
}

Question about_interfaces(const Runs& runs) {
  return {
      "interfaces",
      Scope::boards,
      {{"through-tpm", "local updates go through the TPM", Weight::plain, {}, {"fwu-interfaces"}},
       {"over-heci",
        "local updates go over HECI",
        Weight::common,
        setting(ProfileKey::update_interfaces, 1u),
        {"fwu-interfaces"}}},
      runs.all,
      ProfileKey::update_interfaces};
}

}  // namespace

void ask_about_the_tpm(const FieldBench& bench, const Runs& runs,
                       std::vector<Question>& questions) {
  if (!runs.through_tpm.empty()) questions.push_back(about_the_secret(runs));
  const bool owner_untold = nobody_tells(bench, kOwned.key);
  const bool activity_untold = nobody_tells(bench, kInactive.key);
  if (owner_untold) questions.push_back(about_ownership(runs));
  if (owner_untold || !runs.through_tpm.empty() || somewhere(bench, kUnowned))
    questions.push_back(about_unowned_upgrades(runs));
  if (activity_untold)
    questions.push_back(about_activity(runs));
  else if (!runs.through_tpm.empty())
    questions.push_back(about_that_moment(bench, runs));
  if (activity_untold || somewhere(bench, kInactive) || somewhere(bench, kDisabled))
    questions.push_back(about_inactive_upgrades(runs));
  if (!runs.through_tpm.empty()) questions.push_back(about_lockout(runs));
  if (a_board_leaves_open(bench, runs, ProfileKey::update_interfaces))
    questions.push_back(about_interfaces(runs));
}

}  // namespace scenarios::field
