// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/devices/tpm_node.h"

#include <algorithm>
#include <cerrno>
#include <chrono>

namespace scenarios::devices {
namespace {

constexpr std::size_t kBuffer = 4096;  ///< TPM_BUFSIZE
constexpr std::size_t kSizeAt = 2;     ///< paramSize, TPM 1.2 Main Part 3, 2.2.1
constexpr std::size_t kSizeEnds = 6;
/// The longest that the driver gives a command (TPM_LONG of a 1.2 without timeouts of its own).
constexpr base::Duration kLimit = std::chrono::minutes(5);

std::size_t told_size(base::ByteView command) {
  std::size_t size = 0;
  for (std::size_t at = kSizeAt; at < kSizeEnds; ++at) size = size << 8 | command[at];
  return size;
}

}  // namespace

Ending TpmNode::write(File, base::ByteView command) {
  if (command.size() > kBuffer) return Ending::failed(E2BIG);
  if (!response_.empty()) return Ending::failed(EBUSY);
  if (command.size() < kSizeEnds || told_size(command) > command.size())
    return Ending::failed(EINVAL);
  auto response = tpm_.transmit(command.first(told_size(command)), kLimit);
  if (!response) return Ending::failed(response.error().code == base::Errc::timeout ? ETIME : EIO);
  response_ = std::move(*response);
  return {.result = static_cast<long>(command.size()), .number = 0, .data = {}};
}

std::optional<Ending> TpmNode::read(File, std::size_t size) {
  const auto end =
      response_.begin() + static_cast<std::ptrdiff_t>(std::min(size, response_.size()));
  Ending ending{.data = base::Bytes(response_.begin(), end)};
  ending.result = static_cast<long>(ending.data.size());
  response_.erase(response_.begin(), end);
  return ending;
}

}  // namespace scenarios::devices
