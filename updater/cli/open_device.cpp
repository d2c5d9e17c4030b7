// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/open_device.h"

#include "updater/cli/real_device.h"
#include "updater/cli/simulated_device.h"

namespace updater::cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr std::string_view kSim = "sim:";
constexpr std::string_view kPci = "pci:";

class Opener final : public DeviceOpener {
 public:
  Result<std::unique_ptr<OpenDevice>> open(const DeviceChoice& choice) override {
    const std::string& device = choice.device;
    if (device.starts_with(kSim)) return open_simulated(device.substr(kSim.size()), choice);
    if (!choice.state_dir.empty() || !choice.set.empty()) {
      return Error{Errc::invalid,
                   "--state and --set are for simulated machines (--device sim:MACHINE) only"};
    }
    if (device == "auto") return open_first();
    if (device.starts_with(kPci)) return open_function(device.substr(kPci.size()));
    if (device.starts_with('/')) return open_node(device);
    return Error{Errc::invalid, "--device " + device +
                                    ": must be auto, /dev/meiN, pci:DDDD:BB:DD.F or sim:MACHINE"};
  }
};

}  // namespace

std::unique_ptr<DeviceOpener> make_device_opener() {
  return std::make_unique<Opener>();
}

}  // namespace updater::cli
