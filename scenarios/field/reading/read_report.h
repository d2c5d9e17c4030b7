// SPDX-License-Identifier: BSD-3-Clause
// Pasted text into runs: any mixture of logs in one file or many. Linear in the text; nothing in it
// is fatal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "scenarios/field/reading/run_log.h"

namespace scenarios::field {

/// A longer file is no log: it is named as unusable.
inline constexpr std::size_t kLargestFile = 32u << 20;

/// Reads one text as if it were the file `name`, and adds what it finds to `report`. Text in UTF-8
/// or UTF-16 with its mark, lines ended by LF, CR LF or CR (text_of_file.h).
void read_text(std::string_view text, const std::string& name, FieldReport& report);

/// Files, "-" for the standard input, and folders, which are walked in sorted order. Files that
/// cannot be used are listed with why. Errors: not_found (a path that is not there), io (one
/// that cannot be reached).
base::Result<FieldReport> read_report(const std::vector<std::string>& paths);

}  // namespace scenarios::field
