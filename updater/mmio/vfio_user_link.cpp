// SPDX-License-Identifier: BSD-3-Clause
#include "updater/mmio/vfio_user_link.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>

#include "updater/io/error_meanings.h"

namespace updater::mmio {
namespace {

using base::Bytes;
using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;
using namespace protocol::vfio_user;

/// A device answers in microseconds; a simulation may be busy with a key for a while.
constexpr timeval kLimit{.tv_sec = 10, .tv_usec = 0};
/// Nothing we ask for is longer.
constexpr std::uint32_t kMaxReply = 8192;

constexpr io::Meaning kMeanings[] = {
    {.number = ENOENT,
     .code = Errc::not_found,
     .advice = "nobody serves a device there; start \"mesim serve\" first"},
    {.number = ECONNREFUSED,
     .code = Errc::not_found,
     .advice = "nobody serves a device there; start \"mesim serve\" first"},
    {.number = EACCES,
     .code = Errc::permission,
     .advice = "the socket is its owner's alone; run as the user who serves it"},
    {.number = EPIPE, .code = Errc::disconnected, .advice = "the server hung up"},
    {.number = ECONNRESET, .code = Errc::disconnected, .advice = "the server hung up"},
    {.number = EAGAIN, .code = Errc::timeout, .advice = "the server does not answer"},
};

Result<sockaddr_un> address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path) {
    return Error{Errc::invalid,
                 fmt::format("--device vfio-user:{}: a socket's path has 1 to {} bytes", path,
                             sizeof address.sun_path - 1)};
  }
  std::memcpy(address.sun_path, path.data(), path.size());
  return address;
}

}  // namespace

Result<std::unique_ptr<VfioUserLink>> VfioUserLink::open(const std::string& path) {
  const Result<sockaddr_un> address = address_of(path);
  if (!address) return address.error();
  io::Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const std::string doing = "connecting to vfio-user:" + path;
  if (!socket.is_open()) return io::explain(kMeanings, doing, errno);
  ::setsockopt(socket.number(), SOL_SOCKET, SO_RCVTIMEO, &kLimit, sizeof kLimit);
  ::setsockopt(socket.number(), SOL_SOCKET, SO_SNDTIMEO, &kLimit, sizeof kLimit);
  const auto* raw = reinterpret_cast<const sockaddr*>(&*address);
  if (::connect(socket.number(), raw, sizeof *address) != 0)
    return io::explain(kMeanings, doing, errno);
  std::unique_ptr<VfioUserLink> link(new VfioUserLink(std::move(socket), path));
  if (const auto agreed = link->agree(); !agreed) return agreed.error();
  return link;
}

Result<void> VfioUserLink::agree() {
  Bytes hello = to_bytes(Version{.major = 0, .minor = 0});
  hello.push_back(0);
  const auto reply = request(Command::version, hello);
  if (!reply && reply.error().code == Errc::disconnected) {
    return Error{Errc::busy, "connecting to vfio-user:" + path_ +
                                 ": the server hung up; it serves another program, which must "
                                 "leave first"};
  }
  if (!reply) return reply.error();
  const auto version = decode<Version>(*reply);
  if (!version || version->major != 0) return broken(Errc::protocol, "it speaks another version");
  return {};
}

Error VfioUserLink::broken(Errc code, const std::string& why) {
  usable_ = false;
  return {code, fmt::format("asking vfio-user:{}: {}", path_, why)};
}

Result<Bytes> VfioUserLink::request(Command command, ByteView payload) {
  if (const auto sent = send(command, Header::kRequest, payload); !sent) return sent.error();
  return receive(command);
}

Result<void> VfioUserLink::post(Command command, ByteView payload) {
  return send(command, Header::kRequest | Header::kNoReply, payload);
}

Result<void> VfioUserLink::send(Command command, std::uint32_t flags, ByteView payload) {
  if (!usable_) return broken(Errc::disconnected, "the connection has failed before");
  const std::uint32_t size = Header::size + static_cast<std::uint32_t>(payload.size());
  Bytes message =
      to_bytes(Header{.id = ++id_, .command = command, .message_size = size, .flags = flags});
  message.insert(message.end(), payload.begin(), payload.end());
  for (std::size_t at = 0; at < message.size();) {
    const ssize_t sent =
        ::send(socket_.number(), message.data() + at, message.size() - at, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) {
      usable_ = false;
      return io::explain(kMeanings, "asking vfio-user:" + path_, errno);
    }
    at += static_cast<std::size_t>(sent);
  }
  return {};
}

Result<Bytes> VfioUserLink::receive(Command command) {
  const auto head = receive_bytes(Header::size);
  if (!head) return head.error();
  const Header header = *decode<Header>(*head);
  const bool is_ours = header.id == id_ && header.command == command &&
                       (header.flags & Header::kType) == Header::kReply;
  if (!is_ours) return broken(Errc::protocol, "what came is no reply to the request");
  if (header.message_size < Header::size || header.message_size > kMaxReply)
    return broken(Errc::protocol, "the reply's size makes no sense");
  auto payload = receive_bytes(header.message_size - Header::size);
  if (!payload || (header.flags & Header::kError) == 0) return payload;
  return Error{Errc::refused,
               fmt::format("asking vfio-user:{}: the device refused: {}", path_,
                           std::strerror(static_cast<int>(header.error))),
               header.error};
}

Result<Bytes> VfioUserLink::receive_bytes(std::size_t count) {
  Bytes bytes(count);
  for (std::size_t at = 0; at < count;) {
    const ssize_t got = ::recv(socket_.number(), bytes.data() + at, count - at, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) return broken(Errc::disconnected, "the server hung up");
    if (got < 0) {
      usable_ = false;
      return io::explain(kMeanings, "asking vfio-user:" + path_, errno);
    }
    at += static_cast<std::size_t>(got);
  }
  return bytes;
}

}  // namespace updater::mmio
