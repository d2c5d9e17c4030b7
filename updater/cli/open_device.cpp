// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/open_device.h"

#include "updater/cli/open_tpm.h"
#include "updater/cli/real_device.h"
#include "updater/cli/rehearse.h"
#include "updater/cli/simulated_device.h"
#include "updater/cli/steady_clock.h"

namespace updater::cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr std::string_view kSim = "sim:";
constexpr std::string_view kVfioUser = "vfio-user:";

bool is_simulated(const DeviceChoice& choice) {
  return choice.device.starts_with(kSim);
}

Result<void> check(const DeviceChoice& choice) {
  const bool board_options = !choice.state_dir.empty() || !choice.set.empty();
  if (board_options && !is_simulated(choice)) {
    return Error{Errc::invalid,
                 "--state and --set are for simulated machines (--device sim:MACHINE) only"};
  }
  return check_tpm_choice(choice.tpm);
}

class LoneTpm final : public OpenTpm {
 public:
  explicit LoneTpm(const std::string& choice)
      : slot_([this, choice] { return cli::open_tpm(choice, clock_); }) {}

  Result<void> open() {
    const auto opened = slot_.get();
    if (!opened) return opened.error();
    transport_ = *opened;
    return {};
  }
  tpm::TpmTransport& transport() override { return *transport_; }
  base::Clock& clock() override { return clock_; }
  Result<void> close() override { return {}; }

 private:
  SteadyClock clock_;
  TpmSlot slot_;
  tpm::TpmTransport* transport_ = nullptr;
};

class Opener final : public DeviceOpener {
 public:
  Result<std::unique_ptr<OpenDevice>> open(const DeviceChoice& choice) override {
    if (const auto checked = check(choice); !checked) return checked.error();
    const std::string& device = choice.device;
    if (is_simulated(choice)) return open_simulated(device.substr(kSim.size()), choice);
    if (device == "auto") return open_first(choice.tpm);
    if (device.starts_with(kPci)) return open_function(device.substr(kPci.size()), choice.tpm);
    if (device.starts_with(kVfioUser))
      return open_vfio_user(device.substr(kVfioUser.size()), choice.tpm);
    if (device.starts_with('/')) return open_node(device, choice.tpm);
    return Error{Errc::invalid, "--device " + device +
                                    ": must be auto, /dev/meiN, pci:DDDD:BB:DD.F, "
                                    "vfio-user:PATH or sim:MACHINE"};
  }

  Result<std::unique_ptr<OpenTpm>> open_tpm(const DeviceChoice& choice) override {
    if (const auto checked = check(choice); !checked) return checked.error();
    if (is_simulated(choice) && choice.tpm == "auto") return DeviceOpener::open_tpm(choice);
    auto lone = std::make_unique<LoneTpm>(choice.tpm);
    if (const auto opened = lone->open(); !opened) return opened.error();
    return std::unique_ptr<OpenTpm>(std::move(lone));
  }

  std::string shown(const std::string& word) const override { return without_secret(word); }
  update::Rehearsal rehearse(const RehearsalWish& wish) override { return cli::rehearse(wish); }
};

}  // namespace

std::unique_ptr<DeviceOpener> make_device_opener() {
  return std::make_unique<Opener>();
}

}  // namespace updater::cli
