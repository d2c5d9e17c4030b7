// SPDX-License-Identifier: BSD-3-Clause
#include "updater/inventory/questions.h"

namespace updater::inventory {
namespace {

using base::Bytes;
using base::Errc;
using base::Error;
using base::Result;
namespace fwu = protocol::fwu;

Result<Bytes> ask_bare(Conversation& conversation, fwu::Type type, std::string_view what) {
  std::array<std::uint8_t, 4> request{};
  base::ByteWriter out(request);
  fwu::encode_request(out, type);
  return conversation.ask(request, what);
}

/// The era's service takes an answer only in its exact form and with status 0.
template <class Reply>
Result<Reply> judge(const std::optional<Reply>& reply, const char* message) {
  if (!reply) return Error{Errc::protocol, std::string("the answer is not a ") + message};
  if (reply->status != 0)
    return Error{Errc::refused, std::string("the firmware refused ") + message, reply->status};
  return *reply;
}

}  // namespace

Result<fwu::VersionReply> ask_version(Conversation& conversation) {
  const Result<Bytes> answer =
      ask_bare(conversation, fwu::Type::get_version, "the update client's version");
  if (!answer) return answer.error();
  return judge(fwu::decode_version_reply(*answer), "GET_VERSION_REPLY");
}

Result<fwu::InfoReply> ask_info(Conversation& conversation) {
  const Result<Bytes> answer =
      ask_bare(conversation, fwu::Type::get_info, "the update client's information");
  if (!answer) return answer.error();
  return judge(fwu::decode_info_reply(*answer), "GET_INFO_REPLY");
}

}  // namespace updater::inventory
