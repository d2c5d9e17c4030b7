// SPDX-License-Identifier: BSD-3-Clause
// The parts of a mebench::Host, as the updater's rooms want them.
#pragma once

#include <mebench/host.h>

#include <memory>
#include <string>

#include "updater/mei/mei_transport.h"
#include "updater/tpm/tpm_transport.h"
#include "updater/update/target.h"

namespace face {

class GivenClock final : public base::Clock {
 public:
  explicit GivenClock(mebench::Clock& clock) : clock_(clock) {}
  base::TimePoint now() const override { return clock_.now(); }
  void sleep(base::Duration amount) override { clock_.sleep(amount); }

 private:
  mebench::Clock& clock_;
};

class GivenMe final : public updater::mei::MeiDevice {
 public:
  explicit GivenMe(mebench::MeDevice& me) : me_(me) {}
  std::string name() const override { return me_.name(); }
  bool simulated() const override { return me_.simulated(); }
  base::Result<std::unique_ptr<updater::mei::MeiTransport>> connect(
      const protocol::mei::Guid& guid) override;
  base::Result<std::unique_ptr<updater::mei::MeiTransport>> open_fixed(
      std::uint8_t me_addr) override;
  base::Result<std::uint32_t> firmware_status() override;
  base::Result<std::uint16_t> pci_device_id() override;

 private:
  mebench::MeDevice& me_;
};

class GivenTpm final : public updater::tpm::TpmTransport {
 public:
  explicit GivenTpm(mebench::TpmTransport& tpm) : tpm_(tpm) {}
  std::string name() const override { return tpm_.name(); }
  base::Result<base::Bytes> transmit(base::ByteView command, base::Duration limit) override;

 private:
  mebench::TpmTransport& tpm_;
};

/// What an update writes to there, with the TPM if there is one. Both are taken to be parts of one
/// board only where the host says so, and both or none of them are simulated.
updater::update::Targets targets_of(const mebench::Host& host);

}  // namespace face
