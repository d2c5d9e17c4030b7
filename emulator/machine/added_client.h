// SPDX-License-Identifier: BSD-3-Clause
// An ME client that is none of the firmware's: somebody put it on the board.
#pragma once

#include "emulator/heci/me_client.h"
#include "emulator/sim/archive.h"

namespace emulator::machine {

class AddedClient : public heci::MeClient {
 public:
  /// The ME lost power or restarts: nobody is owed an answer any more.
  virtual void stopped() = 0;
  virtual void serialize(sim::Archive& a) = 0;
};

}  // namespace emulator::machine
