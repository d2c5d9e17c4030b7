// SPDX-License-Identifier: BSD-3-Clause
#include <mebench/version.h>

#include <string_view>

namespace mebench {

std::string_view version() {
  return MEBENCH_VERSION;
}

}  // namespace mebench
