// SPDX-License-Identifier: BSD-3-Clause
// What FWUpdLcl says, one table a dialect: its phrases, its labels, its errors. After the logs in
// scenarios/field-reports/; of generations 6 and later what owners' posts show.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "protocol/sku.h"
#include "protocol/tools/dialect.h"
#include "protocol/tools/line.h"
#include "protocol/update/tool_errors.h"

namespace protocol::tools {

enum class Phrase : std::uint8_t {
  connecting,
  connected,       ///< before the driver's name
  driver_version,  ///< behind it, before its version
  flash_title,
  image_title,
  uploading,  ///< before the way
  complete,
  restart_needed,  ///< behind `complete`
  way,             ///< the only one that later firmware has
  checking,
  warning,
  sent,      ///< the whole image
  progress,  ///< read: what it says meanwhile besides
};

struct PhraseRow {
  Phrase phrase;
  std::string_view text;      ///< by which the line is known
  std::string_view end = {};  ///< what is printed behind it
};

/// A label, and what stands between it and its value.
struct UpdateLabel {
  Fact fact;
  std::string_view label;
  std::string_view between = " : ";
  Word::Use use = Word::Use::both;
};

/// What stands before and behind an error's number.
struct ErrorForm {
  std::string_view before;
  std::string_view behind;
};

struct ErrorText {
  update::ToolError error;
  std::string_view text;
};

struct Fwupdlcl {
  FwupdlclDialect dialect = FwupdlclDialect::me5;
  std::uint16_t generation = 0;  ///< the first whose tool speaks it
  std::string_view banner;       ///< what stands between the maker's name and its version
  std::string_view format =
      {};  ///< as `meupdate update --format` calls it; empty: no name of its own
  ErrorForm error;
  std::span<const PhraseRow> phrases;
  std::span<const UpdateLabel> labels = {};
  std::span<const ErrorText> errors = {};
  /// An update that fails is told by two: that it failed, then why.
  bool tells_failure_twice = false;
  /// How it says that all went well, as far as its versions have in common; in lower case.
  std::span<const std::string_view> success = {};
};

inline constexpr std::string_view kDriver = "HECI";

/// What the ways of an update are called.
inline constexpr std::uint32_t kWayHeci = 0;
inline constexpr std::uint32_t kWayTpm = 1;
inline constexpr Word kWayRows[] = {{.value = kWayHeci, .text = kDriver},
                                    {.value = kWayTpm, .text = "TPM"}};
inline constexpr Words kWayWords{kWayRows};

/// Names of the capability bits beneath "SKU : (62)", each behind ": ". The logs list these; bit 11
/// of the Esprimo's 2110 has no line.
inline constexpr std::string_view kBeforeSkuName = ": ";
inline constexpr Word kUpdateSkuRows[] = {
    {.value = sku::kQst, .text = "Intel (R) QST"},
    {.value = sku::kAsf2, .text = "ASF2"},
    {.value = sku::kAmtPro, .text = "Intel (R) AMT"},
    {.value = sku::kStandardManageability, .text = "Intel Standard Manageability"},
    {.value = sku::kTpm, .text = "Intel (R) TPM"}};

inline constexpr PhraseRow kPhrasesMe5[] = {
    {Phrase::connecting, "Trying to connect to MEI driver."},
    {Phrase::connected, "Connected to "},
    {Phrase::driver_version, " driver, version: "},
    {Phrase::flash_title, "***** Flash Info ******"},
    {Phrase::image_title, "***** Image Info ******"},
    {Phrase::uploading, "FW image is uploading through "},
    {Phrase::complete, "FW update is complete."},
    {Phrase::restart_needed, " The new version runs after a power cycle."},  // ours
};
/// Version and SKU are of the flash until the image's title.
inline constexpr UpdateLabel kLabelsMe5[] = {
    {Fact::firmware_version, "Version"},
    {Fact::last_update_status, "Last Update Staus"},  // so it is spelled
    {Fact::last_update_status, "Last Update Status", " : ", Word::Use::read},
    {Fact::sku, "SKU"},
    {Fact::enabled_interfaces, "EnabledUpdateInterfaces"},
    {Fact::communication_mode, "Communication Mode", ": "},
};
/// What owners' logs show word for word. Every other text is this program's.
inline constexpr ErrorText kErrorsMe5[] = {
    {update::ToolError::tpm_update_required,
     "Firmware update through TPM is enabled. Use -tpm switch"},
    {update::ToolError::owner_password_required, "TPM in owned state, owner password is required"},
};
inline constexpr std::string_view kSuccessMe5[] = {"is complete"};

/// After whole logs of 9.1.45 (winraid 36175; it failed at stage 4 of 19) and of 15.0.35 for Linux
/// (a README for the Framework laptop's BIOS 3.19; it went through).
inline constexpr PhraseRow kChecking = {Phrase::checking, "Checking firmware parameters", "..."};
inline constexpr PhraseRow kWarning = {Phrase::warning,
                                       "Warning: Do not exit the process or power off",
                                       " the machine before the firmware update process ends."};
inline constexpr PhraseRow kSent = {Phrase::sent, "Sending the update image to FW for verification",
                                    ":  [ COMPLETE ]"};
/// Of the hosts of the tool's library (intel/lms, Slim Bootloader); no log of the tool shows it.
inline constexpr PhraseRow kCompleted = {Phrase::complete, "FW Update completed successfully.",
                                         " New firmware will take effect after a reboot"};
inline constexpr PhraseRow kPhrasesMe6[] = {
    {Phrase::way, "Communication Mode: MEI"},
    kChecking,
    kWarning,
    kSent,
    kCompleted,
    {Phrase::progress, "Trying to receive update status"},
    {Phrase::progress, "Maximum retry count reached"},
    {Phrase::progress, "Processing . . . Do not Interrupt"},
    {Phrase::progress, "Cannot locate hardware platform identification"},
    {Phrase::progress, "This program cannot be run on the current platform"},
};
inline constexpr PhraseRow kPhrasesCsme12[] = {
    kChecking, kWarning, kSent, kCompleted, {Phrase::progress, "Executing Full FW Update"},
};
/// What owners' logs show word for word: winraid 36175, texhex/BiosSledgehammer issue 15, a Z420.
inline constexpr ErrorText kErrorsMe6[] = {
    {update::ToolError::no_device, "Intel (R) ME Interface : Cannot locate ME device driver"},
    {update::ToolError::internal_error, "Firmware update failed due to an internal error"},
    {update::ToolError::usage, "Invalid usage"},
    {update::ToolError::parameters_unreadable,
     "Firmware update tool failed to get the firmware parameters."},
    {update::ToolError::update_failed, "FW Update Failed."},
    {update::ToolError::unknown_platform, "Unknown or Unsupported Platform"},
};
/// To generation 11 "FW Update:  [  21% (Stage: 4 of 19) (-)]", later "FW Update:  [ 100% (/)]".
inline constexpr std::string_view kProgressLabel = "FW Update:";
/// Read: "-fwver" asks for the first (11.8.70), the second stands where the update is switched off.
inline constexpr UpdateLabel kLabelsMe6[] = {
    {Fact::later_version, "FW Version", ": ", Word::Use::read},
    {Fact::local_update, "Local FWUpdate is", " ", Word::Use::read},
};
inline constexpr std::string_view kSuccessMe6[] = {"completed success", "successful"};
inline constexpr std::string_view kBanner = "Firmware Update Utility";
inline constexpr std::string_view kBannerCsme = "FW Update Version";

inline constexpr std::array kFwupdlcl = {
    Fwupdlcl{.dialect = FwupdlclDialect::me2,
             .generation = 2,
             .banner = kBanner,
             .error = {"Error: ", ""},
             .phrases = kPhrasesMe5,
             .labels = kLabelsMe5},
    Fwupdlcl{.dialect = FwupdlclDialect::me4,
             .generation = 3,
             .banner = kBanner,
             .error = {"Error (", "): "},
             .phrases = kPhrasesMe5,
             .labels = kLabelsMe5,
             .errors = kErrorsMe5,
             .success = kSuccessMe5},
    Fwupdlcl{.dialect = FwupdlclDialect::me5,
             .generation = 5,
             .banner = kBanner,
             .error = {"Error (", "): "},
             .phrases = kPhrasesMe5,
             .labels = kLabelsMe5,
             .errors = kErrorsMe5,
             .success = kSuccessMe5},
    Fwupdlcl{.dialect = FwupdlclDialect::me6,
             .generation = 6,
             .banner = kBanner,
             .format = "fwupdlcl-9",
             .error = {"Error ", ": "},
             .phrases = kPhrasesMe6,
             .labels = kLabelsMe6,
             .errors = kErrorsMe6,
             .tells_failure_twice = true,
             .success = kSuccessMe6},
    // The error's form: Slim Bootloader's CsmeFwUpdate.c. Only read: the one whole log is of an
    // update that goes through, and meupdate does none.
    Fwupdlcl{.dialect = FwupdlclDialect::csme12,
             .generation = 12,
             .banner = kBannerCsme,
             .error = {"FW Error Code: ", "."},
             .phrases = kPhrasesCsme12,
             .labels = kLabelsMe6,
             .success = kSuccessMe6},
};

/// The table of `dialect`; of one that has none yet, that of the dialect before.
constexpr const Fwupdlcl& fwupdlcl(FwupdlclDialect dialect) {
  const Fwupdlcl* found = &kFwupdlcl.front();
  for (const Fwupdlcl& each : kFwupdlcl) {
    if (each.dialect <= dialect) found = &each;
  }
  return *found;
}

/// The line of `phrase` as it is printed; empty: the dialect has none.
inline std::string line_of(const Fwupdlcl& dialect, Phrase phrase) {
  for (const PhraseRow& row : dialect.phrases) {
    if (row.phrase == phrase) return std::string(row.text) + std::string(row.end);
  }
  return {};
}

/// The first text of `phrase`; empty: the dialect has none.
constexpr std::string_view text_of(const Fwupdlcl& dialect, Phrase phrase) {
  for (const PhraseRow& row : dialect.phrases) {
    if (row.phrase == phrase) return row.text;
  }
  return {};
}

/// The printed label of `fact`; null: the dialect has none.
constexpr const UpdateLabel* find_label(const Fwupdlcl& dialect, Fact fact) {
  for (const UpdateLabel& row : dialect.labels) {
    if (row.fact == fact && row.use == Word::Use::both) return &row;
  }
  return nullptr;
}

}  // namespace protocol::tools
