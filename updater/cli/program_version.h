// SPDX-License-Identifier: BSD-3-Clause
// What meupdate and mesim say to --version, made when they are built (cmake/program_version.cmake).
#pragma once

#include <string_view>

namespace updater::cli {

/// "0.2.0 (0f1e2d3c4b5a)": the version and the commit; "+" behind the commit: and changes that are
/// in none. The version alone where neither a checkout nor an archive of one was built.
std::string_view program_version();

}  // namespace updater::cli
