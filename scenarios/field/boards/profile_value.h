// SPDX-License-Identifier: BSD-3-Clause
// One value of a machine profile, and how it is known.
#pragma once

#include <cstdint>
#include <string>

namespace scenarios::field {

enum class Provenance : std::uint8_t {
  observed,  ///< a line of a log says it
  derived,   ///< follows from a line
  assumed,   ///< chosen, no log says
};
const char* name(Provenance provenance);

struct ProfileValue {
  std::string table = {};  ///< "tpm.state"; empty: the top
  std::string key = {};
  std::string toml = {};  ///< the value as TOML
  Provenance provenance = Provenance::assumed;
  std::string place = {};  ///< of the line, "file:line"; empty when assumed
  std::string note = {};   ///< the line's words, or why it was chosen
  /// What a log says instead, in words and with its place, where no board can have that. `note` has
  /// it, too.
  std::string not_taken = {};
};

/// `text` as a TOML basic string.
std::string quoted(const std::string& text);

}  // namespace scenarios::field
