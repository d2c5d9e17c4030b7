// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/question.h"

#include <algorithm>
#include <set>

#include "scenarios/field/command_line.h"

namespace scenarios::field {
namespace {

using emulator::sim::FaultAction;
using emulator::sim::FaultPoint;
using Places = std::vector<std::size_t>;

constexpr const char* kWhere = "an answer to an open question";
/// Messages of the smallest image that an update through the TPM has to send are three times as
/// many.
constexpr std::uint32_t kInTheMiddle = 20;

Circumstances setting(const std::string& key, const std::string& value) {
  Circumstances made;
  made.set.push_back({key, value, kWhere});
  return made;
}

/// It held at that moment.
Circumstances setting_then(const std::string& key, const std::string& value) {
  Circumstances made = setting(key, value);
  made.passing.insert(key);
  return made;
}

Circumstances giving(const engine::TextFile& file) {
  Circumstances made;
  made.files.push_back(file);
  made.arguments = with_owner_passphrase(file.name);
  return made;
}

Circumstances silent_at(FaultPoint point, std::uint32_t occurrence) {
  Circumstances made;
  made.faults.push_back({.point = point, .occurrence = occurrence, .action = FaultAction::ignore});
  return made;
}

Circumstances with_image(Circumstances::Image image) {
  Circumstances made;
  made.image = image;
  return made;
}

Circumstances recovering() {
  Circumstances made;
  made.board = Circumstances::Board::recovering;
  return made;
}

/// Whether every state's profile assumes this value: no line tells it.
bool nobody_tells(const FieldBench& bench, const std::string& key) {
  for (std::size_t i = 0; i < bench.states().size(); ++i) {
    const ProfileValue* value = find(bench.profile(i), key);
    if (value != nullptr && value->provenance != Provenance::assumed) return false;
  }
  return true;
}

bool somewhere(const FieldBench& bench, const std::string& key, const std::string& toml) {
  for (std::size_t i = 0; i < bench.states().size(); ++i) {
    const ProfileValue* value = find(bench.profile(i), key);
    if (value != nullptr && value->toml == toml) return true;
  }
  return false;
}

/// The covered runs, sorted by what can be open in them.
struct Runs {
  Places all;
  Places updates;
  Places through_tpm;
  Places without_command;       ///< of the updates: what was typed is not in the log
  Places with_password;         ///< of the updates: something was typed that may be one
  Places with_update_password;  ///< of the updates: "-pass" was typed
  Places without_image_sku;
  Places without_image_version;
  std::set<std::string> errors;  ///< their numbers
};

Runs runs_of(const FieldBench& bench) {
  Runs runs;
  const auto& places = bench.covered();
  for (std::size_t i = 0; i < places.size(); ++i) {
    const ToolRun& run = bench.report().runs[places[i].run];
    runs.all.push_back(i);
    if (run.tool != Tool::fwupdlcl) continue;
    runs.updates.push_back(i);
    const bool tpm =
        command_for(run, bench.states()[places[i].state]).way == ReplayCommand::Way::tpm;
    if (tpm) runs.through_tpm.push_back(i);
    if (run.command.empty()) runs.without_command.push_back(i);
    if (has_password(run.command)) runs.with_password.push_back(i);
    if (has_switch(run.command, "pass")) runs.with_update_password.push_back(i);
    if (run.find(Fact::image_sku) == nullptr) runs.without_image_sku.push_back(i);
    if (!tells_image_version(run)) runs.without_image_version.push_back(i);
    if (const Observation* error = run.find(Fact::error)) runs.errors.insert(error->value);
  }
  return runs;
}

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

const BoardValue kOwned{"tpm.state.ownership", "\"owned\""};
const BoardValue kUnowned{"tpm.state.ownership", "\"unowned\""};
const BoardValue kInactive{"tpm.state.active", "false"};
const BoardValue kDisabled{"tpm.state.enabled", "false"};

Question about_lockout(const Runs& runs) {
  return {"lockout",
          Scope::run,
          {{"no-lockout", "no lockout ran", Weight::plain, {}, {}},
           {"lockout-running",
            "wrong passwords had locked the TPM",
            Weight::uncommon,
            setting("tpm.state.failed_attempts", "1000"),
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
            setting("tpm.state.ownership", "unowned"),
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
            setting("tpm.state.active", "false"),
            {"tpm-upgrade-inactive"}},
           {"disabled",
            "the TPM was disabled",
            Weight::common,
            setting("tpm.state.enabled", "false"),
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
  if (somewhere(bench, kInactive.key, kInactive.toml))
    question.answers.push_back({"active-then",
                                "the TPM was active when the update was tried (MEInfo ran at "
                                "another moment)",
                                Weight::common,
                                setting_then(kInactive.key, "true"),
                                {"tpm-upgrade-inactive"}});
  question.answers.push_back({"inactive-then",
                              "the TPM was inactive when the update was tried (MEInfo ran at "
                              "another moment)",
                              Weight::uncommon,
                              setting_then(kInactive.key, "false"),
                              {"tpm-upgrade-inactive"},
                              {{kInactive.key, "true"}}});
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
            setting("tpm.upgrade.inactive", "allowed"),
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
            setting("tpm.presence.bios_locks", "false"),
            {"tpm-upgrade-unowned"},
            {kUnowned}}},
          runs.all};
}

Question about_silence(const Runs& runs) {
  return {"silence",
          Scope::run,
          {{"answers", "the ME answered every command", Weight::plain, {}, {}},
           {"silent-at-start",
            "the ME never answered the beginning of the upload",
            Weight::uncommon,
            silent_at(FaultPoint::fwu_start, 1),
            {"tpm-upgrade-shape", "field-silence"}},
           {"silent-in-the-middle",
            "the ME stopped answering in the middle of the upload",
            Weight::uncommon,
            silent_at(FaultPoint::fwu_data, kInTheMiddle),
            {"tpm-upgrade-shape", "field-silence"}}},
          runs.updates};
}

Question about_the_image(const Runs& runs) {
  return {"image",
          Scope::run,
          {{"image-fits", "the image was sound", Weight::plain, {}, {}},
           {"image-damaged",
            "the image file was damaged",
            Weight::common,
            with_image(Circumstances::Image::damaged),
            {}},
           {"image-of-another-key",
            "the image was signed with a key the ROM does not know",
            Weight::rare,
            with_image(Circumstances::Image::other_key),
            {"fw-verdict-order"}}},
          runs.updates};
}

Question about_the_images_sku(const Runs& runs) {
  return {"image-sku",
          Scope::run,
          {{"image-of-this-sku", "the image was made for this board", Weight::plain, {}, {}},
           {"image-of-another-sku",
            "the image was made for another SKU",
            Weight::common,
            with_image(Circumstances::Image::other_sku),
            {"fw-verdict-order"}}},
          runs.without_image_sku};
}

Question about_the_images_version(const Runs& runs) {
  return {"image-version",
          Scope::run,
          {{"image-newer", "the image was newer than the firmware", Weight::plain, {}, {}},
           {"image-older",
            "the image was older than the firmware",
            Weight::common,
            with_image(Circumstances::Image::older),
            {}},
           {"image-of-another-generation",
            "the image was of another firmware generation",
            Weight::common,
            with_image(Circumstances::Image::other_generation),
            {}}},
          runs.without_image_version};
}

/// What only its own error number makes worth asking.
Question about_the_driver(const Runs& runs) {
  Circumstances none;
  none.board = Circumstances::Board::unreachable;
  return {"driver",
          Scope::run,
          {{"driver-there", "the host had a driver for the ME", Weight::plain, {}, {}},
           {"no-driver",
            "the host had no driver for the ME, or the BIOS hid it",
            Weight::common,
            none,
            {}}},
          runs.updates};
}

Question about_the_platform(const Runs& runs) {
  return {"platform",
          Scope::boards,
          {{"chipset-known", "the tool knew the board's chipset", Weight::plain, {}, {}},
           {"chipset-of-later-boards",
            "the board's chipset was of a later generation than the tool knows",
            Weight::common,
            setting("pci.device_id", "0x3B64"),
            {}}},
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
        setting("settings.enabled_update_interfaces", "1"),
        {"fwu-interfaces"}}},
      runs.all};
}

constexpr const char* kUpdatePassword = "settings.update_password";

Circumstances typing(const engine::TextFile& update_password) {
  Circumstances made = setting(kUpdatePassword, update_password_word());
  made.update_password = update_password;
  return made;
}

/// The board's own password, which `-pass` gives.
Question about_the_update_password(const Runs& runs) {
  const std::vector<BoardValue> asked = {{"settings.local_update", "\"password\""}};
  const std::vector<std::string> rows = {"fw-always-password", "fw-password-lock"};
  Answer none{"no-update-password", "no update password was given", Weight::plain, {}, {}};
  Answer wrong{"wrong-update-password",
               "the update password given was not the board's",
               Weight::uncommon,
               typing({"another-mebx.txt", "not the board's\n"}),
               rows,
               asked};
  Answer right{"right-update-password",
               "the board's update password was given",
               Weight::uncommon,
               typing(update_password()),
               rows,
               asked};
  for (const std::size_t place : runs.without_command)
    wrong.weight_in[place] = right.weight_in[place] = Weight::common;
  for (const std::size_t place : runs.with_update_password) {
    none.weight_in[place] = wrong.weight_in[place] = Weight::common;
    right.weight_in[place] = Weight::plain;
  }
  return {"update-password", Scope::run, {none, wrong, right}, runs.updates};
}

Circumstances with_local_update_closed(const char* to) {
  return both(setting("settings.local_update", to),
              setting("settings.override_qualifier", "never"));
}

/// What MEInfo shows was so when MEInfo ran.
Question about_local_update_then(const Runs& runs) {
  return {
      "local-update-at-that-moment",
      Scope::run,
      {{"local-as-meinfo-shows", "local update was as MEInfo shows it", Weight::plain, {}, {}},
       {"local-closed-then",
        "set-up had closed local update when the update was tried (MEInfo ran at another moment)",
        Weight::uncommon,
        both(setting_then("settings.local_update", "disabled"),
             setting_then("settings.override_qualifier", "never")),
        {"fw-local-rule"}}},
      runs.updates};
}

Question about_local_update(const Runs& runs) {
  return {"local-update",
          Scope::boards,
          {{"local-open", "local update was open", Weight::plain, {}, {}},
           {"local-closed",
            "set-up had closed local update",
            Weight::common,
            with_local_update_closed("disabled"),
            {"fw-local-rule"}},
           {"local-password",
            "set-up asked for a password before a local update",
            Weight::uncommon,
            both(with_local_update_closed("password"),
                 setting(kUpdatePassword, update_password_word())),
            {"fw-local-rule", "fw-always-password"}}},
          runs.all};
}

Question about_recovery(const Runs& runs) {
  return {"recovery",
          Scope::run,
          {{"operational", "the board ran its operational firmware", Weight::plain, {}, {}},
           {"recovering",
            "an earlier update had failed, and the board ran its recovery code",
            Weight::uncommon,
            recovering(),
            {"fw-no-resume", "mkhi-recovery", "tpm-alive"}}},
          runs.all};
}

void ask_about_the_tpm(const FieldBench& bench, const Runs& runs,
                       std::vector<Question>& questions) {
  if (!runs.through_tpm.empty()) questions.push_back(about_the_secret(runs));
  const bool owner_untold = nobody_tells(bench, kOwned.key);
  const bool activity_untold = nobody_tells(bench, kInactive.key);
  if (owner_untold) questions.push_back(about_ownership(runs));
  if (owner_untold || !runs.through_tpm.empty() || somewhere(bench, kUnowned.key, kUnowned.toml))
    questions.push_back(about_unowned_upgrades(runs));
  if (activity_untold)
    questions.push_back(about_activity(runs));
  else if (!runs.through_tpm.empty())
    questions.push_back(about_that_moment(bench, runs));
  if (activity_untold || somewhere(bench, kInactive.key, kInactive.toml) ||
      somewhere(bench, kDisabled.key, kDisabled.toml))
    questions.push_back(about_inactive_upgrades(runs));
  if (!runs.through_tpm.empty()) questions.push_back(about_lockout(runs));
  if (nobody_tells(bench, "settings.enabled_update_interfaces"))
    questions.push_back(about_interfaces(runs));
}

}  // namespace

Weight Answer::weight_at(std::size_t place) const {
  const auto other = weight_in.find(place);
  return other == weight_in.end() ? weight : other->second;
}

bool Question::is_about(std::size_t place) const {
  return std::find(places.begin(), places.end(), place) != places.end();
}

std::size_t Question::plainest(std::size_t place) const {
  const auto found = std::min_element(
      answers.begin(), answers.end(),
      [&](const Answer& a, const Answer& b) { return a.weight_at(place) < b.weight_at(place); });
  return static_cast<std::size_t>(found - answers.begin());
}

engine::TextFile owner_passphrase() {
  return {"owner.txt", "owner\n"};
}

engine::TextFile update_password() {
  return {"mebx.txt", "mebx\n"};
}

std::string update_password_word() {
  std::string word = update_password().text;
  while (word.ends_with('\n')) word.pop_back();
  return word;
}

std::vector<std::string> with_owner_passphrase(const std::string& file) {
  return {"--owner-passphrase-file", "${file:" + file + "}"};
}

bool gives_owner_passphrase(const Circumstances& circumstances) {
  const std::string name = owner_passphrase().name;
  return !circumstances.arguments.empty() &&
         std::any_of(circumstances.files.begin(), circumstances.files.end(),
                     [&](const engine::TextFile& file) { return file.name == name; });
}

std::vector<Question> open_questions(const FieldBench& bench) {
  const Runs runs = runs_of(bench);
  std::vector<Question> questions;
  if (runs.updates.empty()) return questions;
  if (somewhere(bench, "tpm.fitted", "true")) ask_about_the_tpm(bench, runs, questions);
  questions.push_back(about_recovery(runs));
  questions.push_back(about_silence(runs));
  questions.push_back(about_the_image(runs));
  if (!runs.without_image_version.empty()) questions.push_back(about_the_images_version(runs));
  if (runs.errors.contains("8193")) questions.push_back(about_the_driver(runs));
  if (runs.errors.contains("8743")) questions.push_back(about_the_platform(runs));
  if (!runs.without_image_sku.empty()) questions.push_back(about_the_images_sku(runs));
  if (!runs.with_update_password.empty() || runs.errors.contains("8766"))
    questions.push_back(about_the_update_password(runs));
  if (nobody_tells(bench, "settings.local_update"))
    questions.push_back(about_local_update(runs));
  else if (runs.errors.contains("8719"))
    questions.push_back(about_local_update_then(runs));
  return questions;
}

}  // namespace scenarios::field
