// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/question.h"

#include <fmt/format.h>

#include <algorithm>

namespace scenarios::field {
namespace {

using emulator::sim::FaultAction;
using emulator::sim::FaultPoint;

constexpr const char* kWhere = "an answer to an open question";

Circumstances setting(const std::string& key, const std::string& value) {
  Circumstances made;
  made.set.push_back({key, value, kWhere});
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

/// What the report as a whole shows.
struct Shown {
  bool update_run = false;
  bool through_tpm = false;  ///< a run went on through the TPM
  bool password_given = false;
  bool commands = true;  ///< every update run has its command line
  bool image_sku = true;
  bool fitted = false;
};

bool is_password_word(const ToolRun& run) {
  for (std::size_t i = 1; i < run.command.size(); ++i) {
    const std::string& word = run.command[i];
    if (word[0] != '-' && !word.ends_with(".bin") && !word.ends_with(".BIN")) return true;
  }
  return false;
}

Shown shown_by(const FieldBench& bench) {
  Shown shown;
  for (const FieldBench::Place& place : bench.covered()) {
    const ToolRun& run = bench.report().runs[place.run];
    const ProfileValue* fitted = find(bench.profile(place.state), "tpm.fitted");
    shown.fitted = shown.fitted || (fitted != nullptr && fitted->toml == "true");
    if (run.tool != Tool::fwupdlcl) continue;
    shown.update_run = true;
    const Observation* mode = run.find(Fact::communication_mode);
    if (mode != nullptr && mode->value == "TPM") shown.through_tpm = true;
    if (is_password_word(run)) shown.password_given = true;
    if (run.command.empty()) shown.commands = false;
    if (run.find(Fact::image_sku) == nullptr) shown.image_sku = false;
  }
  return shown;
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

Question about_the_secret(const Shown& shown) {
  const engine::TextFile wrong{"another.txt", "not the owner's\n"};
  const std::string none = shown.password_given
                               ? "the batch file did not hand the password on to the tool"
                               : "no owner password was given to the tool";
  const int given = shown.password_given ? 0 : 1;
  return {"owner-secret",
          {{"no-secret-given", none, shown.password_given ? 1 : 0, {}, {}},
           {"wrong-secret-given",
            "the password given was not the TPM owner's",
            given,
            giving(wrong),
            {"tpm-upgrade-auth"}},
           {"right-secret-given",
            "the TPM owner's password was given",
            given,
            giving(owner_passphrase()),
            {"tpm-upgrade-auth", "tpm-upgrade-start"}}}};
}

Question about_lockout() {
  return {"lockout",
          {{"no-lockout", "no lockout ran", 0, {}, {}},
           {"lockout-running",
            "wrong passwords had locked the TPM",
            1,
            setting("tpm.state.failed_attempts", "1000"),
            {"tpm-lockout-start", "tpm-lockout-power"}}}};
}

Question about_ownership() {
  return {"ownership",
          {{"owned", "the TPM had an owner", 0, {}, {}},
           {"unowned",
            "the TPM had no owner",
            1,
            setting("tpm.state.ownership", "unowned"),
            {"tpm-upgrade-unowned"}}}};
}

Question about_activity() {
  return {"activity",
          {{"active", "the TPM was enabled and active", 0, {}, {}},
           {"inactive",
            "the TPM was inactive",
            1,
            setting("tpm.state.active", "false"),
            {"tpm-upgrade-inactive"}},
           {"disabled",
            "the TPM was disabled",
            1,
            setting("tpm.state.enabled", "false"),
            {"tpm-upgrade-inactive"}}}};
}

Question about_inactive_upgrades() {
  return {"inactive-upgrade",
          {{"inactive-refuses", "an inactive TPM takes no update", 0, {}, {"tpm-upgrade-inactive"}},
           {"inactive-allows",
            "an inactive TPM takes an update, too",
            1,
            setting("tpm.upgrade.inactive", "allowed"),
            {"tpm-upgrade-inactive"}}}};
}

Question about_unowned_upgrades() {
  return {
      "unowned-upgrade",
      {{"presence-locked", "the BIOS had locked physical presence", 0, {}, {"tpm-upgrade-unowned"}},
       {"presence-open",
        "the BIOS had left physical presence open",
        1,
        setting("tpm.presence.bios_locks", "false"),
        {"tpm-upgrade-unowned"}}}};
}

Question about_silence() {
  return {"silence",
          {{"answers", "the TPM answered every command", 0, {}, {}},
           {"silent-at-start",
            "the ME never answered the beginning of the upload",
            1,
            silent_at(FaultPoint::fwu_start, 1),
            {"tpm-upgrade-shape"}},
           {"silent-in-the-middle",
            "the ME stopped answering in the middle of the upload",
            1,
            silent_at(FaultPoint::fwu_data, 100),
            {"tpm-upgrade-shape"}}}};
}

Question about_the_image(const Shown& shown) {
  Question question{"image",
                    {{"image-fits", "the image was the right one", 0, {}, {}},
                     {"image-of-another-key",
                      "the image was signed with a key the ROM does not know",
                      1,
                      with_image(Circumstances::Image::other_key),
                      {"fw-verdict-order"}}}};
  if (!shown.image_sku) {
    question.answers.push_back({"image-of-another-sku",
                                "the image was made for another SKU",
                                1,
                                with_image(Circumstances::Image::other_sku),
                                {"fw-verdict-order"}});
  }
  return question;
}

Question about_interfaces() {
  return {"interfaces",
          {{"through-tpm", "local updates go through the TPM", 0, {}, {"fwu-interfaces"}},
           {"over-heci",
            "local updates go over HECI",
            1,
            setting("settings.enabled_update_interfaces", "1"),
            {"fwu-interfaces"}}}};
}

Question about_local_update() {
  return {"local-update",
          {{"local-open", "local update was open", 0, {}, {}},
           {"local-closed",
            "set-up had closed local update",
            1,
            both(setting("settings.local_update", "disabled"),
                 setting("settings.override_qualifier", "never")),
            {"fw-local-rule"}}}};
}

}  // namespace

engine::TextFile owner_passphrase() {
  return {"owner.txt", "owner\n"};
}

std::vector<std::string> with_owner_passphrase(const std::string& file) {
  return {"--owner-passphrase-file", "${file:" + file + "}"};
}

std::vector<Question> open_questions(const FieldBench& bench) {
  const Shown shown = shown_by(bench);
  std::vector<Question> questions;
  if (!shown.update_run) return questions;
  if (shown.fitted) {
    questions.push_back(about_the_secret(shown));
    if (nobody_tells(bench, "tpm.state.ownership")) {
      questions.push_back(about_ownership());
      questions.push_back(about_unowned_upgrades());
    }
    if (nobody_tells(bench, "tpm.state.active")) questions.push_back(about_activity());
    const bool asleep = somewhere(bench, "tpm.state.active", "false") ||
                        somewhere(bench, "tpm.state.enabled", "false") ||
                        nobody_tells(bench, "tpm.state.active");
    if (asleep) questions.push_back(about_inactive_upgrades());
    if (shown.through_tpm) questions.push_back(about_lockout());
    if (nobody_tells(bench, "settings.enabled_update_interfaces"))
      questions.push_back(about_interfaces());
  }
  questions.push_back(about_silence());
  questions.push_back(about_the_image(shown));
  if (nobody_tells(bench, "settings.local_update")) questions.push_back(about_local_update());
  return questions;
}

}  // namespace scenarios::field
