// SPDX-License-Identifier: BSD-3-Clause
// What a rehearsal of an update is made of.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "updater/image/image.h"
#include "updater/inventory/inventory.h"
#include "updater/tpm/owner_secret.h"
#include "updater/update/plan.h"

namespace updater::cli {

/// Refers to its maker's objects.
struct RehearsalWish {
  const std::string& file;  ///< the dump's name
  const base::Bytes& dump;
  const image::Image& image;
  const std::vector<image::Defect>& defects;
  const inventory::Inventory& device;  ///< what the real one tells
  const update::PlanOptions& options;
  const tpm::OwnerSecret* owner = nullptr;  ///< of the real TPM, where the way goes through it
};

}  // namespace updater::cli
