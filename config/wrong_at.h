// SPDX-License-Identifier: BSD-3-Clause
// What is wrong in a document's text, told with its place.
#pragma once

#include <string>

#include "base/result.h"
#include "config/toml_tree.h"

namespace config {

/// Errc::invalid, "FILE:LINE:COLUMN: what".
inline base::Error wrong_at(const Place& place, const std::string& what) {
  return {base::Errc::invalid, to_text(place) + ": " + what};
}

}  // namespace config
