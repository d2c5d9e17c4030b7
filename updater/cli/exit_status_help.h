// SPDX-License-Identifier: BSD-3-Clause
// The exit statuses of a command, as its --help tells them: from a table of rows.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace updater::cli {

struct ExitRow {
  std::string_view command;   ///< "tpm status"; empty: the program as a whole
  std::optional<int> status;  ///< nothing: whatever something else ends with
  std::string_view meaning;
};

/// "Exit status: 0 ..., 2 ...", in lines of at most 100 columns that end in a newline. `rows` has
/// some of `command`.
std::string exit_status_help(std::span<const ExitRow> rows, std::string_view command);

/// The same of one of meupdate's.
std::string exit_status_help(std::string_view command);

}  // namespace updater::cli
