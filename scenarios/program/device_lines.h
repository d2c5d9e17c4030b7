// SPDX-License-Identifier: BSD-3-Clause
// A board for programs in any language: a request is a line of text, and so is its answer
// (docs/protocols.md, "A board in lines of text"). One conversation is what one open /dev/mei0 and
// /dev/tpm0 are. Nothing here knows sockets.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "updater/mei/mei_transport.h"
#include "updater/tpm/tpm_transport.h"

namespace scenarios::program {

/// What is spoken to; all of it outlives the conversation.
struct Devices {
  updater::mei::MeiDevice& me;
  updater::tpm::TpmTransport* tpm = nullptr;  ///< null: there is none
  base::Clock& clock;
};

class DeviceLines {
 public:
  /// Of a request with its end of line: a TPM's command and an ME's message fit, in hexadecimal.
  static constexpr std::size_t kLongestLine = 0x40000;

  explicit DeviceLines(const Devices& devices) : devices_(devices) {}

  /// "ok", "ok WORDS" or "error KIND TEXT", KIND a name of base::Errc. Time passes on the clock
  /// while the board is waited for, and nowhere else. Neither line has its end.
  std::string answer(std::string_view request);

 private:
  using Words = std::vector<std::string_view>;
  using Answer = base::Result<std::string>;

  Answer connect(const Words& words);
  Answer disconnect(const Words& words);
  Answer send(const Words& words);
  Answer receive(const Words& words);
  Answer tpm(const Words& words);
  Answer sleep(const Words& words);
  Answer now(const Words& words);
  Answer status(const Words& words);
  base::Result<updater::mei::MeiTransport*> connected() const;

  /// A request by its first word, with what may follow that.
  struct Request {
    std::string_view word;
    std::size_t least;  ///< words behind it
    std::size_t most;
    const char* usage;
    Answer (DeviceLines::*answer)(const Words& words);
  };
  static const std::vector<Request>& requests();

  Devices devices_;
  std::unique_ptr<updater::mei::MeiTransport> client_;
};

}  // namespace scenarios::program
