// SPDX-License-Identifier: BSD-3-Clause
// The door of the room: explore a story, tell one of its histories in full, shorten one.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "scenarios/explore/explorer.h"
#include "scenarios/explore/report.h"
#include "scenarios/explore/wish.h"

namespace scenarios::explore {

/// `scratch` is an empty folder. Each violation is told as it is found. wall_time is the caller's
/// to fill in. Errors: invalid (nothing of the story can be explored, or nothing that is wished
/// for), io.
base::Result<Report> explore(const engine::Scenario& story, const std::string& scratch,
                             const Wish& wish, const std::function<void(const Case&)>& found,
                             const Explorer::Stopped& stopped);

struct Told {
  Case found;
  std::string diary;  ///< the screens, and what the person did
};
/// One history again, as it was. `trace_file` gets all that happened; empty: none. Errors: those
/// of explore().
base::Result<Told> tell(const engine::Scenario& story, const std::string& scratch,
                        const std::vector<Strike>& strikes, const std::string& trace_file);

/// The shortest list that is left when one strike after the other is left out and the same
/// invariant stays broken. Errors: those of explore(), and invalid (nothing is broken).
base::Result<Told> shrink(const engine::Scenario& story, const std::string& scratch,
                          std::vector<Strike> strikes);

}  // namespace scenarios::explore
