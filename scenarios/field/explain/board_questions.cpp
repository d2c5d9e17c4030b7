// SPDX-License-Identifier: BSD-3-Clause
// What may have been the matter with the board, the image and the tool.
#include <utility>

#include "scenarios/field/explain/question_parts.h"

namespace scenarios::field {
namespace {

using emulator::sim::FaultPoint;
using protocol::update::ToolError;

/// Messages of the smallest image that an update through the TPM has to send are three times
/// as many.
constexpr std::uint32_t kInTheMiddle = 20;

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

/// What a number says of the file, and no more: it is asked where a log tells that number.
struct FormRow {
  ToolError number;
  const char* id;
  const char* text;
};
constexpr FormRow kForms[] = {
    {ToolError::invalid_header, "image-header-refused", "the image's header was refused"},
    {ToolError::file_access, "image-unreadable", "the image file could not be opened or read"},
    {ToolError::invalid_length, "image-length-refused", "the image's length was refused"},
    {ToolError::invalid_parameters, "start-refused",
     "the firmware did not take the update's parameters: tool and firmware do not fit"},
    {ToolError::image_not_supported, "image-kind-refused",
     "the image was of a kind that this board does not take"},
    {ToolError::partition_layout, "image-layout-refused",
     "the image's partitions were not laid out as this board's"},
};

/// Who finds it, the tool or the firmware, is not public: the firmware does here.
void ask_about_the_images_form(const Runs& runs, std::vector<Question>& questions) {
  Question form{"image-form",
                Scope::run,
                {{"image-form-taken", "the image's form was taken", Weight::plain, {}, {}}},
                runs.updates};
  for (const FormRow& row : kForms) {
    if (runs.tell(row.number))
      form.answers.push_back(
          {row.id, row.text, Weight::common, refused_image(row.number), {"field-image-form"}});
  }
  if (form.answers.size() > 1) questions.push_back(std::move(form));
}

/// What only its own error number makes worth asking.
Question about_the_driver(const Runs& runs) {
  Circumstances none;
  none.condition = Circumstances::Condition::unreachable;
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

Question about_a_busy_firmware(const Runs& runs) {
  return {"busy",
          Scope::run,
          {{"idle", "no other update was under way", Weight::plain, {}, {}},
           {"busy-with-another-update",
            "another update was under way, or one had ended and waited for the power to be taken "
            "away",
            Weight::common,
            busy_with_another_update(),
            {"field-busy"}}},
          runs.updates};
}

Question about_a_dropped_update(const Runs& runs) {
  return {"dropped",
          Scope::run,
          {{"kept", "the firmware kept the update that it had begun", Weight::plain, {}, {}},
           {"dropped-in-the-middle",
            "the firmware dropped the update in the middle of the upload",
            Weight::common,
            refused_at(FaultPoint::fwu_data, kInTheMiddle, ToolError::no_update_in_progress),
            {"field-dropped"}}},
          runs.updates};
}

Question about_a_fault_of_its_own(const Runs& runs) {
  return {"own-fault",
          Scope::run,
          {{"no-own-fault", "the firmware met no fault of its own", Weight::plain, {}, {}},
           {"broke-off",
            "the firmware broke off by a fault of its own in the middle of the upload",
            Weight::common,
            refused_at(FaultPoint::fwu_data, kInTheMiddle, ToolError::internal_error),
            {"field-own-fault"}}},
          runs.updates};
}

Question about_the_platform(const Runs& runs) {
  return {"platform",
          Scope::boards,
          {{"chipset-known", "the tool knew the board's chipset", Weight::plain, {}, {}},
           {"chipset-of-later-boards",
            "the board's chipset was of a later generation than the tool knows",
            Weight::common,
            setting(ProfileKey::device_id, 0x3B64u),
            {}}},
          runs.all};
}

Circumstances typing(const engine::TextFile& update_password) {
  Circumstances made = setting(ProfileKey::update_password, update_password_word());
  made.update_password = update_password;
  return made;
}

/// The board's own password, which `-pass` gives.
Question about_the_update_password(const Runs& runs) {
  const std::vector<BoardValue> asked = {{ProfileKey::local_update, "password"}};
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
  return both(setting(ProfileKey::local_update, to),
              setting(ProfileKey::override_qualifier, "never"));
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
        both(setting_then(ProfileKey::local_update, "disabled"),
             setting_then(ProfileKey::override_qualifier, "never")),
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
                 setting(ProfileKey::update_password, update_password_word())),
            {"fw-local-rule", "fw-always-password"}}},
          runs.all,
          ProfileKey::local_update};
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

}  // namespace

void ask_about_the_board(const FieldBench& bench, const Runs& runs,
                         std::vector<Question>& questions) {
  questions.push_back(about_recovery(runs));
  questions.push_back(about_silence(runs));
  questions.push_back(about_the_image(runs));
  ask_about_the_images_form(runs, questions);
  if (!runs.without_image_version.empty()) questions.push_back(about_the_images_version(runs));
  if (runs.tell(ToolError::no_device)) questions.push_back(about_the_driver(runs));
  if (runs.tell(ToolError::update_in_progress)) questions.push_back(about_a_busy_firmware(runs));
  if (runs.tell(ToolError::no_update_in_progress))
    questions.push_back(about_a_dropped_update(runs));
  if (runs.tell(ToolError::internal_error)) questions.push_back(about_a_fault_of_its_own(runs));
  if (runs.tell(ToolError::unknown_platform)) questions.push_back(about_the_platform(runs));
  if (!runs.without_image_sku.empty()) questions.push_back(about_the_images_sku(runs));
  if (!runs.with_update_password.empty() || runs.tell(ToolError::password_mismatch))
    questions.push_back(about_the_update_password(runs));
  if (a_board_leaves_open(bench, runs, ProfileKey::local_update))
    questions.push_back(about_local_update(runs));
  else if (runs.tell(ToolError::local_update_disabled))
    questions.push_back(about_local_update_then(runs));
}

}  // namespace scenarios::field
