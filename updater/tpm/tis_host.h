// SPDX-License-Identifier: BSD-3-Clause
// A TPM driven through its TIS registers from user space, at locality 0 and by polling (TCG PC
// Client TPM Interface Specification 1.2, section 11), with the way around the iTPM's flaw: its
// STS.Expect always reads 0.
#pragma once

#include "base/mmio.h"
#include "updater/tpm/tpm_transport.h"

namespace updater::tpm {

/// Whether the TPM tells in STS.Expect that it waits for more bytes.
enum class ExpectFlaw : std::uint8_t {
  detect,   ///< find out before the first command, as Linux does: only an Intel TPM can have it
  absent,   ///< it does as specified
  present,  ///< it never does
};

struct TisOptions {
  std::string name = "tis:fed40000";
  ExpectFlaw expect_flaw = ExpectFlaw::detect;
};

class TisHost final : public TpmTransport {
 public:
  /// Offset 0 of `registers` is locality 0. Nothing is touched before the first command.
  TisHost(base::Mmio& registers, base::Clock& clock, TisOptions options = {})
      : registers_(registers),
        clock_(clock),
        name_(std::move(options.name)),
        flaw_(options.expect_flaw) {}

  std::string name() const override { return name_; }
  /// The locality is requested for each command and given back after it. `limit` bounds the TPM's
  /// own work; moving the bytes has the specification's limits. Errors beside the seam's: busy
  /// (another locality has the TPM), invalid
  /// (`command` is no frame).
  base::Result<base::Bytes> transmit(base::ByteView command, base::Duration limit) override;

  /// What was found, or `detect` before the first command.
  ExpectFlaw expect_flaw() const { return flaw_; }

 private:
  base::Result<void> take_locality();
  void release_locality();
  base::Result<base::Bytes> exchange(base::ByteView command, base::Duration limit);

  // tis_send.cpp
  base::Result<void> learn_flaw();
  base::Result<void> make_ready();
  base::Result<void> feed(base::ByteView command);
  base::Result<void> check_expect(std::uint8_t wanted);
  base::Result<void> abort();

  // tis_receive.cpp
  base::Result<base::Bytes> collect(base::Duration limit);
  base::Result<void> read_into(base::MutableByteView place);

  /// Waits until every bit of `wanted` is set in STS. Errors: timeout, disconnected (the locality
  /// is not ours any more).
  base::Result<std::uint8_t> wait_status(std::uint8_t wanted, base::Duration limit,
                                         const char* doing);
  base::Result<std::uint16_t> wait_burst(const char* doing);

  base::Mmio& registers_;
  base::Clock& clock_;
  std::string name_;
  ExpectFlaw flaw_;
};

}  // namespace updater::tpm
