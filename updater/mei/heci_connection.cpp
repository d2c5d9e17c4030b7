// SPDX-License-Identifier: BSD-3-Clause
#include "updater/mei/heci_connection.h"

#include "updater/mei/heci_limits.h"

namespace updater::mei {
namespace {

using base::Errc;
using base::Error;

void discard(HeciConnection& c, const char* why) {
  c.incoming = Incoming::discarding;
  c.partial.clear();
  c.failure = Error{Errc::protocol, std::string("receiving from the ME: ") + why};
}

}  // namespace

void add_fragment(HeciConnection& c, base::ByteView payload) {
  if (c.incoming == Incoming::assembling && c.partial.size() + payload.size() > c.max_length) {
    discard(c, "a message longer than its client's maximum");
  }
  if (c.incoming == Incoming::assembling && c.arrived.size() == kQueuedMessages) {
    discard(c, "more messages than the host gave credit for");
  }
  if (c.incoming == Incoming::assembling) {
    c.partial.insert(c.partial.end(), payload.begin(), payload.end());
  }
}

void end_message(HeciConnection& c) {
  if (c.expected > 0) --c.expected;
  if (c.incoming == Incoming::assembling) c.arrived.push_back(std::move(c.partial));
  c.partial.clear();
  c.incoming = Incoming::assembling;
}

}  // namespace updater::mei
