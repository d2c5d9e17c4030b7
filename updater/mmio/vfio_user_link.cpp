// SPDX-License-Identifier: BSD-3-Clause
#include "updater/mmio/vfio_user_link.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>

#include "os/error_meanings.h"
#include "os/stream_socket.h"
#include "os/system_error.h"
#include "os/unix_address.h"

namespace updater::mmio {
namespace {

using base::Bytes;
using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;
using namespace protocol::vfio_user;

/// Nothing we ask for is longer.
constexpr std::uint32_t kMaxReply = 8192;

constexpr os::Meaning kMeanings[] = {
    {.number = ENOENT,
     .code = Errc::not_found,
     .advice = "nobody serves a device there; start \"mesim serve\" first"},
    {.number = ECONNREFUSED,
     .code = Errc::not_found,
     .advice = "nobody serves a device there; start \"mesim serve\" first"},
    {.number = EACCES,
     .code = Errc::permission,
     .advice = "the socket is its owner's alone; run as the user who serves it"},
    {.number = EAGAIN, .code = Errc::busy, .advice = "others wait for the server already"},
    {.number = EPIPE, .code = Errc::disconnected, .advice = "the server hung up"},
    {.number = ECONNRESET, .code = Errc::disconnected, .advice = "the server hung up"},
};

Result<sockaddr_un> address_of(const std::string& path) {
  if (const auto address = os::unix_address(path)) return *address;
  return Error{Errc::invalid,
               fmt::format("--device vfio-user:{}: a socket's path has 1 to {} bytes", path,
                           os::kLongestSocketPath)};
}

/// Out of a server's VERSION text; nothing where it does not tell one in the form that we know.
std::optional<protocol::BoardId> board_id_in(ByteView text) {
  const auto end = std::ranges::find(text, 0);
  const auto said = nlohmann::json::parse(text.begin(), end, nullptr, false);
  if (!said.is_object() || !said.contains("capabilities")) return std::nullopt;
  const auto& capabilities = said["capabilities"];
  if (!capabilities.is_object() || !capabilities.contains(protocol::kBoardIdCapability))
    return std::nullopt;
  const auto& id = capabilities[protocol::kBoardIdCapability];
  if (!id.is_string()) return std::nullopt;
  return protocol::parse_board_id(id.get<std::string>());
}

}  // namespace

Result<std::unique_ptr<VfioUserLink>> VfioUserLink::open(const std::string& path,
                                                         base::Clock& clock) {
  const Result<sockaddr_un> address = address_of(path);
  if (!address) return address.error();
  os::ConnectedSocket line =
      os::connected_socket(os::raw(*address), sizeof *address, os::Calls::return_at_once);
  if (line.error != 0) return os::explain(kMeanings, "connecting to vfio-user:" + path, line.error);
  return over(std::move(line.socket), path, clock, kLimit);
}

Result<std::unique_ptr<VfioUserLink>> VfioUserLink::over(os::Descriptor socket,
                                                         const std::string& path,
                                                         base::Clock& clock, base::Duration limit) {
  std::unique_ptr<VfioUserLink> link(new VfioUserLink(std::move(socket), path, clock, limit));
  if (const auto agreed = link->agree(); !agreed) return agreed.error();
  return link;
}

Result<void> VfioUserLink::agree() {
  Bytes hello = to_bytes(Version{.major = 0, .minor = 0});
  const std::string asked =
      fmt::format(R"({{"capabilities":{{"{}":true}}}})", protocol::kBoardIdCapability);
  hello.insert(hello.end(), asked.begin(), asked.end());
  hello.push_back(0);
  const auto reply = request(Command::version, hello);
  if (!reply) return not_agreed(reply.error());
  const auto version = decode<Version>(*reply);
  if (!version || version->major != 0) return broken(Errc::protocol, "it speaks another version");
  board_id_ = board_id_in(ByteView(*reply).subspan(Version::size));
  return {};
}

/// A server that has no time says nothing at all; what is no such server says something else.
Error VfioUserLink::not_agreed(const Error& error) const {
  const std::string doing = "connecting to vfio-user:" + path_;
  const bool hung_up = error.code == Errc::disconnected;
  if (hung_up && heard_ == 0) {
    return {Errc::busy,
            doing + ": the server hung up; it serves another program, which must leave first"};
  }
  if (!hung_up && error.code != Errc::protocol) return error;
  return {Errc::protocol, doing +
                              ": what listens there does not speak vfio-user; is it a TPM's "
                              "socket? That is for --tpm swtpm:PATH"};
}

Error VfioUserLink::broken(Errc code, const std::string& why) {
  usable_ = false;
  return {code, fmt::format("asking vfio-user:{}: {}", path_, why)};
}

Result<Bytes> VfioUserLink::request(Command command, ByteView payload) {
  const auto end = io::Deadline::in(clock_, limit_);
  if (const auto sent = send(command, Header::kRequest, payload, end); !sent) return sent.error();
  return receive(command, end);
}

Result<void> VfioUserLink::post(Command command, ByteView payload) {
  const auto end = io::Deadline::in(clock_, limit_);
  return send(command, Header::kRequest | Header::kNoReply, payload, end);
}

/// After a call on the socket that failed with errno `number`: a wait for what it lacked.
Result<void> VfioUserLink::go_on(int number, short events, io::Deadline end) {
  if (number == EINTR) return {};
  if (number != EAGAIN && number != EWOULDBLOCK) {
    usable_ = false;
    return os::explain(kMeanings, "asking vfio-user:" + path_, number);
  }
  const base::Duration left = end.at - clock_.now();
  pollfd file{.fd = socket_.number(), .events = events, .revents = 0};
  const bool in_time = left.count() > 0 && waiting_.wait({&file, 1}, left, os::Expected::soon) != 0;
  return in_time ? Result<void>() : broken(Errc::timeout, "the server does not answer");
}

Result<void> VfioUserLink::send(Command command, std::uint32_t flags, ByteView payload,
                                io::Deadline end) {
  if (!usable_) return broken(Errc::disconnected, "the connection has failed before");
  const std::uint32_t size = Header::size + static_cast<std::uint32_t>(payload.size());
  Bytes message =
      to_bytes(Header{.id = ++id_, .command = command, .message_size = size, .flags = flags});
  message.insert(message.end(), payload.begin(), payload.end());
  for (std::size_t at = 0; at < message.size();) {
    const ssize_t sent = ::send(socket_.number(), message.data() + at, message.size() - at,
                                MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      at += static_cast<std::size_t>(sent);
    } else if (auto waited = go_on(errno, POLLOUT, end); !waited) {
      return waited;
    }
  }
  return {};
}

Result<Bytes> VfioUserLink::receive(Command command, io::Deadline end) {
  const auto head = receive_bytes(Header::size, end);
  if (!head) return head.error();
  const Header header = *decode<Header>(*head);
  const bool is_ours = header.id == id_ && header.command == command &&
                       (header.flags & Header::kType) == Header::kReply;
  if (!is_ours) return broken(Errc::protocol, "what came is no reply to the request");
  if (header.message_size < Header::size || header.message_size > kMaxReply)
    return broken(Errc::protocol, "the reply's size makes no sense");
  auto payload = receive_bytes(header.message_size - Header::size, end);
  if (!payload || (header.flags & Header::kError) == 0) return payload;
  return Error{Errc::refused,
               fmt::format("asking vfio-user:{}: the device refused: {}", path_,
                           os::error_words(static_cast<int>(header.error))),
               header.error};
}

Result<Bytes> VfioUserLink::receive_bytes(std::size_t count, io::Deadline end) {
  Bytes bytes(count);
  for (std::size_t at = 0; at < count;) {
    const ssize_t got = ::recv(socket_.number(), bytes.data() + at, count - at, MSG_DONTWAIT);
    if (got == 0) return broken(Errc::disconnected, "the server hung up");
    if (got > 0) {
      at += static_cast<std::size_t>(got);
      heard_ += static_cast<std::size_t>(got);
    } else if (auto waited = go_on(errno, POLLIN, end); !waited) {
      return waited.error();
    }
  }
  return bytes;
}

}  // namespace updater::mmio
