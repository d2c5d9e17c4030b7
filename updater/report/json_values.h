// SPDX-License-Identifier: BSD-3-Clause
// Values that may be missing, as JSON has them: null.
#pragma once

#include <optional>

#include "protocol/firmware_version.h"
#include "updater/report/json.h"

namespace updater::report {

/// null, or what `show` makes of the fact.
template <class T, class Show>
Json maybe(const inventory::Answer<T>& fact, Show show) {
  if (!fact) return nullptr;
  return show(*fact);
}

template <class T>
Json maybe(const inventory::Answer<T>& fact) {
  return maybe(fact, [](const T& value) -> Json { return value; });
}

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

inline Json or_null(const std::optional<protocol::FirmwareVersion>& version) {
  return version ? Json(to_text(*version)) : Json(nullptr);
}

}  // namespace updater::report
