// SPDX-License-Identifier: BSD-3-Clause
// Questions to one ME client: one request, one answer, each with a bounded wait; a broken
// connection is made anew.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "updater/mei/mei_transport.h"

namespace updater::inventory {

/// Longest wait for an answer to a question; what the era's own service allows (illumos
/// LMS FWULCommand.cpp).
inline constexpr base::Duration kAnswerLimit = std::chrono::seconds(15);

class Conversation {
 public:
  using Connect = std::function<base::Result<std::unique_ptr<mei::MeiTransport>>()>;

  explicit Conversation(Connect connect) : connect_(std::move(connect)) {}

  /// `what` names the thing asked for, for the error: "the firmware version". A late answer to an
  /// earlier question cannot be taken for this one: a question that fails closes its connection.
  /// After two failures in a row, or one that asking again cannot mend, nothing more is sent and
  /// every question ends at once with that error.
  base::Result<base::Bytes> ask(base::ByteView request, std::string_view what);

  bool answered() const { return answered_; }  ///< at least one question was
  /// Largest message of the client, bytes; absent while it is not connected.
  std::optional<std::uint32_t> max_message_length() const;

 private:
  base::Result<base::Bytes> exchange(base::ByteView request);
  base::Result<void> ensure_connected();
  void note_failure(const base::Error& error);

  static constexpr int kGiveUpAfter = 2;

  Connect connect_;
  std::unique_ptr<mei::MeiTransport> transport_;
  std::optional<base::Error> last_error_;
  int failures_ = 0;
  bool answered_ = false;
};

/// MKHI as a dynamic client, or at its fixed address where it is not one.
Conversation talk_to_mkhi(mei::MeiDevice& device);
Conversation talk_to_fwu(mei::MeiDevice& device);
Conversation talk_to_amthi(mei::MeiDevice& device);

}  // namespace updater::inventory
