// SPDX-License-Identifier: BSD-3-Clause
// What people give after --set: values of a profile to change, or files that hold them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace emulator::attach {

/// "KEY=VALUE", each in the one spelling that a TOML value has here, so that two of them can be
/// compared. "KEY=@FILE" has the first line of FILE as its value: of a secret the text itself,
/// whatever is in it; of any other key as if it had been typed. FILE may be a pipe. `option` is
/// what people call it, for errors. Errors: invalid (no KEY=VALUE, or a secret that is not UTF-8),
/// and those of os::read_secret_line().
base::Result<std::vector<std::string>> read_set_values(const std::vector<std::string>& set,
                                                       const std::string& option);

/// Entries that a folder has kept, in that spelling; "@" names no file in them.
std::vector<std::string> in_one_spelling(const std::vector<std::string>& kept);

/// The same entries for another program's command line, which everybody can read: the value of a
/// secret is in a file in `folder`, which is this program's alone, and the entry names it. `set` is
/// as people gave it. Errors: those of read_set_values(), io.
base::Result<std::vector<std::string>> secrets_in_files(const std::vector<std::string>& set,
                                                        const std::string& option,
                                                        const std::string& folder);

}  // namespace emulator::attach
