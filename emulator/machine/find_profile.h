// SPDX-License-Identifier: BSD-3-Clause
// Where the profile is that somebody calls by a name or a path: the one look-up for every program,
// story and profile. docs/machines.md tells the order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "emulator/machine/built_in_profiles.h"

namespace emulator::machine {

/// The environment variable with folders of own profiles, ':' between them.
inline constexpr const char* kMachinesVariable = "MEBENCH_MACHINES";

struct ProfileSearch {
  /// The file in which the name stands; empty: none, a person gave it. A relative path counts from
  /// its folder, too.
  std::string named_in;
  /// The folder of those that come with the program; empty: share/mebench/machines beside the
  /// program's folder.
  std::string shipped;
};

/// Where a profile's text is: in a file, or in this program.
struct ProfileSource {
  std::string path;  ///< of a built-in one "built-in NAME.toml"
  const BuiltInProfile* built_in = nullptr;
};
/// "esprimo-e5730".
std::string name_of(const ProfileSource& source);

/// Names are looked for beside the file that names them, in the folders of $MEBENCH_MACHINES, among
/// the profiles that ship, in this program and, last, in the working folder: the name of a shipped
/// board means another one only where somebody decided so; a file among the shipped ones wins over
/// the built-in one, for it can be looked at and changed. A path (holds '/' or ends in .toml) is
/// taken as it is, whether or not there is such a file. Errors: not_found (no profile has that
/// name; lists the known ones).
base::Result<ProfileSource> find_profile(std::string_view name_or_path,
                                         const ProfileSearch& search);

struct FoundProfile {
  std::string name;
  std::string path;
  enum class In { machines_variable, shipped, working_folder } in = In::shipped;
};

/// What find_profile() finds for a name that a person gives, sorted by name. The working folder may
/// hold TOML files that are no profiles.
std::vector<FoundProfile> find_profiles(const std::string& shipped = {});

}  // namespace emulator::machine
