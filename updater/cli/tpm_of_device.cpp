// SPDX-License-Identifier: BSD-3-Clause
// The TPM of an opener that knows devices only: open the device, use its TPM.
#include "updater/cli/open_device.h"

namespace updater::cli {
namespace {

using base::Result;

class TpmOfDevice final : public OpenTpm {
 public:
  TpmOfDevice(std::unique_ptr<OpenDevice> device, tpm::TpmTransport& transport)
      : device_(std::move(device)), transport_(transport) {}

  tpm::TpmTransport& transport() override { return transport_; }
  base::Clock& clock() override { return device_->clock(); }
  Result<void> close() override { return device_->close(); }

 private:
  std::unique_ptr<OpenDevice> device_;
  tpm::TpmTransport& transport_;
};

}  // namespace

Result<std::unique_ptr<OpenTpm>> DeviceOpener::open_tpm(const DeviceChoice& choice) {
  auto device = open(choice);
  if (!device) return device.error();
  const auto transport = (*device)->tpm();
  if (!transport) return transport.error();
  return std::unique_ptr<OpenTpm>(
      std::make_unique<TpmOfDevice>(std::move(device).value(), **transport));
}

}  // namespace updater::cli
