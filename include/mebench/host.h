// SPDX-License-Identifier: BSD-3-Clause
// A computer as host software sees it: its Management Engine, its TPM, its clock. A board of
// <mebench/board.h> gives them; the updater of <mebench/updater.h> takes them; own ones are classes
// that you write.
#pragma once

#include <mebench/bytes.h>
#include <mebench/clock.h>
#include <mebench/export.h>
#include <mebench/guid.h>
#include <mebench/result.h>

#include <cstdint>
#include <memory>
#include <string>

namespace mebench {

/// One connection to one client. A request, its answer, the next request.
class MEBENCH_API MeConnection {
 public:
  virtual ~MeConnection() = default;

  virtual std::uint32_t max_message_length() const = 0;  ///< bytes, at least 1
  virtual std::uint8_t protocol_version() const = 0;     ///< as the client told it

  /// Sends a whole message. Errors: timeout (not taken within `limit`), disconnected, invalid
  /// (longer than max_message_length()), io.
  virtual Result<void> send(ByteView message, Duration limit) = 0;
  /// The next whole message. Errors: timeout, disconnected, protocol, io.
  virtual Result<Bytes> receive(Duration limit) = 0;
};

class MEBENCH_API MeDevice {
 public:
  virtual ~MeDevice() = default;

  /// For messages to people: "sim:esprimo-e5730", "/dev/mei0".
  virtual std::string name() const = 0;
  /// True only where nothing that is sent can reach hardware: the updater is careful with
  /// everything else.
  virtual bool simulated() const { return false; }

  /// Errors: not_found (no such client), busy (its connections are taken), disconnected, timeout,
  /// permission, io.
  virtual Result<std::unique_ptr<MeConnection>> connect(const Guid& client) = 0;

  // What a device may be unable to do (unsupported).
  /// A conversation with a fixed address, without connecting: how a BIOS speaks.
  virtual Result<std::unique_ptr<MeConnection>> open_fixed(std::uint8_t /*me_addr*/) {
    return Error{Errc::unsupported, "this device opens no fixed addresses"};
  }
  /// The register at 40h of the PCI function's configuration space.
  virtual Result<std::uint32_t> firmware_status() {
    return Error{Errc::unsupported, "this device tells no firmware status"};
  }
  virtual Result<std::uint16_t> pci_device_id() {
    return Error{Errc::unsupported, "this device tells no PCI device id"};
  }
};

/// A TPM 1.2: a command, its response.
class MEBENCH_API TpmTransport {
 public:
  virtual ~TpmTransport() = default;
  virtual std::string name() const = 0;
  /// As MeDevice::simulated().
  virtual bool simulated() const { return false; }
  /// Errors: timeout (the command was cancelled where that can be done), disconnected, protocol,
  /// busy, permission, io.
  virtual Result<Bytes> transmit(ByteView command, Duration limit) = 0;
};

/// Whether the TPM is known to be the one inside that Management Engine: an update that goes
/// through another board's TPM would break both.
enum class TpmIs : std::uint8_t { not_known, of_this_board };

/// All of it outlives whoever it is given to.
struct Host {
  MeDevice& me;
  Clock& clock;
  TpmTransport* tpm = nullptr;  ///< null: there is none
  TpmIs tpm_is = TpmIs::not_known;
};

}  // namespace mebench
