// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/recording/read_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "base/hex.h"
#include "base/lines.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/parse_guid.h"

namespace scenarios::recording {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using LogJson = nlohmann::json;
using protocol::mei::Guid;

/// A log tells no protocol versions; clients of the era are of the first.
constexpr std::uint8_t kUntoldVersion = 1;
constexpr std::string_view kMei = "] mei ";
constexpr std::string_view kConnectedWords = " connected, messages up to ";
constexpr std::string_view kInfo = "] info {";

struct NamedClient {
  std::string_view name;
  Guid guid;
};

/// As updater/cli/logged_device.cpp calls them; others by their GUID.
constexpr NamedClient kNames[] = {{"FWU", protocol::mei::kFwuGuid},
                                  {"MKHI", protocol::mei::kMkhiGuid},
                                  {"AMTHI", protocol::mei::kAmthiGuid}};

std::optional<Guid> client_of(std::string_view name) {
  for (const NamedClient& one : kNames) {
    if (one.name == name) return one.guid;
  }
  return protocol::mei::parse_guid(name);
}

class LogReader {
 public:
  Result<Recording> read(std::string_view text) {
    for (const std::string& line : base::lines_of(text)) {
      ++number_;
      if (takes_as_document(line)) continue;
      if (const auto done = read_line(line); !done)
        return Error{done.error().code, fmt::format("line {}: {}", number_, done.error().doing)};
    }
    if (recording_.conversations.empty())
      return Error{Errc::invalid,
                   "it is no log of meupdate in which an engine was asked something"};
    read_document();
    return std::move(recording_);
  }

 private:
  /// An entry of several lines is indented below its first.
  bool takes_as_document(const std::string& line) {
    const bool begins = document_.empty() && line.find(kInfo) != line.npos;
    in_document_ = begins || (in_document_ && line.starts_with("    "));
    if (in_document_) document_ += begins ? "{\n" : line + "\n";
    return in_document_;
  }

  Result<void> read_line(std::string_view line) {
    const std::size_t begin = line.find(kMei);
    if (begin == line.npos) return {};
    line.remove_prefix(begin + kMei.size());
    if (const std::size_t at = line.find(kConnectedWords); at != line.npos)
      return connected(line.substr(0, at), line.substr(at + kConnectedWords.size()));
    for (const auto& [arrow, to] :
         {std::pair(" <- ", Message::To::engine), std::pair(" -> ", Message::To::host)}) {
      const std::size_t at = line.find(arrow);
      if (at != line.npos) return message(line.substr(0, at), line.substr(at + 4), to);
    }
    return {};
  }

  /// Whoever is spoken to at a fixed address is not named; that conversation is left out.
  Result<void> connected(std::string_view name, std::string_view rest) {
    const auto client = client_of(name);
    if (!client) return {};
    Conversation conversation{.client = *client, .protocol_version = kUntoldVersion};
    const auto parsed =
        std::from_chars(rest.data(), rest.data() + rest.size(), conversation.max_message_length);
    if (parsed.ec != std::errc())
      return Error{Errc::invalid, "how long messages may be is missing"};
    recording_.conversations.push_back(std::move(conversation));
    return {};
  }

  /// "4 bytes: ff020000". What is no message is why none came.
  Result<void> message(std::string_view name, std::string_view words, Message::To to) {
    const std::size_t colon = words.find(" bytes: ");
    Conversation* const conversation = open_conversation(name);
    if (conversation == nullptr || colon == words.npos) return {};
    const std::string_view digits = words.substr(colon + 8);
    if (digits.ends_with("...")) {
      return Error{Errc::unsupported,
                   "the log has cut this message, a piece of an image; what an update says is "
                   "recorded from a story or by `mesim serve --record`"};
    }
    auto bytes = base::from_hex(digits);
    if (!bytes) return Error{Errc::invalid, "a message is not hexadecimal"};
    conversation->messages.push_back({to, *std::move(bytes)});
    return {};
  }

  /// The last with that client; null: there is none.
  Conversation* open_conversation(std::string_view name) {
    const auto client = client_of(name);
    auto& all = recording_.conversations;
    const auto last = std::find_if(all.rbegin(), all.rend(), [&](const Conversation& one) {
      return client && one.client == *client;
    });
    return last == all.rend() ? nullptr : &*last;
  }

  /// Behind "info": docs/schema/info.schema.json.
  void read_document() {
    const LogJson document = LogJson::parse(document_, nullptr, false);
    if (!document.is_object()) return;
    if (document.contains("pci_device_id") && document["pci_device_id"].is_number_unsigned())
      recording_.function.device_id = document["pci_device_id"].get<std::uint16_t>();
    if (document.contains("engine_says") && document["engine_says"].is_object()) {
      for (const LogJson& word : document["engine_says"].value("words", LogJson::array())) {
        if (word.is_number_unsigned())
          recording_.function.status_words.push_back(word.get<std::uint32_t>());
      }
    }
    if (document.contains("running_version") && document["running_version"].is_string())
      recording_.firmware_versions =
          fmt::format("0:{}", document["running_version"].get<std::string>());
  }

  Recording recording_;
  std::string document_;
  std::size_t number_ = 0;
  bool in_document_ = false;
};

}  // namespace

Result<Recording> read_log(std::string_view text) {
  return LogReader().read(text);
}

}  // namespace scenarios::recording
