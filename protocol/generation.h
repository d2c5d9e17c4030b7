// SPDX-License-Identifier: BSD-3-Clause
// One row for each generation of the engine, ME 2 to CSME 16: what differs between them, and how
// well each fact is known. Code asks a row, never for a number: a new generation is a new row.
// Sources: Linux drivers/misc/mei, illumos LMS, FwuHeciMsgs.h, coreboot, MEAnalyzer, owners' logs;
// what is chosen is in docs/fidelity.md.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string_view>

#include "protocol/heci/status_layout.h"
#include "protocol/image/manifest_form.h"
#include "protocol/known.h"
#include "protocol/mei/fwu_forms.h"
#include "protocol/mei/mkhi_commands.h"
#include "protocol/newest_generation.h"
#include "protocol/sku.h"
#include "protocol/tools/dialect.h"

namespace protocol {

struct HbmVersion {
  std::uint8_t major = 1;
  std::uint8_t minor = 0;

  auto operator<=>(const HbmVersion&) const = default;
};

/// What this project has of a generation.
enum class Modelled : std::uint8_t {
  no,       ///< its row and its device ids
  board,    ///< and a board of it is among the profiles
  updater,  ///< and `meupdate` knows its messages and its images
  bench,    ///< and a board of it is built from a log
};

/// What a board is assumed to be where no log tells (chosen; the device id is a public one).
struct UsualBoard {
  std::uint16_t device_id = 0;
  std::uint32_t capabilities = 0;
  std::string_view system;  ///< under which its tools are mostly seen: "dos", "windows"
};

struct Generation {
  std::uint16_t major = 0;
  std::string_view engine;  ///< "ME", "CSME"
  /// Firmware status words in configuration space, as Linux reads them.
  std::uint8_t status_words = 0;
  heci::StatusLayout status_layout = heci::StatusLayout::undocumented;
  /// Whether an engine that the straps keep off shows bring-up's state 0Ah, where they are checked.
  Stated<bool> shows_straps = {false, Known::chosen};
  Stated<HbmVersion> hbm;
  Stated<fwu::VersionForm> version;
  Stated<fwu::StartForm> start;
  Stated<fwu::DataForm> data;
  Stated<fwu::EndForm> end;
  Stated<std::uint32_t> message_limit;  ///< bytes, the update client's largest message
  /// Messages that a client takes over one connection while none of its answers is read.
  Stated<std::uint8_t> credits;
  Stated<fwu::StatusNumbers> statuses = {fwu::StatusNumbers::own, Known::inferred};
  Stated<fwu::ProgressForm> progress = {fwu::ProgressForm::bytes_28, Known::inferred};
  Stated<fwu::FileForm> file;
  /// Partitions that the reply to PARTIAL_UPDATE_ATTRIBUTES has room for.
  Stated<std::uint8_t> part_slots = {0, Known::chosen};
  /// Versions in the answer to MKHI GEN/GET_FW_VERSION: code and recovery, then the layout tool's.
  Stated<std::uint8_t> version_blocks = {3, Known::documented};
  /// Whether the enumeration names MKHI's fixed address 7: where Linux asks for `fw_ver`.
  Stated<bool> lists_fixed_mkhi;
  /// How long a board runs whose ROM finds no code that it may run, in minutes from its start; 0:
  /// as long as its owner likes.
  Stated<std::uint8_t> off_after;
  image::ManifestForm manifest = image::ManifestForm::man;
  /// Where the security version stands in it, in bytes.
  std::uint8_t security_version_at = image::kSecurityVersionAt;
  Stated<tools::MeinfoDialect> meinfo;
  Stated<tools::FwupdlclDialect> fwupdlcl;
  tools::ErrorList errors = tools::ErrorList::family;
  Modelled modelled = Modelled::no;
  UsualBoard usual = {};

  /// Whether its MKHI knows the command.
  constexpr bool has(std::uint8_t group, std::uint8_t command) const {
    return mkhi::find_command(major, group, command) != nullptr;
  }
};

inline constexpr std::array<Generation, 15> kGenerations = {{
    {.major = 2,
     .engine = "ME",
     .status_words = 0,
     .hbm = {{1, 0}, Known::documented},
     .version = {fwu::VersionForm::bytes_47, Known::documented},
     .start = {fwu::StartForm::a, Known::chosen},
     .data = {fwu::DataForm::exact, Known::chosen},
     .end = {fwu::EndForm::awaited, Known::chosen},
     .message_limit = {512, Known::chosen},
     .credits = {4, Known::chosen},
     .statuses = {fwu::StatusNumbers::tool_errors, Known::chosen},
     .progress = {fwu::ProgressForm::bytes_8, Known::chosen},
     .file = {fwu::FileForm::code, Known::documented},
     .version_blocks = {3, Known::chosen},
     .manifest = image::ManifestForm::man,
     .meinfo = {tools::MeinfoDialect::me4, Known::chosen},
     .fwupdlcl = {tools::FwupdlclDialect::me2, Known::field},
     .modelled = Modelled::updater},
    {.major = 3,
     .engine = "ME",
     .status_words = 0,
     .hbm = {{1, 0}, Known::documented},
     .version = {fwu::VersionForm::bytes_47, Known::documented},
     .start = {fwu::StartForm::a, Known::chosen},
     .data = {fwu::DataForm::exact, Known::chosen},
     .end = {fwu::EndForm::awaited, Known::chosen},
     .message_limit = {512, Known::chosen},
     .credits = {4, Known::chosen},
     .statuses = {fwu::StatusNumbers::tool_errors, Known::chosen},
     .progress = {fwu::ProgressForm::bytes_8, Known::chosen},
     .file = {fwu::FileForm::code, Known::documented},
     .version_blocks = {3, Known::chosen},
     .manifest = image::ManifestForm::man,
     .meinfo = {tools::MeinfoDialect::me4, Known::chosen},
     .fwupdlcl = {tools::FwupdlclDialect::me4, Known::inferred},
     .modelled = Modelled::bench,
     .usual = {.device_id = 0x29B4,
               .capabilities = sku::kQst | sku::kAsf2 | sku::kAmtPro,
               .system = "windows"}},
    {.major = 4,
     .engine = "ME",
     .status_words = 0,
     .hbm = {{1, 0}, Known::documented},
     .version = {fwu::VersionForm::bytes_52, Known::documented},
     .start = {fwu::StartForm::a, Known::chosen},
     .data = {fwu::DataForm::exact, Known::chosen},
     .end = {fwu::EndForm::awaited, Known::chosen},
     .message_limit = {512, Known::chosen},
     .credits = {4, Known::chosen},
     .statuses = {fwu::StatusNumbers::tool_errors, Known::chosen},
     .progress = {fwu::ProgressForm::bytes_8, Known::chosen},
     .file = {fwu::FileForm::code, Known::documented},
     .version_blocks = {3, Known::chosen},
     .manifest = image::ManifestForm::man,
     .meinfo = {tools::MeinfoDialect::me4, Known::field},
     .fwupdlcl = {tools::FwupdlclDialect::me4, Known::field},
     .modelled = Modelled::bench,
     .usual = {.device_id = 0x2A44,
               .capabilities = sku::kAsf2 | sku::kAmtPro | sku::kTpm,
               .system = "windows"}},
    {.major = 5,
     .engine = "ME",
     .status_words = 1,
     .hbm = {{1, 0}, Known::documented},
     .version = {fwu::VersionForm::bytes_52, Known::documented},
     .start = {fwu::StartForm::a, Known::chosen},
     .data = {fwu::DataForm::exact, Known::chosen},
     .end = {fwu::EndForm::awaited, Known::chosen},
     .message_limit = {512, Known::chosen},
     .credits = {4, Known::chosen},
     .statuses = {fwu::StatusNumbers::tool_errors, Known::chosen},
     .progress = {fwu::ProgressForm::bytes_8, Known::chosen},
     .file = {fwu::FileForm::code, Known::documented},
     .version_blocks = {3, Known::chosen},
     .manifest = image::ManifestForm::man,
     .meinfo = {tools::MeinfoDialect::me5, Known::field},
     .fwupdlcl = {tools::FwupdlclDialect::me5, Known::field},
     .modelled = Modelled::bench,
     .usual = {.device_id = 0x2E14,
               .capabilities = sku::kQst | sku::kAsf2 | sku::kAmtPro | sku::kTpm,
               .system = "dos"}},
    {.major = 6,
     .engine = "ME",
     .status_words = 2,
     .status_layout = heci::StatusLayout::me6_10,
     .shows_straps = {true, Known::inferred},
     .hbm = {{1, 1}, Known::chosen},
     .version = {fwu::VersionForm::bytes_56, Known::chosen},
     .start = {fwu::StartForm::a, Known::inferred},
     .data = {fwu::DataForm::exact, Known::inferred},
     .end = {fwu::EndForm::awaited, Known::inferred},
     .message_limit = {512, Known::inferred},
     .credits = {1, Known::documented},
     .file = {fwu::FileForm::table, Known::inferred},
     .part_slots = {4, Known::inferred},
     .version_blocks = {2, Known::documented},
     .lists_fixed_mkhi = {false, Known::inferred},
     .off_after = {30, Known::field},
     .manifest = image::ManifestForm::mn2,
     .meinfo = {tools::MeinfoDialect::me6, Known::inferred},
     .fwupdlcl = {tools::FwupdlclDialect::me6, Known::inferred}},
    {.major = 7,
     .engine = "ME",
     .status_words = 2,
     .status_layout = heci::StatusLayout::me6_10,
     .shows_straps = {true, Known::field},
     .hbm = {{1, 1}, Known::chosen},
     .version = {fwu::VersionForm::bytes_56, Known::documented},
     .start = {fwu::StartForm::a, Known::inferred},
     .data = {fwu::DataForm::exact, Known::documented},
     .end = {fwu::EndForm::awaited, Known::documented},
     .message_limit = {512, Known::inferred},
     .credits = {1, Known::documented},
     .file = {fwu::FileForm::table, Known::inferred},
     .part_slots = {4, Known::inferred},
     .version_blocks = {2, Known::documented},
     .lists_fixed_mkhi = {true, Known::inferred},
     .off_after = {30, Known::field},
     .manifest = image::ManifestForm::mn2,
     .meinfo = {tools::MeinfoDialect::me6, Known::inferred},
     .fwupdlcl = {tools::FwupdlclDialect::me6, Known::field},
     .modelled = Modelled::board},
    {.major = 8,
     .engine = "ME",
     .status_words = 2,
     .status_layout = heci::StatusLayout::me6_10,
     .shows_straps = {true, Known::inferred},
     .hbm = {{1, 1}, Known::chosen},
     .version = {fwu::VersionForm::bytes_56, Known::documented},
     .start = {fwu::StartForm::a, Known::inferred},
     .data = {fwu::DataForm::exact, Known::documented},
     .end = {fwu::EndForm::awaited, Known::documented},
     .message_limit = {512, Known::inferred},
     .credits = {1, Known::documented},
     .file = {fwu::FileForm::table, Known::inferred},
     .part_slots = {4, Known::inferred},
     .version_blocks = {2, Known::documented},
     .lists_fixed_mkhi = {true, Known::inferred},
     .off_after = {30, Known::field},
     .manifest = image::ManifestForm::mn2,
     .security_version_at = image::kSecurityVersionAtMe8,
     .meinfo = {tools::MeinfoDialect::me6, Known::field},
     .fwupdlcl = {tools::FwupdlclDialect::me6, Known::field},
     .modelled = Modelled::board},
    {.major = 9,
     .engine = "ME",
     .status_words = 6,
     .status_layout = heci::StatusLayout::me6_10,
     .hbm = {{1, 1}, Known::chosen},
     .version = {fwu::VersionForm::bytes_56, Known::documented},
     .start = {fwu::StartForm::a, Known::documented},
     .data = {fwu::DataForm::padded, Known::field},
     .end = {fwu::EndForm::not_awaited, Known::field},
     .message_limit = {512, Known::field},
     .credits = {1, Known::documented},
     .statuses = {fwu::StatusNumbers::own, Known::inferred},
     .progress = {fwu::ProgressForm::bytes_28, Known::documented},
     .file = {fwu::FileForm::table, Known::documented},
     .part_slots = {4, Known::documented},
     .lists_fixed_mkhi = {true, Known::inferred},
     .off_after = {30, Known::field},
     .manifest = image::ManifestForm::mn2,
     .meinfo = {tools::MeinfoDialect::me9, Known::field},
     .fwupdlcl = {tools::FwupdlclDialect::me6, Known::field},
     .modelled = Modelled::board},
    {.major = 10,
     .engine = "ME",
     .status_words = 6,
     .status_layout = heci::StatusLayout::me6_10,
     .hbm = {{2, 0}, Known::chosen},
     .version = {fwu::VersionForm::bytes_56, Known::documented},
     .start = {fwu::StartForm::a, Known::inferred},
     .data = {fwu::DataForm::exact, Known::documented},
     .end = {fwu::EndForm::awaited, Known::documented},
     .message_limit = {512, Known::inferred},
     .credits = {1, Known::documented},
     .file = {fwu::FileForm::table, Known::inferred},
     .part_slots = {4, Known::inferred},
     .lists_fixed_mkhi = {true, Known::inferred},
     .off_after = {30, Known::field},
     .manifest = image::ManifestForm::mn2,
     .meinfo = {tools::MeinfoDialect::me9, Known::field},
     .fwupdlcl = {tools::FwupdlclDialect::me6, Known::field}},
    {.major = 11,
     .engine = "CSME",
     .status_words = 6,
     .status_layout = heci::StatusLayout::csme11,
     .hbm = {{2, 0}, Known::chosen},
     .version = {fwu::VersionForm::bytes_56, Known::inferred},
     .start = {fwu::StartForm::a, Known::chosen},
     .data = {fwu::DataForm::exact, Known::inferred},
     .end = {fwu::EndForm::awaited, Known::inferred},
     .message_limit = {4096, Known::field},
     .credits = {1, Known::documented},
     .file = {fwu::FileForm::table, Known::inferred},
     .part_slots = {4, Known::inferred},
     .lists_fixed_mkhi = {true, Known::field},
     .off_after = {30, Known::inferred},
     .manifest = image::ManifestForm::cpd_r1,
     .meinfo = {tools::MeinfoDialect::me11, Known::field},
     .fwupdlcl = {tools::FwupdlclDialect::me6, Known::field},
     .errors = tools::ErrorList::me11,
     .modelled = Modelled::board},
    {.major = 12,
     .engine = "CSME",
     .status_words = 6,
     .status_layout = heci::StatusLayout::csme12_13,
     .hbm = {{2, 1}, Known::chosen},
     .version = {fwu::VersionForm::from_mkhi, Known::chosen},
     .start = {fwu::StartForm::b, Known::one_source},
     .data = {fwu::DataForm::exact, Known::inferred},
     .end = {fwu::EndForm::awaited, Known::inferred},
     .message_limit = {4096, Known::inferred},
     .credits = {1, Known::documented},
     .file = {fwu::FileForm::partitions, Known::one_source},
     .part_slots = {20, Known::inferred},
     .lists_fixed_mkhi = {true, Known::inferred},
     .off_after = {30, Known::inferred},
     .manifest = image::ManifestForm::cpd_r1,
     .meinfo = {tools::MeinfoDialect::csme12, Known::field},
     .fwupdlcl = {tools::FwupdlclDialect::csme12, Known::documented},
     .errors = tools::ErrorList::csme12},
    {.major = 13,
     .engine = "CSME",
     .status_words = 6,
     .status_layout = heci::StatusLayout::csme12_13,
     .hbm = {{2, 1}, Known::chosen},
     .version = {fwu::VersionForm::from_mkhi, Known::chosen},
     .start = {fwu::StartForm::b, Known::inferred},
     .data = {fwu::DataForm::exact, Known::inferred},
     .end = {fwu::EndForm::awaited, Known::inferred},
     .message_limit = {4096, Known::inferred},
     .credits = {1, Known::documented},
     .file = {fwu::FileForm::partitions, Known::inferred},
     .part_slots = {20, Known::inferred},
     .lists_fixed_mkhi = {true, Known::inferred},
     .off_after = {30, Known::inferred},
     .manifest = image::ManifestForm::cpd_r1,
     .meinfo = {tools::MeinfoDialect::csme12, Known::inferred},
     .fwupdlcl = {tools::FwupdlclDialect::csme12, Known::documented},
     .errors = tools::ErrorList::csme12},
    {.major = 14,
     .engine = "CSME",
     .status_words = 6,
     .status_layout = heci::StatusLayout::csme14,
     .hbm = {{2, 1}, Known::chosen},
     .version = {fwu::VersionForm::from_mkhi, Known::chosen},
     .start = {fwu::StartForm::b, Known::inferred},
     .data = {fwu::DataForm::exact, Known::inferred},
     .end = {fwu::EndForm::awaited, Known::inferred},
     .message_limit = {4096, Known::inferred},
     .credits = {1, Known::documented},
     .file = {fwu::FileForm::partitions, Known::inferred},
     .part_slots = {20, Known::inferred},
     .lists_fixed_mkhi = {true, Known::inferred},
     .off_after = {30, Known::inferred},
     .manifest = image::ManifestForm::cpd_r1,
     .meinfo = {tools::MeinfoDialect::csme12, Known::inferred},
     .fwupdlcl = {tools::FwupdlclDialect::csme12, Known::documented},
     .errors = tools::ErrorList::csme12},
    {.major = 15,
     .engine = "CSME",
     .status_words = 6,
     .status_layout = heci::StatusLayout::csme15,
     .hbm = {{2, 2}, Known::one_source},
     .version = {fwu::VersionForm::from_mkhi, Known::one_source},
     .start = {fwu::StartForm::b, Known::one_source},
     .data = {fwu::DataForm::exact, Known::one_source},
     // Refusals of END are on record, no success of one: that it is answered at once is chosen.
     .end = {fwu::EndForm::awaited, Known::chosen},
     .message_limit = {4096, Known::field},
     .credits = {1, Known::documented},
     .file = {fwu::FileForm::partitions, Known::one_source},
     .part_slots = {20, Known::one_source},
     .lists_fixed_mkhi = {true, Known::field},
     .off_after = {30, Known::inferred},
     .manifest = image::ManifestForm::cpd_r2,
     .meinfo = {tools::MeinfoDialect::csme12, Known::field},
     .fwupdlcl = {tools::FwupdlclDialect::csme12, Known::documented},
     .errors = tools::ErrorList::csme12,
     .modelled = Modelled::board},
    {.major = 16,
     .engine = "CSME",
     .status_words = 6,
     .status_layout = heci::StatusLayout::csme16,
     .hbm = {{2, 2}, Known::chosen},
     .version = {fwu::VersionForm::from_mkhi, Known::inferred},
     .start = {fwu::StartForm::b, Known::inferred},
     .data = {fwu::DataForm::exact, Known::inferred},
     .end = {fwu::EndForm::awaited, Known::inferred},
     .message_limit = {4096, Known::inferred},
     .credits = {1, Known::documented},
     .file = {fwu::FileForm::partitions, Known::inferred},
     .part_slots = {20, Known::inferred},
     .lists_fixed_mkhi = {true, Known::field},
     .off_after = {30, Known::inferred},
     .manifest = image::ManifestForm::cpd_r2,
     .meinfo = {tools::MeinfoDialect::csme12, Known::inferred},
     .fwupdlcl = {tools::FwupdlclDialect::csme12, Known::documented},
     .errors = tools::ErrorList::csme12,
     .modelled = Modelled::board},
}};

/// The row of firmware `major`; null: none is known.
constexpr const Generation* find_generation(std::uint16_t major) {
  for (const Generation& row : kGenerations) {
    if (row.major == major) return &row;
  }
  return nullptr;
}

/// The row of firmware `major`, else the nearest.
constexpr const Generation& nearest_generation(std::uint16_t major) {
  if (major <= kGenerations.front().major) return kGenerations.front();
  if (major >= kGenerations.back().major) return kGenerations.back();
  return kGenerations[major - kGenerations.front().major];
}

/// From here on HFS3 to HFS6 are others than in the table's last row.
inline constexpr std::uint16_t kOtherStatusFrom = 18;
/// What the bits of its status words mean, of generations without a row, too.
constexpr heci::StatusLayout status_layout_of(std::uint16_t major) {
  return major >= kOtherStatusFrom ? heci::StatusLayout::csme18
                                   : nearest_generation(major).status_layout;
}

/// The first whose manifests have that form.
constexpr const Generation& first_with(image::ManifestForm form) {
  for (const Generation& row : kGenerations) {
    if (row.manifest == form) return row;
  }
  return kGenerations.front();
}

/// The first and the last of which `how_far` or more is there.
constexpr const Generation& first_modelled(Modelled how_far) {
  for (const Generation& row : kGenerations) {
    if (row.modelled >= how_far) return row;
  }
  return kGenerations.front();
}
constexpr const Generation& last_modelled(Modelled how_far) {
  const Generation* last = &first_modelled(how_far);
  for (const Generation& row : kGenerations) {
    if (row.modelled >= how_far) last = &row;
  }
  return *last;
}

/// Whether every generation that `meupdate` updates takes it in these forms. Code that speaks one
/// form asserts it: a generation with another does not compile before that code knows it.
constexpr bool updates_are_of(fwu::StartForm start, fwu::DataForm data, fwu::EndForm end) {
  for (const Generation& row : kGenerations) {
    const bool same = row.start.value == start && row.data.value == data && row.end.value == end;
    if (row.modelled >= Modelled::updater && !same) return false;
  }
  return true;
}

namespace detail {
constexpr bool rows_are_in_order() {
  for (std::size_t i = 1; i < kGenerations.size(); ++i) {
    if (kGenerations[i].major != kGenerations[i - 1].major + 1) return false;
  }
  return kGenerations.back().major == kNewestGeneration;
}
}  // namespace detail
static_assert(detail::rows_are_in_order(), "nearest_generation() counts on it");

}  // namespace protocol
