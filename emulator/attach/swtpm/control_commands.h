// SPDX-License-Identifier: BSD-3-Clause
// The control channel's commands (swtpm's tpm_ioctl.h, as QEMU's "emulator" back end and
// swtpm_ioctl speak it over a socket): a big-endian number and a body in, a body out.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "emulator/attach/swtpm/served_tpm.h"
#include "os/descriptor.h"

namespace emulator::attach::swtpm {

enum class Control : std::uint32_t {
  get_capability = 0x01,
  init = 0x02,
  shutdown = 0x03,
  get_established = 0x04,
  set_locality = 0x05,
  hash_start = 0x06,
  hash_data = 0x07,
  hash_end = 0x08,
  cancel = 0x09,
  store_volatile = 0x0A,
  reset_established = 0x0B,
  get_state_blob = 0x0C,
  set_state_blob = 0x0D,
  stop = 0x0E,
  get_config = 0x0F,
  set_data_fd = 0x10,
  set_buffer_size = 0x11,
  get_info = 0x12,
};

/// One bit for each command above but GET_CAPABILITY, in their order from INIT; the bits
/// are swtpm's.
inline constexpr std::uint64_t kCapabilities = 0x7FFF;

inline constexpr std::uint32_t kMinBuffer = 0x0C00;  ///< bytes, as libtpms has it
inline constexpr std::uint32_t kMaxBuffer = 0x1000;
inline constexpr std::uint32_t kMaxHashData = 0x1000;    ///< bytes of one HASH_DATA
inline constexpr std::uint32_t kMaxStateBlob = 1 << 20;  ///< far above any TPM 1.2 state

/// A body's length as far as the bytes of it that are there tell.
struct BodyLength {
  std::size_t known = 0;    ///< read so many, and ask again
  std::size_t at_most = 0;  ///< of padding that some clients send and others do not
  bool sensible = true;     ///< false: the length field asks for more than any such message has
};
BodyLength body_length(std::uint32_t command, base::ByteView so_far);

/// Where the TPM stands for whoever is on the control channel.
enum class Phase : std::uint8_t {
  untouched,  ///< neither INIT nor STOP: the TPM is the board's, whose BIOS has started it
  running,
  stopped,
};

class ControlCommands {
 public:
  explicit ControlCommands(ServedTpm& tpm) : tpm_(tpm) {}
  ~ControlCommands();
  ControlCommands(const ControlCommands&) = delete;
  ControlCommands& operator=(const ControlCommands&) = delete;

  /// The answer to one whole command. `file` came with it.
  base::Bytes answer(std::uint32_t command, base::ByteView body, os::Descriptor file);

  /// To a command whose length makes no sense; nothing after it can be followed.
  static base::Bytes refusal();

  Phase phase() const { return phase_; }
  std::uint8_t locality() const { return locality_; }
  std::uint32_t buffer_size() const { return buffer_size_; }
  /// What SET_DATAFD brought, once.
  std::optional<os::Descriptor> take_data_socket();

 private:
  base::Bytes answer_running(Control command, base::ByteReader& body);
  ReturnCode initialise();
  ReturnCode stop();
  ReturnCode set_locality(std::uint8_t locality);
  ReturnCode take_file(os::Descriptor file);
  base::Bytes established();
  base::Bytes set_buffer_size(std::uint32_t wanted);
  base::Bytes state_blob(base::ByteReader& body);
  ReturnCode set_state_blob(base::ByteReader& body);
  base::Bytes info(base::ByteReader& body);

  ServedTpm& tpm_;
  Phase phase_ = Phase::untouched;
  std::uint8_t locality_ = 0;
  std::uint32_t buffer_size_ = kMaxBuffer;
  os::Descriptor data_socket_;
};

}  // namespace emulator::attach::swtpm
