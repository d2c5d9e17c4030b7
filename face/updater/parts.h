// SPDX-License-Identifier: BSD-3-Clause
// What mebench::Image, Plan and Updater have.
#pragma once

#include <mebench/updater.h>

#include <memory>
#include <optional>
#include <vector>

#include "face/updater/given_host.h"
#include "updater/image/image.h"
#include "updater/inventory/inventory.h"
#include "updater/tpm/check_owner.h"
#include "updater/update/plan.h"

namespace mebench {

struct [[gnu::visibility("hidden")]] Image::Parts {
  updater::image::Image image;
  std::vector<updater::image::Defect> defects;
};

struct [[gnu::visibility("hidden")]] Plan::Parts {
  updater::update::Decision decision;
  const void* image = nullptr;    ///< Image::Parts that it was made for
  const void* updater = nullptr;  ///< Updater::Parts that made it

  const updater::update::Plan* ready() const {
    return std::get_if<updater::update::Plan>(&decision);
  }
};

struct [[gnu::visibility("hidden")]] Updater::Parts {
  explicit Parts(const Host& given);

  base::Result<updater::inventory::Inventory> look(const PlanOptions& options);
  /// Tries the owner's secret where a plan depends on it. Errors: those of the link.
  base::Result<updater::update::OwnerSecretIs> prove(const updater::tpm::OwnerSecret& owner,
                                                     const PlanOptions& options);

  Host host;
  face::GivenClock clock;
  face::GivenMe me;
  std::optional<face::GivenTpm> tpm;
  std::optional<updater::tpm::Tpm12Link> link;
};

}  // namespace mebench
