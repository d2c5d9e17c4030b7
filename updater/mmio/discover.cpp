// SPDX-License-Identifier: BSD-3-Clause
#include "updater/mmio/discover.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "protocol/pci/heci_functions.h"
#include "protocol/pci/later_functions.h"

namespace updater::mmio {
namespace {

namespace fs = std::filesystem;

/// Names in `folder`, sorted; none when it cannot be read.
std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code failed;
  for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
    names.push_back(it->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// N of "meiN"; nothing for another name.
std::optional<unsigned> mei_number(std::string_view name) {
  constexpr std::string_view prefix = "mei";
  if (!name.starts_with(prefix)) return std::nullopt;
  name.remove_prefix(prefix.size());
  unsigned number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return number;
}

void find_nodes(const SystemRoots& roots, std::vector<FoundDevice>& found) {
  std::vector<unsigned> numbers;
  for (const std::string& name : names_in(roots.dev)) {
    if (const auto number = mei_number(name)) numbers.push_back(*number);
  }
  std::sort(numbers.begin(), numbers.end());
  for (const unsigned number : numbers)
    found.push_back({.device = roots.dev + "/mei" + std::to_string(number)});
}

/// Null for what is no management engine's function.
const char* chipset_of(std::uint16_t device) {
  if (const auto* known = protocol::pci::find_heci_function(device)) return known->chipset;
  const auto* later = protocol::pci::find_later_function(device);
  return later == nullptr ? nullptr : later->chipset;
}

void find_functions(const SystemRoots& roots, std::vector<FoundDevice>& found) {
  for (const std::string& address : names_in(roots.sys + "/bus/pci/devices")) {
    const auto function = PciFunction::open(address, roots);
    if (!function || function->vendor_id().value_or(0) != protocol::pci::kVendorIntel) continue;
    const char* chipset = chipset_of(function->device_id().value_or(0));
    if (chipset == nullptr) continue;
    found.push_back({.device = "pci:" + address,
                     .chipset = chipset,
                     .driver = function->driver().value_or("")});
  }
}

}  // namespace

std::vector<FoundDevice> discover(const SystemRoots& roots) {
  std::vector<FoundDevice> found;
  find_nodes(roots, found);
  find_functions(roots, found);
  return found;
}

}  // namespace updater::mmio
