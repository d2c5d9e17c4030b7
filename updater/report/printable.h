// SPDX-License-Identifier: BSD-3-Clause
// Text from devices and files made safe to show: nothing in it can move a cursor, ring a bell or
// fake a line.
#pragma once

#include <string>
#include <string_view>

namespace updater::report {

/// `text` with every byte outside 20h..7Eh written as \xNN.
std::string printable(std::string_view text);

}  // namespace updater::report
