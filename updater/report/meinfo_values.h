// SPDX-License-Identifier: BSD-3-Clause
// What an inventory says of each fact of MEInfo's lines, before any dialect has put it into words.
#pragma once

#include <cstdint>
#include <string>

#include "protocol/tools/fact.h"
#include "updater/inventory/inventory.h"

namespace updater::report {

struct MeinfoValue {
  enum class Kind : std::uint8_t {
    untold,   ///< the device does not tell it
    refused,  ///< the firmware refused to tell it
    number,   ///< has a word in the dialect (meinfo_words.h says which number means what)
    text,
  };
  Kind kind = Kind::untold;
  std::uint32_t number = 0;
  std::string text = {};  ///< safe to print
};

/// Of one that no value stands for, such as a heading: untold.
MeinfoValue meinfo_value(protocol::tools::Fact fact, const inventory::Inventory& inventory);

/// The firmware's brand: "Intel(R) Standard Manageability" where the capabilities have it, else
/// "Intel(R) AMT".
std::string meinfo_brand(const inventory::Inventory& inventory);

}  // namespace updater::report
