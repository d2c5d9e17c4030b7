// SPDX-License-Identifier: BSD-3-Clause
// How the command to go on with differs from the one that was given.
#pragma once

namespace updater::update {

struct CommandChange {
  bool over_heci = false;    ///< whatever --via said
  bool abort_other = false;  ///< with --abort-other
};

}  // namespace updater::update
