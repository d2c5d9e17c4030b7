// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/swtpm/control_commands.h"

#include <sys/socket.h>

#include <algorithm>

namespace emulator::attach::swtpm {
namespace {

using base::ByteReader;
using base::Bytes;
using base::ByteView;
using base::ByteWriter;

/// swtpm answers so to what it does not know, and to what the TPM's phase forbids.
constexpr ReturnCode kNotNow = ReturnCode::bad_ordinal;

constexpr std::uint8_t kLocalities = 5;

/// Big-endian words.
template <class... Words>
Bytes words(Words... all) {
  Bytes out(4 * sizeof...(all));
  ByteWriter writer(out);
  (writer.be32(static_cast<std::uint32_t>(all)), ...);
  return out;
}

void append(Bytes& to, ByteView more) {
  to.insert(to.end(), more.begin(), more.end());
}

std::optional<StatePart> part_of(std::uint32_t number) {
  switch (number) {
    case 1:
      return StatePart::permanent;
    case 2:
      return StatePart::volatile_state;
    case 3:
      return StatePart::saved;
    default:
      return std::nullopt;
  }
}

/// A fixed head whose last word counts the bytes that follow it.
BodyLength counted(std::size_t head, std::size_t limit, ByteView so_far) {
  if (so_far.size() < head) return {.known = head, .at_most = head};
  ByteReader reader(so_far);
  reader.skip(head - 4);
  const std::size_t size = reader.be32();
  if (size > limit) return {.known = head, .at_most = head, .sensible = false};
  return {.known = head + size, .at_most = head + size};
}

/// What was asked for and nothing else; an empty object when that is nothing we have.
std::string description(const Description& tpm, std::uint32_t wanted) {
  constexpr std::uint32_t specification = 1;
  constexpr std::uint32_t attributes = 2;
  std::string members = (wanted & specification) != 0 ? tpm.specification : std::string();
  if ((wanted & attributes) != 0) members += (members.empty() ? "" : ",") + tpm.attributes;
  return "{" + members + "}";
}

bool is_stream_socket(const os::Descriptor& file) {
  int type = 0;
  socklen_t size = sizeof type;
  return ::getsockopt(file.number(), SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
}

}  // namespace

BodyLength body_length(std::uint32_t command, ByteView so_far) {
  const auto fixed = [](std::size_t size) { return BodyLength{.known = size, .at_most = size}; };
  switch (static_cast<Control>(command)) {
    case Control::init:
    case Control::set_buffer_size:
      return fixed(4);
    // QEMU sends a padded word, swtpm_ioctl the byte alone.
    case Control::set_locality:
    case Control::reset_established:
      return {.known = 1, .at_most = 4};
    case Control::hash_data:
      return counted(4, kMaxHashData, so_far);
    case Control::get_state_blob:
      return fixed(12);
    case Control::set_state_blob:
      return counted(12, kMaxStateBlob, so_far);
    case Control::get_info:
      return fixed(16);
    default:
      return fixed(0);
  }
}

ControlCommands::~ControlCommands() {
  if (phase_ != Phase::untouched) tpm_.release();
}

std::optional<os::Descriptor> ControlCommands::take_data_socket() {
  if (!data_socket_.is_open()) return std::nullopt;
  return std::exchange(data_socket_, os::Descriptor());
}

Bytes ControlCommands::answer(std::uint32_t number, ByteView bytes, os::Descriptor file) {
  ByteReader body(bytes);
  const auto command = static_cast<Control>(number);
  switch (command) {
    case Control::get_capability:
      return words(kCapabilities >> 32, kCapabilities);
    case Control::init:
      return words(initialise());
    case Control::shutdown:
    case Control::stop:
      return words(stop());
    case Control::set_locality:
      return words(set_locality(body.u8()));
    case Control::get_state_blob:
      return state_blob(body);
    case Control::set_state_blob:
      return words(set_state_blob(body));
    case Control::get_config:
      return words(0, 0);  // the state is not encrypted
    case Control::set_data_fd:
      return words(take_file(std::move(file)));
    case Control::set_buffer_size:
      return set_buffer_size(body.be32());
    case Control::get_info:
      return info(body);
    default:
      return phase_ == Phase::stopped ? words(kNotNow) : answer_running(command, body);
  }
}

Bytes ControlCommands::refusal() {
  return words(ReturnCode::bad_parameter);
}

/// What needs a TPM that runs. Until INIT or STOP the board's BIOS has started it.
Bytes ControlCommands::answer_running(Control command, ByteReader& body) {
  switch (command) {
    case Control::get_established:
      return established();
    case Control::hash_start:
      return words(tpm_.hash_start());
    case Control::hash_data:
      body.skip(4);
      return words(tpm_.hash_data(body.bytes(body.remaining())));
    case Control::hash_end:
      return words(tpm_.hash_end());
    case Control::cancel:
      tpm_.cancel();
      return words(ReturnCode::success);
    case Control::store_volatile:
      if (phase_ != Phase::running) return words(kNotNow);  // the board's goes on without a break
      return words(tpm_.store_volatile());
    case Control::reset_established: {
      const std::uint8_t locality = body.u8();
      if (locality >= kLocalities) return words(ReturnCode::bad_locality);
      return words(tpm_.reset_established(locality));
    }
    default:
      return words(kNotNow);
  }
}

/// The locality stays: QEMU says one only where it differs from the last one that it said. The
/// flag in the body says to delete a stored volatile state once it was resumed. Ours is gone then
/// in any case.
ReturnCode ControlCommands::initialise() {
  const ReturnCode code = tpm_.initialise();
  phase_ = code == ReturnCode::success ? Phase::running : Phase::stopped;
  return code;
}

ReturnCode ControlCommands::stop() {
  tpm_.stop();
  phase_ = Phase::stopped;
  return ReturnCode::success;
}

ReturnCode ControlCommands::set_locality(std::uint8_t locality) {
  if (locality >= kLocalities) return ReturnCode::bad_locality;
  locality_ = locality;
  return ReturnCode::success;
}

ReturnCode ControlCommands::take_file(os::Descriptor file) {
  if (!file.is_open() || !is_stream_socket(file)) return ReturnCode::bad_parameter;
  data_socket_ = std::move(file);
  return ReturnCode::success;
}

Bytes ControlCommands::established() {
  Bytes out = words(ReturnCode::success, 0);
  out[4] = tpm_.established() ? 1 : 0;
  return out;
}

/// 0 asks. A TPM that runs keeps its buffer, and until INIT or STOP it is the board's that runs.
/// QEMU reads no more of an error than its code, nor does swtpm send more.
Bytes ControlCommands::set_buffer_size(std::uint32_t wanted) {
  if (wanted != 0 && phase_ != Phase::stopped) return words(kNotNow);
  if (wanted != 0) buffer_size_ = std::clamp(wanted, kMinBuffer, kMaxBuffer);
  return words(ReturnCode::success, buffer_size_, kMinBuffer, kMaxBuffer);
}

/// Everything from the offset to the end in one answer: QEMU wants it whole. Both lengths are those
/// of what follows. An error has its whole head, as swtpm's has.
Bytes ControlCommands::state_blob(ByteReader& body) {
  body.skip(4);  // flags: whether to decrypt; it never was encrypted
  const auto part = part_of(body.be32());
  const std::uint32_t offset = body.be32();
  if (!part) return words(ReturnCode::bad_parameter, 0, 0, 0);
  const auto state = tpm_.state(*part);
  if (!state) return words(ReturnCode::fail, 0, 0, 0);
  const ByteView rest = ByteView(*state).subspan(std::min<std::size_t>(offset, state->size()));
  Bytes out = words(ReturnCode::success, 0, rest.size(), rest.size());
  append(out, rest);
  return out;
}

ReturnCode ControlCommands::set_state_blob(ByteReader& body) {
  const std::uint32_t flags = body.be32();
  const auto part = part_of(body.be32());
  body.skip(4);
  if (flags != 0 || !part) return ReturnCode::bad_parameter;  // encrypted: we have no key
  if (phase_ != Phase::stopped) return kNotNow;
  return tpm_.set_state(*part, body.bytes(body.remaining()));
}

Bytes ControlCommands::info(ByteReader& body) {
  body.skip(4);  // no fact has its bit in the upper half
  const std::uint32_t wanted = body.be32();
  const std::uint32_t offset = body.be32();
  const std::string text = description(tpm_.description(), wanted) + '\0';
  if (offset >= text.size() - 1) return words(ReturnCode::bad_parameter);
  const ByteView rest = base::as_bytes(text).subspan(offset);
  Bytes out = words(ReturnCode::success, text.size(), rest.size());
  append(out, rest);
  return out;
}

}  // namespace emulator::attach::swtpm
