// SPDX-License-Identifier: BSD-3-Clause
// What the mei driver's error numbers mean and what a person can do about them (Linux
// drivers/misc/mei/main.c, client.c).
#pragma once

#include <string>

#include "base/result.h"

namespace updater::mei {

base::Error open_error(const std::string& path, int number);
base::Error connect_error(const std::string& path, const std::string& guid, int number);
/// Of a read or write: `doing` says which.
base::Error transfer_error(const char* doing, int number);

}  // namespace updater::mei
