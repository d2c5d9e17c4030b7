// SPDX-License-Identifier: BSD-3-Clause
// What stands for an answer before its question was asked.
#pragma once

#include "base/result.h"

namespace updater::inventory {

inline const base::Error kNotAsked{base::Errc::not_found, "not asked yet"};

}  // namespace updater::inventory
