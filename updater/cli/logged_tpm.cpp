// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/logged_tpm.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hex.h"
#include "base/secret.h"
#include "protocol/tpm/field_upgrade.h"
#include "protocol/tpm/frame.h"

namespace updater::cli {
namespace {

using base::Bytes;
using base::ByteView;
using base::Result;
using namespace protocol::tpm;

constexpr std::size_t kUpgradeDataAt = kHeaderSize + 3;  ///< behind sub-command and length
/// Bytes shown of an update's start: they end where the password begins.
constexpr std::size_t kShownStart = 40;
/// One authorisation ends in its HMAC; two take all of this at most.
constexpr std::size_t kHmac = kDigestSize;
constexpr std::size_t kTwoTrailers = 90;

bool is_upgrade(const Command& command, UpgradeCommand wanted) {
  return command.ordinal == Ordinal::field_upgrade && !command.body.empty() &&
         command.body.front() == static_cast<std::uint8_t>(wanted);
}

/// How many bytes of a command may be read by others.
std::size_t shown_size(const Command& command, std::size_t size) {
  if (is_upgrade(command, UpgradeCommand::start))
    return std::min(size, kUpgradeDataAt + kShownStart);
  if (is_upgrade(command, UpgradeCommand::data)) return std::min(size, kUpgradeDataAt + kShownData);
  return size;
}

std::size_t secret_tail(Tag tag) {
  if (tag == Tag::request_auth1 || tag == Tag::response_auth1) return kHmac;
  if (tag == Tag::request_auth2 || tag == Tag::response_auth2) return kTwoTrailers;
  return 0;
}

std::string shown(ByteView frame, Tag tag, std::size_t size) {
  Bytes bytes(frame.begin(), frame.end());
  const std::size_t tail = std::min(secret_tail(tag), bytes.size());
  base::wipe(base::MutableByteView(bytes).last(std::max(tail, bytes.size() - size)));
  bytes.resize(size);
  return fmt::format("{} bytes: {}{}", frame.size(), base::to_hex(bytes),
                     size < frame.size() ? "..." : "");
}

std::string command_note(ByteView frame) {
  const auto command = decode_command(frame);
  if (!command) return fmt::format("<- {} bytes that are no command", frame.size());
  return fmt::format("<- {} {}", name(command->ordinal),
                     shown(frame, command->tag, shown_size(*command, frame.size())));
}

std::string answer_note(const Result<Bytes>& answer) {
  if (!answer) {
    const base::Error& error = answer.error();
    return fmt::format("-> {}: {} ({})", name(error.code), error.doing, error.status);
  }
  const auto response = decode_response(*answer);
  if (!response) return fmt::format("-> {} bytes that are no response", answer->size());
  return fmt::format("-> {} {}", name(response->code),
                     shown(*answer, response->tag, answer->size()));
}

}  // namespace

Result<Bytes> LoggedTpm::transmit(ByteView command, base::Duration limit) {
  if (log_.on()) log_.note("tpm", command_note(command));
  Result<Bytes> answer = transport_.transmit(command, limit);
  if (log_.on()) log_.note("tpm", answer_note(answer));
  return answer;
}

}  // namespace updater::cli
