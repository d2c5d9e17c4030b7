// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/real_device.h"

#include <fmt/format.h>

#include "protocol/pci/engine_functions.h"
#include "protocol/pci/heci_functions.h"
#include "protocol/pci/later_functions.h"
#include "updater/cli/open_tpm.h"
#include "updater/cli/steady_clock.h"
#include "updater/cli/system_target.h"
#include "updater/io/device_company.h"
#include "updater/io/device_node.h"
#include "updater/io/simulated_board.h"
#include "updater/mei/heci_host.h"
#include "updater/mei/mei_chardev.h"
#include "updater/mmio/discover.h"
#include "updater/mmio/pci_bar_mmio.h"
#include "updater/mmio/vfio_user_function.h"

namespace updater::cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using OpenedDevice = Result<std::unique_ptr<OpenDevice>>;

class OpenNode final : public OpenDevice {
 public:
  explicit OpenNode(const std::string& tpm)
      : tpm_choice_(tpm), tpm_([this, tpm] { return open_tpm(tpm, steady); }) {}

  mei::MeiDevice& device() override { return *node; }
  base::Clock& clock() override { return steady; }
  Result<tpm::TpmTransport*> tpm() override { return tpm_.get(); }
  update::Target me_target() override {
    const bool ours = io::is_systems_node(node->name(), io::NodeClass::mei);
    return system_target(update::Role::me, node->name(), ours ? Found::proven : Found::not_proven,
                         {});
  }
  update::Target tpm_target() override { return tpm_target_of(tpm_choice_); }
  Result<void> claim() override {
    auto lock = io::claim_device(node->name());
    if (!lock) return lock.error();
    claim_.emplace(std::move(lock).value());
    return {};
  }
  std::vector<std::string> others() override { return io::others_at(node->name()); }
  Result<void> close() override { return {}; }

  SteadyClock steady;
  std::unique_ptr<mei::MeiChardev> node;

 private:
  std::string tpm_choice_;
  TpmSlot tpm_;
  std::optional<os::FileLock> claim_;
};

class OpenFunction final : public OpenDevice {
 public:
  OpenFunction(mmio::PciFunction function, os::FileLock claim,
               std::unique_ptr<mmio::PciBarMmio> bar, std::uint16_t device_id,
               const std::string& tpm, const mmio::SystemRoots& roots)
      : function_(std::move(function)),
        claim_(std::move(claim)),
        bar_(std::move(bar)),
        roots_(roots),
        host_(*bar_, steady_, facts(device_id, roots)),
        tpm_choice_(tpm),
        tpm_([this, tpm] { return open_tpm(tpm, steady_, roots_); }) {}

  mei::MeiDevice& device() override { return host_; }
  base::Clock& clock() override { return steady_; }
  Result<tpm::TpmTransport*> tpm() override { return tpm_.get(); }
  update::Target me_target() override {
    return system_target(update::Role::me, host_.name(), Found::proven, roots_);
  }
  update::Target tpm_target() override { return tpm_target_of(tpm_choice_, roots_); }
  Result<void> close() override { return {}; }

 private:
  mei::HeciFacts facts(std::uint16_t device_id, const mmio::SystemRoots& roots) {
    return {.name = std::string(kPci) + function_.address(),
            .simulated = io::on_simulated_board(roots.sys),
            .pci_device_id = device_id,
            .firmware_status = [this] { return function_.firmware_status(); },
            .host = {}};
  }

  mmio::PciFunction function_;
  os::FileLock claim_;
  std::unique_ptr<mmio::PciBarMmio> bar_;
  mmio::SystemRoots roots_;
  SteadyClock steady_;
  mei::HeciHost host_;
  std::string tpm_choice_;
  TpmSlot tpm_;
};

class OpenServed final : public OpenDevice {
 public:
  OpenServed(std::unique_ptr<base::Clock> clock, std::unique_ptr<mmio::VfioUserFunction> function,
             mei::HeciFacts facts, const std::string& tpm)
      : clock_(std::move(clock)),
        function_(std::move(function)),
        host_(*function_, *clock_, std::move(facts)),
        tpm_choice_(tpm),
        tpm_([this, tpm] { return tpm == "auto" ? no_tpm() : open_tpm(tpm, *clock_); }) {}

  mei::MeiDevice& device() override { return host_; }
  base::Clock& clock() override { return *clock_; }
  Result<tpm::TpmTransport*> tpm() override { return tpm_.get(); }
  update::Target me_target() override {
    return {.role = update::Role::me,
            .name = host_.name(),
            .place = update::Place::served,
            .nature = host_.simulated() ? update::Nature::simulated : update::Nature::may_be_real,
            .board = function_->board_id()};
  }
  update::Target tpm_target() override { return tpm_target_of(tpm_choice_); }
  Result<void> close() override { return {}; }

 private:
  /// This computer's own TPM is another machine's.
  static Result<std::unique_ptr<tpm::TpmTransport>> no_tpm() {
    return Error{Errc::not_found,
                 "the TPM of a machine behind vfio-user has a socket of its own; give it with "
                 "--tpm swtpm:PATH"};
  }

  std::unique_ptr<base::Clock> clock_;
  std::unique_ptr<mmio::VfioUserFunction> function_;
  mei::HeciHost host_;
  std::string tpm_choice_;
  TpmSlot tpm_;
};

OpenedDevice open_found(const mmio::FoundDevice& found, const std::string& tpm,
                        const mmio::SystemRoots& roots) {
  if (found.device.starts_with(kPci))
    return open_function(found.device.substr(kPci.size()), tpm, roots);
  return open_node(found.device, tpm);
}

Error nothing_found(const mmio::SystemRoots& roots) {
  return {Errc::not_found,
          fmt::format("no Management Engine was found: there is no {0}/mei*, and no HECI function "
                      "of ICH8 to ICH10 in "
                      "{1}/bus/pci/devices. If the ME is switched off in the BIOS set-up, switch "
                      "it on; if the driver is "
                      "missing, load mei_me. A simulated machine: --device sim:esprimo-e5730",
                      roots.dev, roots.sys)};
}

/// What a function is that this program does not drive, and what there is for it.
Error not_ours(const mmio::PciFunction& function, std::uint16_t vendor, std::uint16_t device) {
  const auto* later =
      vendor == protocol::pci::kVendorIntel ? protocol::pci::find_later_function(device) : nullptr;
  if (later == nullptr) {
    return {Errc::unsupported,
            fmt::format("the PCI function {} is not a HECI function of ICH8 to ICH10",
                        function.address())};
  }
  const std::string driver = function.driver().value_or("");
  const std::string next = driver.empty()
                               ? fmt::format("load its driver (`modprobe {}`)", later->driver)
                               : fmt::format(
                                     "its driver {} is loaded, but has made no /dev/mei*: look at "
                                     "`dmesg | grep mei`",
                                     driver);
  return {Errc::unsupported,
          fmt::format(
              "this is a management engine of a later generation: {}, {} ({:04X}:{:04X}). meupdate "
              "drives and updates ME 2 to 5 (ICH8 to ICH10 boards). Of this one `meupdate info` "
              "can show what it tells through Linux's /dev/mei0: {}. An update of it is for the "
              "board maker's tools",
              later->engine, later->chipset, vendor, device, next)};
}

}  // namespace

OpenedDevice open_node(const std::string& path, const std::string& tpm) {
  auto opened = std::make_unique<OpenNode>(tpm);
  auto node = mei::MeiChardev::open(path, opened->steady);
  if (!node) return node.error();
  opened->node = std::move(node).value();
  return std::unique_ptr<OpenDevice>(std::move(opened));
}

OpenedDevice open_function(const std::string& address, const std::string& tpm,
                           const mmio::SystemRoots& roots) {
  auto function = mmio::PciFunction::open(address, roots);
  if (!function) return function.error();
  const auto id = function->device_id();
  if (!id) return id.error();
  const auto vendor = function->vendor_id();
  if (!vendor || *vendor != protocol::pci::kVendorIntel ||
      protocol::pci::find_heci_function(*id) == nullptr) {
    return not_ours(*function, vendor.value_or(0), *id);
  }
  auto bar = mmio::PciBarMmio::open(*function);
  if (!bar) return bar.error();
  // Two programs on the same registers disturb each other whatever they do there.
  auto claim = io::claim_device(function->folder() + "/resource0");
  if (!claim) return claim.error();
  return std::unique_ptr<OpenDevice>(
      std::make_unique<OpenFunction>(std::move(function).value(), std::move(claim).value(),
                                     std::move(bar).value(), *id, tpm, roots));
}

namespace {

/// As many as can be read.
std::vector<std::uint32_t> served_status_words(mmio::VfioUserFunction& function) {
  std::vector<std::uint32_t> words;
  for (const std::uint32_t at : protocol::pci::kStatusWordsAt) {
    const auto word = function.config32(at);
    if (!word) break;
    words.push_back(*word);
  }
  return words;
}

}  // namespace

OpenedDevice open_vfio_user(const std::string& path, const std::string& tpm) {
  auto clock = std::make_unique<SteadyClock>();
  auto opened = mmio::VfioUserFunction::open(path, *clock);
  if (!opened) return opened.error();
  mmio::VfioUserFunction& function = **opened;
  const auto vendor = function.config16(0);
  const auto id = function.config16(2);
  if (!vendor || !id) return (vendor ? id : vendor).error();
  const auto* known = protocol::pci::find_heci_function(*id);
  const auto* later = known == nullptr ? protocol::pci::modelled_generation_of(*id) : nullptr;
  if (*vendor != protocol::pci::kVendorIntel || (known == nullptr && later == nullptr)) {
    return Error{Errc::unsupported,
                 "vfio-user:" + path + " is not a HECI function that this program knows"};
  }
  mei::HeciFacts facts{.name = "vfio-user:" + path,
                       .simulated = function.board_id().has_value(),
                       .pci_device_id = *id,
                       .firmware_status = nullptr,
                       .host = {},
                       .status_words = nullptr};
  if (later != nullptr) facts.status_words = [&function] { return served_status_words(function); };
  if (later != nullptr || has_firmware_status(*known))
    facts.firmware_status = [&function] {
      return function.config32(protocol::pci::kFirmwareStatusAt);
    };
  return std::unique_ptr<OpenDevice>(std::make_unique<OpenServed>(
      std::move(clock), std::move(opened).value(), std::move(facts), tpm));
}

OpenedDevice open_first(const std::string& tpm, const mmio::SystemRoots& roots) {
  std::optional<Error> best;
  std::string looked;
  for (const mmio::FoundDevice& found : mmio::discover(roots)) {
    OpenedDevice opened = open_found(found, tpm, roots);
    if (opened) return opened;
    if (!best) best = opened.error();
    looked += fmt::format("\n  {}: {}", found.device, opened.error().doing);
  }
  if (!best) return nothing_found(roots);
  return Error{best->code, "no Management Engine could be opened:" + looked, best->status};
}

}  // namespace updater::cli
