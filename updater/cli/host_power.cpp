// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/host_power.h"

#include <filesystem>
#include <fstream>

namespace updater::cli {
namespace {

using update::PowerSource;

std::string first_line(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

bool is_connected_mains(const std::filesystem::path& supply) {
  const std::string type = first_line(supply / "type");
  return (type == "Mains" || type == "USB") && first_line(supply / "online") == "1";
}

/// A mouse's battery has the scope "Device".
bool is_discharging_battery(const std::filesystem::path& supply) {
  return first_line(supply / "type") == "Battery" && first_line(supply / "scope") != "Device" &&
         first_line(supply / "status") == "Discharging";
}

}  // namespace

update::PowerSource host_power(const std::string& folder) {
  bool told = false;
  bool mains = false;
  bool discharging = false;
  std::error_code error;
  for (const auto& supply : std::filesystem::directory_iterator(folder, error)) {
    told = told || first_line(supply.path() / "scope") != "Device";
    mains = mains || is_connected_mains(supply.path());
    discharging = discharging || is_discharging_battery(supply.path());
  }
  if (!told) return PowerSource::untold;
  return discharging && !mains ? PowerSource::battery : PowerSource::mains;
}

}  // namespace updater::cli
