// SPDX-License-Identifier: BSD-3-Clause
// Which of the numbered places (base/reached.h) this process and all that it forks have come to,
// kept in a file, put together from several, and told to people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/reached.h"
#include "base/result.h"

namespace scenarios::explore {

/// From now on marks of this process and of those it forks are one. Once a process. Errors: io.
base::Result<void> share_places();

class Coverage {
 public:
  /// What has been reached so far.
  static Coverage here();
  /// Errors: invalid (not what to_json() writes; says what).
  static base::Result<Coverage> from_json(const std::string& text);

  void add(const Coverage& other);
  bool has(base::Place place) const { return has_[static_cast<std::size_t>(place)]; }
  std::size_t count() const;
  /// Of those that must have been reached, the ones that were not.
  std::vector<base::Place> missing() const;

  std::string to_json() const;
  /// "61 of 66 places were reached", then those that were not, the ones that must be first.
  std::string to_text() const;

 private:
  std::array<bool, base::kPlaceCount> has_{};
};

const char* name(base::Place place);
/// For people: "session: START opens an update".
const char* words(base::Place place);
/// Whether all that is run together must come to it.
bool must_be_reached(base::Place place);

}  // namespace scenarios::explore
