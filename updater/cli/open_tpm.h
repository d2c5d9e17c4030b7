// SPDX-License-Identifier: BSD-3-Clause
// The TPM of this computer, or one behind a socket, as --tpm names it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "updater/mmio/pci_function.h"
#include "updater/tpm/tpm_transport.h"
#include "updater/update/target.h"

namespace updater::cli {

/// Errors: invalid (none of the forms that --tpm takes).
base::Result<void> check_tpm_choice(const std::string& choice);

/// Opens what `choice` names; "auto" is /dev/tpm0. Errors: invalid, not_found, permission, busy
/// (the kernel's driver has the registers), unsupported, timeout, io.
base::Result<std::unique_ptr<tpm::TpmTransport>> open_tpm(const std::string& choice,
                                                          base::Clock& clock,
                                                          const mmio::SystemRoots& roots = {});

/// What is known of the TPM that open_tpm() opens, before it is asked: what its socket tells is not
/// in it.
update::Target tpm_target_of(const std::string& choice, const mmio::SystemRoots& roots = {});

/// A TPM that is opened when it is first asked for; the first result stays.
class TpmSlot {
 public:
  using Open = std::function<base::Result<std::unique_ptr<tpm::TpmTransport>>()>;
  explicit TpmSlot(Open open) : open_(std::move(open)) {}

  base::Result<tpm::TpmTransport*> get();

 private:
  Open open_;
  std::optional<base::Result<std::unique_ptr<tpm::TpmTransport>>> opened_;
};

}  // namespace updater::cli
