// SPDX-License-Identifier: BSD-3-Clause
// The composition root: the texts of --device and --tpm become a device with its TPM and its clock.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "updater/image/image.h"
#include "updater/inventory/inventory.h"
#include "updater/mei/mei_transport.h"
#include "updater/tpm/tpm_transport.h"
#include "updater/update/rehearsal.h"
#include "updater/update/target.h"

namespace updater::cli {

/// What a device that is a bare PCI function is chosen by: "pci:0000:00:03.0".
inline constexpr std::string_view kPci = "pci:";

/// A device and the clock it lives on. Closing a simulated one writes its flash back to its
/// state folder.
class OpenDevice {
 public:
  virtual ~OpenDevice() = default;
  virtual mei::MeiDevice& device() = 0;
  virtual base::Clock& clock() = 0;
  /// The TPM of the same computer, as --tpm chose it: opened when it is first asked for, and kept.
  /// Errors: not_found (there is none, or it shall be left alone), and those of opening it.
  virtual base::Result<tpm::TpmTransport*> tpm() = 0;
  /// What is known of the device as something that an update writes to.
  virtual update::Target me_target() = 0;
  /// The same of the TPM that tpm() gives, before it is asked.
  virtual update::Target tpm_target() = 0;
  /// From here on, as long as this lives, no other meupdate writes to the device. Errors: busy
  /// (names the other program), not_found, permission, io.
  virtual base::Result<void> claim() { return {}; }
  /// How the era's tools would misread it on the system that is in front of it: only a simulated
  /// machine's profile says.
  virtual inventory::EraTools era_tools() { return {}; }
  /// A sentence's beginning for each program that has the device open, too.
  virtual std::vector<std::string> others() { return {}; }
  /// Errors: io (the state folder could not be written, path named). Nothing to do on real devices.
  virtual base::Result<void> close() = 0;
};

/// A TPM alone, for what needs no Management Engine.
class OpenTpm {
 public:
  virtual ~OpenTpm() = default;
  virtual tpm::TpmTransport& transport() = 0;
  virtual base::Clock& clock() = 0;
  /// As OpenDevice::close().
  virtual base::Result<void> close() = 0;
};

struct DeviceChoice {
  std::string device =
      "auto";             ///< auto | /dev/meiN | pci:DDDD:BB:DD.F | vfio-user:PATH | sim:MACHINE
  std::string state_dir;  ///< sim: only; empty: a fresh machine that is forgotten
  std::vector<std::string>
      set;  ///< sim: only; profile values to change, "settings.enabled_update_interfaces=1"
            ///< or "settings.update_password=@FILE"
  /// auto | none | /dev/tpmN | swtpm:PATH or swtpm:ADDRESS:PORT | tis:FED40000. auto: a simulated
  /// machine's own, else /dev/tpm0.
  std::string tpm = "auto";
};

struct RehearsalWish;

/// How a command gets at its device. Scenarios put their running machine in its place.
class DeviceOpener {
 public:
  virtual ~DeviceOpener() = default;
  virtual base::Result<std::unique_ptr<OpenDevice>> open(const DeviceChoice& choice) = 0;
  /// The TPM that open(choice) would offer; the device itself is opened only where the TPM is its
  /// own. Errors: those of open() and OpenDevice::tpm().
  virtual base::Result<std::unique_ptr<OpenTpm>> open_tpm(const DeviceChoice& choice);
  /// A word of the command line as others may see it, in a log or a printed command: where it gives
  /// a secret value to --set, that value gives way to "@FILE". As it is where there are no boards
  /// of our own, and so none of their secrets.
  virtual std::string shown(const std::string& word) const { return word; }
  /// What is wrong with the image that is to be written. Who runs many updates with one file may
  /// know it from before.
  virtual std::vector<image::Defect> defects_of(const image::Image& image) {
    return image::verify(image);
  }
  /// The same update beforehand, on a simulated board. not_possible where there are none.
  virtual update::Rehearsal rehearse(const RehearsalWish& wish);
};

/// The opener of the installed program.
std::unique_ptr<DeviceOpener> make_device_opener();

}  // namespace updater::cli
