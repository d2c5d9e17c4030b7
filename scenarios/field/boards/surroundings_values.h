// SPDX-License-Identifier: BSD-3-Clause
// The parts of a profile with what stands around the Management Engine: the board and its host.
#pragma once

#include <string>

#include "scenarios/field/boards/generation_defaults.h"
#include "scenarios/field/boards/profile_writer.h"

namespace scenarios::field {

/// [surroundings], with its network cards.
void write_surroundings(ProfileWriter& out);

/// [host] and the table of its system.
void write_host(ProfileWriter& out, const protocol::Generation& defaults);

/// The system the logs show, or the one assumed.
std::string host_system(const FactSource& source, const protocol::Generation& defaults);

}  // namespace scenarios::field
