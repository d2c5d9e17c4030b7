// SPDX-License-Identifier: BSD-3-Clause
// `mesim machines`: the machines that are there to be simulated.
#pragma once

namespace scenarios::cli {

/// 0, or 3 when a profile cannot be read.
int list_machines();

}  // namespace scenarios::cli
