// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/devices/mei_node.h"

#include <algorithm>
#include <cerrno>
#include <chrono>

namespace scenarios::devices {
namespace {

using base::Errc;

/// Of a message's way into the ring; the driver waits as long for a client's answer to connect.
constexpr base::Duration kSendLimit = std::chrono::seconds(15);
/// A look does not wait.
constexpr base::Duration kAtOnce = base::Duration::zero();

/// As the driver tells of it.
int number_of(Errc code) {
  switch (code) {
    case Errc::not_found:
      return ENOTTY;
    case Errc::busy:
      return EBUSY;
    case Errc::disconnected:
      return ENODEV;
    case Errc::timeout:
      return ETIME;
    case Errc::invalid:
      return EFBIG;
    default:
      return EIO;
  }
}

}  // namespace

int MeiNode::connect(File file, const protocol::mei::Guid& guid, Client& client) {
  if (files_.contains(file)) return EBUSY;
  auto connected = engine_.connect(guid);
  if (!connected) return number_of(connected.error().code);
  client = {.max_message_length = (*connected)->max_message_length(),
            .protocol_version = (*connected)->protocol_version()};
  files_[file].client = std::move(*connected);
  return 0;
}

int MeiNode::notify() {
  return EOPNOTSUPP;
}

Ending MeiNode::write(File file, base::ByteView bytes) {
  const auto found = files_.find(file);
  if (found == files_.end() || found->second.lost) return Ending::failed(ENODEV);
  updater::mei::MeiTransport& client = *found->second.client;
  if (bytes.size() > client.max_message_length()) return Ending::failed(EFBIG);
  if (bytes.empty()) return {};
  const auto sent = client.send(bytes, kSendLimit);
  if (!sent) return Ending::failed(number_of(sent.error().code));
  return {.result = static_cast<long>(bytes.size()), .number = 0, .data = {}};
}

std::optional<Ending> MeiNode::read(File file, std::size_t size) {
  const auto found = files_.find(file);
  if (found == files_.end()) return Ending::failed(ENODEV);
  if (size == 0) return Ending{};
  if (!found->second.came.empty()) return first_part(found->second, size);
  if (found->second.lost) return Ending::failed(ENODEV);
  return std::nullopt;
}

Ending MeiNode::first_part(OpenFile& file, std::size_t size) {
  base::Bytes& message = file.came.front();
  const auto end = message.begin() + static_cast<std::ptrdiff_t>(std::min(size, message.size()));
  Ending ending{.data = base::Bytes(message.begin(), end)};
  ending.result = static_cast<long>(ending.data.size());
  message.erase(message.begin(), end);
  if (message.empty()) file.came.pop_front();
  return ending;
}

void MeiNode::look() {
  for (auto& [name, file] : files_) {
    if (file.lost) continue;
    auto message = file.client->receive(kAtOnce);
    if (message)
      file.came.push_back(std::move(*message));
    else
      file.lost = message.error().code != Errc::timeout;
  }
}

bool MeiNode::readable() const {
  return std::any_of(files_.begin(), files_.end(), [](const auto& entry) {
    return !entry.second.came.empty() || entry.second.lost;
  });
}

}  // namespace scenarios::devices
