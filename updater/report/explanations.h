// SPDX-License-Identifier: BSD-3-Clause
// What each number means and what to do about it: the tool family's errors by tool and generation,
// what firmware answers, this program's exit statuses, and values of old logs that are not what
// they seem.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace updater::report {

enum class NumberOf : std::uint8_t {
  tool_error,        ///< of FWUpdLcl, MEInfo and MEManuf for firmware 2 to 10, and of this program
  exit_status,       ///< of this program
  logged_value,      ///< a value that an old tool prints and that needs a story
  flash_tool_error,  ///< of the flash programming tool (FPT) for firmware 2 to 11
  generation_11_error,  ///< of FWUpdLcl, MEInfo and MEManuf for firmware 11
  newer_tool_error,     ///< of all tools for firmware 12 and later
  update_status,        ///< what firmware 7 and later itself answers on an update
};

struct KnownNumber {
  NumberOf kind = NumberOf::tool_error;
  std::uint32_t number = 0;
  const char* title = nullptr;      ///< a few words, no full stop
  const char* meaning = nullptr;    ///< one or two sentences
  const char* next_step = nullptr;  ///< what a person can do
  /// Who says so, beside the list itself: a public thread or page; null: nothing beside it.
  const char* source = nullptr;
  const char* listed_as = nullptr;  ///< the list's own name, "ME_RECOVERY_MODE"; null: none
};

std::span<const KnownNumber> tool_errors();    ///< by rising number
std::span<const KnownNumber> exit_statuses();  ///< by rising number
std::span<const KnownNumber> logged_values();  ///< by rising number
/// Whether it is one of the numbers that nothing else prints and the row of lockout-misread names.
bool is_of_the_usual_misreading(std::uint32_t number);
std::span<const KnownNumber> flash_tool_errors();     ///< by rising number
std::span<const KnownNumber> generation_11_errors();  ///< by rising number
std::span<const KnownNumber> newer_tool_errors();     ///< by rising number
std::span<const KnownNumber> update_statuses();       ///< by rising number
std::span<const KnownNumber> rows_of(NumberOf kind);
const char* name(NumberOf kind);  ///< "error", "exit_status", "logged_value", "flash_tool_error"...

/// The tool family's error `number`; null where it is not known.
const KnownNumber* find_tool_error(std::uint32_t number);
/// What a device's update status says: a number of the tool family, or one of later firmware's own;
/// null where it is not known. 0 and 1 say nothing.
const KnownNumber* find_device_status(std::uint32_t status);
/// The row of `number` among those of `kind`; null where it is not known.
const KnownNumber* find_row(NumberOf kind, std::uint32_t number);

/// Rows in which `words` all occur, in any case; a number among them only where it stands alone.
std::vector<const KnownNumber*> rows_with_words(std::string_view words);
/// Every row, one kind after the other.
std::vector<const KnownNumber*> every_row();

/// One row for people, several lines.
std::string explanation_text(const KnownNumber& row);
/// One row on one line: "8721  ...".
std::string explanation_line(const KnownNumber& row);
/// "Error 8721", "Exit status 26", "Error 280 of the tools for firmware 12 and later".
std::string called(const KnownNumber& row);

}  // namespace updater::report
