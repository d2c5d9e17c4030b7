// SPDX-License-Identifier: BSD-3-Clause
// Steps that send firmware-update messages by hand: what the device itself refuses, whatever an
// updater would check first.
#include <fmt/format.h>

#include <algorithm>

#include "base/hex.h"
#include "protocol/generation.h"
#include "protocol/mei/fwu.h"
#include "scenarios/engine/actions.h"

namespace scenarios::engine {
namespace {

using FwuKind = FwuMessage::Kind;
namespace fwu = protocol::fwu;

/// What one message was answered with.
struct FwuAnswer {
  FwuMessage::Answer kind = FwuMessage::Answer::reply;
  base::Bytes reply;
};

const char* name(FwuMessage::Answer answer) {
  switch (answer) {
    case FwuMessage::Answer::reply:
      return "a reply";
    case FwuMessage::Answer::silence:
      return "no answer";
    case FwuMessage::Answer::link_lost:
      return "the link is lost";
  }
  return "unknown";
}

class Conversation {
 public:
  Conversation(const FwuMessage& message, World& world, StepOutcome& outcome)
      : message_(message), world_(world), outcome_(outcome) {}

  void hold() {
    switch (message_.kind) {
      case FwuKind::start:
        return start();
      case FwuKind::data:
        return data();
      case FwuKind::end:
        return end();
      case FwuKind::raw:
        return raw();
    }
  }

 private:
  void expect_to_be(const std::string& what, const std::string& expected, const std::string& got) {
    if (expected == got) return;
    outcome_.mismatches.push_back(
        {.place = message_.place, .what = what, .expected = expected, .got = got});
  }

  FwuAnswer exchange(base::ByteView request) {
    const auto lost = [&](const base::Error& error) {
      if (error.code == base::Errc::timeout)
        return FwuAnswer{.kind = FwuMessage::Answer::silence, .reply = {}};
      world_.drop_fwu();
      return FwuAnswer{.kind = FwuMessage::Answer::link_lost, .reply = {}};
    };
    auto client = world_.fwu();
    if (!client) return lost(client.error());
    if (auto sent = (*client)->send(request, message_.limit); !sent) return lost(sent.error());
    auto reply = (*client)->receive(message_.limit);
    if (!reply) return lost(reply.error());
    return {.kind = FwuMessage::Answer::reply, .reply = std::move(*reply)};
  }

  /// The reply when a reply was expected and came; nothing when the matter is settled.
  std::optional<base::Bytes> ask(base::ByteView request) {
    FwuAnswer answer = exchange(request);
    expect_to_be("answer", name(message_.answer), name(answer.kind));
    if (answer.kind != FwuMessage::Answer::reply || message_.answer != FwuMessage::Answer::reply)
      return std::nullopt;
    return std::move(answer.reply);
  }

  base::Result<base::ByteView> image() {
    auto bytes = world_.image(message_.image);
    if (!bytes)
      outcome_.script_error = fmt::format("{}: {}", to_text(message_.place), bytes.error().doing);
    return bytes;
  }

  void start() {
    const auto& generation =
        protocol::nearest_generation(world_.machine().profile().firmware.identity.version.major);
    // Hosts of CSME 15 send zero.
    const fwu::StartForm form = generation.start.value;
    fwu::StartRequest request{
        .password = message_.password,
        .environment = form == fwu::StartForm::a ? fwu::kEnvironmentField : 0};
    request.image_length = message_.length.value_or(0);
    if (!message_.length) {
      const auto bytes = image();
      if (!bytes) return;
      request.image_length = static_cast<std::uint32_t>(bytes->size());
    }
    std::copy_n(message_.oem_id.begin(), std::min(message_.oem_id.size(), request.oem_id.size()),
                request.oem_id.begin());
    base::Bytes buffer(size_of(form));
    base::ByteWriter out(buffer);
    encode(out, request, form);
    const auto reply = ask(out.written());
    if (!reply) return;
    const auto decoded = fwu::decode_start_reply(*reply);
    expect_to_be("START status", std::to_string(message_.status),
                 decoded ? std::to_string(decoded->status) : base::to_hex(*reply));
  }

  void data() {
    const auto bytes = image();
    if (!bytes) return;
    const std::size_t from = std::min<std::size_t>(message_.from, bytes->size());
    const std::size_t count =
        std::min<std::size_t>(message_.count.value_or(0xFFFFFFFF), bytes->size() - from);
    base::ByteView rest = bytes->subspan(from, count);
    auto client = world_.fwu();
    if (!client)
      return expect_to_be("answer", name(message_.answer), name(FwuMessage::Answer::link_lost));
    const std::size_t longest = fwu::max_data_length((*client)->max_message_length());
    while (!rest.empty()) {
      const base::ByteView piece = rest.first(std::min(longest, rest.size()));
      rest = rest.subspan(piece.size());
      if (!send_piece(piece, rest.empty() ? Last::yes : Last::no)) return;
    }
  }

  enum class Last : std::uint8_t { no, yes };

  /// False when there is no point in sending more.
  bool send_piece(base::ByteView piece, Last last) {
    base::Bytes buffer(fwu::DataRequest::header_size + piece.size());
    base::ByteWriter out(buffer);
    encode(out, fwu::DataRequest{.data = piece});
    FwuAnswer answer = exchange(out.written());
    const bool as_expected = answer.kind == message_.answer;
    if (answer.kind != FwuMessage::Answer::reply) {
      if (!as_expected) expect_to_be("answer", name(message_.answer), name(answer.kind));
      return false;
    }
    const auto decoded = fwu::decode_data_reply(answer.reply);
    const std::string status =
        decoded ? std::to_string(decoded->status) : base::to_hex(answer.reply);
    if (last == Last::no && status == "0") return true;
    if (!as_expected) expect_to_be("answer", name(message_.answer), name(answer.kind));
    expect_to_be("DATA status", std::to_string(message_.status), status);
    return false;
  }

  void end() {
    std::array<std::uint8_t, 4> buffer{};
    base::ByteWriter out(buffer);
    encode_request(out, fwu::Type::end);
    const auto reply = ask(out.written());
    if (!reply) return;
    const auto decoded = fwu::decode_end_reply(*reply);
    expect_to_be("END status", std::to_string(message_.status),
                 decoded ? std::to_string(decoded->status) : base::to_hex(*reply));
    if (!decoded || !message_.reset_type) return;
    expect_to_be("END reset type", std::to_string(*message_.reset_type),
                 std::to_string(decoded->reset_type));
  }

  void raw() {
    const auto reply = ask(message_.raw);
    if (!reply || !message_.raw_reply) return;
    expect_to_be("reply", base::to_hex(*message_.raw_reply), base::to_hex(*reply));
  }

  const FwuMessage& message_;
  World& world_;
  StepOutcome& outcome_;
};

}  // namespace

StepOutcome perform(const Fwu& action, World& world) {
  StepOutcome outcome;
  for (const FwuMessage& message : action.messages) {
    Conversation(message, world, outcome).hold();
    if (!outcome.mismatches.empty() || !outcome.script_error.empty()) break;
  }
  return outcome;
}

}  // namespace scenarios::engine
