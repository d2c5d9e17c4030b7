// SPDX-License-Identifier: BSD-3-Clause
// fwu = [...]: firmware-update messages by hand.
#include "protocol/mei/fwu.h"
#include "scenarios/engine/readers.h"

namespace scenarios::engine {
namespace {

using config::Named;
using FwuKind = FwuMessage::Kind;

constexpr std::string_view kFwuVerbs[] = {"start", "data", "end", "send"};
constexpr Named<FwuMessage::Answer> kFwuAnswers[] = {{"reply", FwuMessage::Answer::reply},
                                                     {"silence", FwuMessage::Answer::silence},
                                                     {"link_lost", FwuMessage::Answer::link_lost}};
constexpr Named<std::uint32_t> kResets[] = {{"none", protocol::fwu::kResetNone},
                                            {"me", protocol::fwu::kResetMe},
                                            {"platform", protocol::fwu::kResetPlatform}};
constexpr std::string_view kLengths[] = {"image", "length"};

void read_start(StrictTable table, FwuMessage& out) {
  out.kind = FwuKind::start;
  const std::string_view source = read_one_of(table, kLengths, "how many bytes are announced");
  std::uint32_t length = 0;
  if (source == "image") table.read("image", out.image);
  if (source == "length" && table.read("length", length)) out.length = length;
  table.read("password", out.password);
  table.read_hex("oem_id", out.oem_id);
}

void read_data(StrictTable table, FwuMessage& out) {
  out.kind = FwuKind::data;
  if (table.require("image", "whose bytes are sent")) table.read("image", out.image);
  table.read("from", out.from);
  std::uint32_t count = 0;
  if (table.read("count", count)) out.count = count;
}

FwuMessage read_fwu_message(StrictTable& table) {
  FwuMessage out{.place = table.place()};
  const std::string_view verb = read_one_of(table, kFwuVerbs, "the message to send");
  if (verb == "send") {
    out.kind = FwuKind::raw;
    table.read_hex("send", out.raw);
    base::Bytes reply;
    if (table.read_hex("reply", reply)) out.raw_reply = reply;
  } else if (auto fields = table.table(verb)) {
    if (verb == "start") read_start(*fields, out);
    if (verb == "data") read_data(*fields, out);
    if (verb == "end") out.kind = FwuKind::end;
  }
  if (verb != "send") table.read("status", out.status);
  std::uint32_t reset = 0;
  if (verb == "end" && table.read_named("reset", reset, kResets)) out.reset_type = reset;
  table.read_named("answer", out.answer, kFwuAnswers);
  table.read("limit", out.limit);
  return out;
}

}  // namespace

Fwu read_fwu(std::vector<StrictTable> messages) {
  Fwu fwu;
  for (StrictTable& table : messages) fwu.messages.push_back(read_fwu_message(table));
  return fwu;
}

}  // namespace scenarios::engine
