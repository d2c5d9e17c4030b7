// SPDX-License-Identifier: BSD-3-Clause
// Which value of a machine decides how long its update takes: each is made twice as good by itself,
// the update is carried out again, and the time that is saved is told.
#pragma once

#include <string>
#include <vector>

#include "scenarios/forecast/forecast.h"

namespace scenarios::forecast {

struct WhatIf {
  std::string key;
  std::string now;   ///< its value
  std::string then;  ///< the better one
  base::Duration saved{};
};

/// The one that saves most first; those that save nothing are left out. `image` is the one of
/// `as_is`, which is the forecast on the subject as it stands. Errors: those of forecast().
base::Result<std::vector<WhatIf>> what_ifs(const Subject& subject,
                                           const updater::image::Image& image,
                                           const Forecast& as_is);

}  // namespace scenarios::forecast
