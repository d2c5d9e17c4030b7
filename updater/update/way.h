// SPDX-License-Identifier: BSD-3-Clause
// Over which link an update goes: as a person asks for it, and as it is decided.
#pragma once

#include <cstdint>

#include "updater/inventory/inventory.h"

namespace updater::update {

/// What --via says.
enum class Via : std::uint8_t { automatic, heci, tpm };
enum class Way : std::uint8_t { heci, tpm };
const char* name(Way way);

/// A device says in its interface word that local updates go through its TPM; its recovery code
/// takes HECI only, whatever the word says (docs/fidelity.md).
Way way_of(const inventory::Inventory& device, Via via);

}  // namespace updater::update
