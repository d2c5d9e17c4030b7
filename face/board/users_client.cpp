// SPDX-License-Identifier: BSD-3-Clause
#include "face/board/users_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "face/convert.h"
#include "protocol/mei/guid.h"

namespace face {
namespace {

using base::ByteView;
using emulator::heci::Connection;
using emulator::sim::Archive;
using mebench::MeClientProperties;

constexpr std::uint32_t kLongestMessage = 65536;  ///< the driver of me() takes no longer ones
constexpr std::uint8_t kMostConnections = 16;     ///< each has buffers from the start
constexpr std::uint32_t kMostOwed = 4096;         ///< of a snapshot that may be damaged

mebench::Connection shown(Connection connection) {
  return {.me_addr = connection.me_addr, .host_addr = connection.host_addr};
}

}  // namespace

std::string to_text(const mebench::Guid& guid) {
  return protocol::mei::to_text({.bytes = guid.bytes});
}

std::string objection(const MeClientProperties& properties) {
  const auto wrong = [](const char* what, std::uint32_t is, std::uint32_t high) {
    return fmt::format("{} is {}; it must be 1 to {}", what, is, high);
  };
  if (properties.max_connections < 1 || properties.max_connections > kMostConnections)
    return wrong("max_connections", properties.max_connections, kMostConnections);
  if (properties.max_message_length < 1 || properties.max_message_length > kLongestMessage)
    return wrong("max_message_length", properties.max_message_length, kLongestMessage);
  return {};
}

UsersClient::UsersClient(mebench::MeClient& client, const MeClientProperties& properties,
                         emulator::heci::ReplyPort& port, emulator::sim::Scheduler& scheduler)
    : client_(client),
      properties_(properties),
      port_(port),
      scheduler_(scheduler),
      due_(scheduler, "client." + to_text(properties.guid), [this] { send_due(); }) {}

protocol::hbm::ClientProperties UsersClient::properties() const {
  return {.guid = {.bytes = properties_.guid.bytes},
          .protocol_version = properties_.protocol_version,
          .max_connections = properties_.max_connections,
          .fixed_address = 0,
          .single_recv_buf = 0,
          .max_message_length = properties_.max_message_length};
}

/// Answers to one message keep their order, whatever their times say.
void UsersClient::receive(Connection from, ByteView message) noexcept {
  base::TimePoint earliest = scheduler_.now();
  for (mebench::Answer& answer : client_.on_message(shown(from), message)) {
    if (answer.after > mebench::Duration::zero())
      earliest = std::max(earliest, scheduler_.now() + answer.after);
    put_in_line({.due = earliest, .to = from, .message = std::move(answer.message)});
  }
  send_due();
}

void UsersClient::put_in_line(Owed owed) {
  const auto later = [](base::TimePoint due, const Owed& other) { return due < other.due; };
  const auto at = std::upper_bound(owed_.begin(), owed_.end(), owed.due, later);
  owed_.insert(at, std::move(owed));
}

void UsersClient::send_due() {
  while (!owed_.empty() && owed_.front().due <= scheduler_.now()) {
    const Owed owed = std::move(owed_.front());
    owed_.pop_front();
    port_.reply(owed.to, owed.message);
  }
  if (owed_.empty()) return due_.stop();
  due_.start(owed_.front().due - scheduler_.now());
}

bool UsersClient::owes_answer(Connection to) const {
  return std::ranges::any_of(owed_, [&](const Owed& owed) { return owed.to == to; });
}

void UsersClient::disconnected(Connection from) noexcept {
  std::erase_if(owed_, [&](const Owed& owed) { return owed.to == from; });
  client_.on_disconnect(shown(from));
}

void UsersClient::stopped() noexcept {
  owed_.clear();
  due_.stop();
  client_.on_stop();
}

void UsersClient::serialize(Archive& a) {
  a.section("client " + to_text(properties_.guid));
  if (a.failed()) return;
  serialize_owed(a);
  due_.serialize(a);
  serialize_users_state(a);
}

void UsersClient::serialize_owed(Archive& a) {
  auto count = static_cast<std::uint32_t>(owed_.size());
  a.value(count);
  if (count > kMostOwed) a.fail("an ME client owes more answers than can be");
  if (a.failed()) return;
  owed_.resize(count);
  for (Owed& owed : owed_) {
    a.value(owed.due);
    a.value(owed.to.me_addr);
    a.value(owed.to.host_addr);
    a.value(owed.message);
    if (a.failed()) return;
  }
}

void UsersClient::serialize_users_state(Archive& a) {
  mebench::Bytes state = a.is_loading() ? mebench::Bytes{} : client_.save();
  a.value(state);
  if (!a.is_loading() || a.failed()) return;
  const auto restored = client_.restore(state);
  if (!restored) a.fail("an ME client does not take its state: " + restored.error().what);
}

}  // namespace face
