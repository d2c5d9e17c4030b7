// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/clients/recorded_client.h"

#include <algorithm>
#include <utility>

namespace emulator::clients {

constinit const sim::MessageWords RecordedClient::kWords = {.name = "recorded",
                                                            .says = &sim::first_bytes};

RecordedClient::RecordedClient(RecordedScript script, heci::ReplyPort& port)
    : port_(port), script_(std::move(script)) {}

void RecordedClient::receive(heci::Connection from, base::ByteView message) {
  const RecordedExchange* exchange = find(message);
  if (exchange == nullptr) {
    ++unknown_;
    return;
  }
  for (const base::Bytes& answer : exchange->answers) port_.reply(from, answer);
}

const RecordedExchange* RecordedClient::find(base::ByteView message) {
  const auto& all = script_.exchanges;
  const auto is_it = [message](const RecordedExchange& one) {
    return std::equal(one.request.begin(), one.request.end(), message.begin(), message.end());
  };
  auto found = std::find_if(all.begin() + next_, all.end(), is_it);
  if (found == all.end()) found = std::find_if(all.begin(), all.end(), is_it);
  if (found == all.end()) return nullptr;
  next_ = static_cast<std::uint32_t>(found - all.begin()) + 1;
  return &*found;
}

void RecordedClient::serialize(sim::Archive& a) {
  a.section("recorded_client");
  a.value(next_);
  a.value(unknown_);
  if (next_ > script_.exchanges.size()) a.fail("a recording is beyond its end");
}

}  // namespace emulator::clients
