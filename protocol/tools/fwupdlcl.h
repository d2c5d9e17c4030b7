// SPDX-License-Identifier: BSD-3-Clause
// What FWUpdLcl says, one table a dialect: its phrases, its labels, its errors. After the logs in
// scenarios/field-reports/; of generations 6 and later what owners' posts show.
#pragma once

#include <array>
#include <cstdint>
#include <span>
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
  progress,        ///< what it does meanwhile
};

struct PhraseRow {
  Phrase phrase;
  std::string_view text;
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
  ErrorForm error;
  std::span<const PhraseRow> phrases;
  std::span<const UpdateLabel> labels = {};
  std::span<const ErrorText> errors = {};
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

inline constexpr PhraseRow kPhrasesMe6[] = {
    {Phrase::progress, "Checking firmware parameters"},
    {Phrase::progress, "Communication Mode: MEI"},
    {Phrase::progress, "Sending the update image to FW for verification"},
    {Phrase::progress, "Warning: Do not exit the process or power off"},
    {Phrase::progress, "Trying to receive update status"},
};
inline constexpr std::string_view kSuccessMe6[] = {"completed success", "successful"};

inline constexpr std::array kFwupdlcl = {
    Fwupdlcl{.dialect = FwupdlclDialect::me2,
             .generation = 2,
             .error = {"Error: ", ""},
             .phrases = kPhrasesMe5,
             .labels = kLabelsMe5},
    Fwupdlcl{.dialect = FwupdlclDialect::me4,
             .generation = 3,
             .error = {"Error (", "): "},
             .phrases = kPhrasesMe5,
             .labels = kLabelsMe5,
             .errors = kErrorsMe5,
             .success = kSuccessMe5},
    Fwupdlcl{.dialect = FwupdlclDialect::me5,
             .generation = 5,
             .error = {"Error (", "): "},
             .phrases = kPhrasesMe5,
             .labels = kLabelsMe5,
             .errors = kErrorsMe5,
             .success = kSuccessMe5},
    Fwupdlcl{.dialect = FwupdlclDialect::me6,
             .generation = 6,
             .error = {"Error ", ": "},
             .phrases = kPhrasesMe6,
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
