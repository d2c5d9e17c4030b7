// SPDX-License-Identifier: BSD-3-Clause
// A client that answers what a recording of a real one has, and nothing else.
#pragma once

#include <cstdint>
#include <vector>

#include "emulator/heci/me_client.h"

namespace emulator::clients {

/// A message of the host's, and what came back before the next one: nothing, one or several.
struct RecordedExchange {
  base::Bytes request;
  std::vector<base::Bytes> answers;
};

struct RecordedScript {
  protocol::hbm::ClientProperties properties;
  std::vector<RecordedExchange> exchanges;  ///< in the order of the recording
};

/// A message is looked up behind the one that was answered last, and then from the beginning: one
/// that was asked twice is answered in order, and a program that asks in another order is answered,
/// too. One that the recording lacks gets no answer. Answers come at once: no recording says when
/// they came.
class RecordedClient final : public heci::MeClient {
 public:
  static const sim::MessageWords kWords;

  RecordedClient(RecordedScript script, heci::ReplyPort& port);

  protocol::hbm::ClientProperties properties() const override { return script_.properties; }
  const sim::MessageWords& words() const override { return kWords; }
  void receive(heci::Connection from, base::ByteView message) override;
  void disconnected(heci::Connection) override {}
  void stopped() override { next_ = 0; }

  /// Messages that the recording has no answer to.
  std::uint32_t unknown() const { return unknown_; }

  void serialize(sim::Archive& a) override;

 private:
  const RecordedExchange* find(base::ByteView message);

  heci::ReplyPort& port_;
  const RecordedScript script_;
  std::uint32_t next_ = 0;  ///< the exchange behind the one that was answered last
  std::uint32_t unknown_ = 0;
};

}  // namespace emulator::clients
