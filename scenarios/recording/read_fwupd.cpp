// SPDX-License-Identifier: BSD-3-Clause
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/lines.h"
#include "protocol/mei/parse_guid.h"
#include "protocol/pci/engine_functions.h"
#include "scenarios/recording/base64.h"
#include "scenarios/recording/fwupd.h"
#include "scenarios/recording/fwupd_words.h"

namespace scenarios::recording {
namespace {

using base::ByteReader;
using base::Bytes;
using base::Errc;
using base::Error;
using base::Result;
using ReadJson = nlohmann::json;

constexpr std::size_t kConnectBytes = 16;  ///< struct mei_connect_client_data

/// The text of `name`; empty where there is none.
std::string text_at(const ReadJson& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// "0x8086", or "31" as sysfs has no leading 0x in some.
template <class T>
std::optional<T> hex_number(std::string_view text) {
  if (text.starts_with("0x")) text.remove_prefix(2);
  T value{};
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value, 16);
  if (text.empty() || parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return value;
}

/// What stands between `begin` of the id and its next comma.
std::string_view argument(std::string_view id, std::string_view begin) {
  const std::string_view rest = id.substr(begin.size());
  return rest.substr(0, rest.find(','));
}

/// One entry of UsbDevices.
class EventReader {
 public:
  EventReader(Recording& recording, std::size_t device) : recording_(recording), device_(device) {}

  Result<void> read(const ReadJson& events) {
    for (const ReadJson& event : events) {
      const auto done = read_one(event, text_at(event, kId));
      if (!done) {
        return Error{done.error().code,
                     fmt::format("device {}, event {}: {}", device_, number_, done.error().doing)};
      }
      ++number_;
    }
    return {};
  }

 private:
  Result<void> read_one(const ReadJson& event, std::string_view id) {
    if (id.starts_with('#')) {
      return Error{Errc::unsupported,
                   fmt::format("its question is kept as the hash {} alone; record it anew with a "
                               "fwupd that keeps questions",
                               id)};
    }
    if (id.starts_with(kConnect)) return connect(event, argument(id, kConnect));
    if (id.starts_with(kWrite)) return write(argument(id, kWrite));
    if (id.starts_with(kRead)) return receive(event);
    if (id.starts_with(kReadConfig)) return config(event, argument(id, kReadConfig));
    if (id.starts_with(kReadAttribute))
      attribute(argument(id, kReadAttribute), text_at(event, kData));
    if (id == kListAttributes) list(text_at(event, kData));
    return {};
  }

  /// What the kernel gives back: u32 longest message, u8 version.
  Result<void> connect(const ReadJson& event, std::string_view asked) {
    connected_ = false;
    const auto in = from_base64(asked);
    if (!in || in->size() != kConnectBytes)
      return Error{Errc::invalid, "the client's GUID is not 16 bytes of base 64"};
    if (!event.contains(kDataOut)) return {};  // the kernel refused
    const auto out = from_base64(text_at(event, kDataOut));
    if (!out || out->size() < 5)
      return Error{Errc::invalid, "what the kernel gave back is not 16 bytes of base 64"};
    Conversation conversation;
    std::copy_n(in->begin(), kConnectBytes, conversation.client.bytes.begin());
    ByteReader reader(*out);
    conversation.max_message_length = reader.u32();
    conversation.protocol_version = reader.u8();
    recording_.conversations.push_back(std::move(conversation));
    connected_ = true;
    return {};
  }

  Result<void> write(std::string_view sent) {
    auto bytes = from_base64(sent);
    if (!bytes) return Error{Errc::invalid, "what is written is no base 64"};
    if (!connected_) return Error{Errc::invalid, "a message before any client was connected to"};
    messages().push_back({.to = Message::To::engine, .bytes = *std::move(bytes)});
    return {};
  }

  /// Without data the engine was silent, or the kernel had an error.
  Result<void> receive(const ReadJson& event) {
    if (!event.contains(kData)) return {};
    auto bytes = from_base64(text_at(event, kData));
    if (!bytes) return Error{Errc::invalid, "what is read is no base 64"};
    if (!connected_) return Error{Errc::invalid, "an answer before any client was connected to"};
    messages().push_back({.to = Message::To::host, .bytes = *std::move(bytes)});
    return {};
  }

  Result<void> config(const ReadJson& event, std::string_view where) {
    const auto at = hex_number<std::uint32_t>(where);
    const auto& places = protocol::pci::kStatusWordsAt;
    const auto place = std::find(places.begin(), places.end(), at.value_or(0));
    if (place == places.end() || !event.contains(kData)) return {};
    const auto bytes = from_base64(text_at(event, kData));
    if (!bytes || bytes->size() != 4) return Error{Errc::invalid, "a status word is not 4 bytes"};
    auto& words = recording_.function.status_words;
    const auto index = static_cast<std::size_t>(place - places.begin());
    if (words.size() <= index) words.resize(index + 1);
    words[index] = ByteReader(*bytes).u32();
    return {};
  }

  void attribute(std::string_view name, const std::string& value) {
    Function& function = recording_.function;
    if (value.empty()) return;
    if (name == "device") function.device_id = hex_number<std::uint16_t>(value);
    if (name == "subsystem_vendor") function.subsystem_vendor = hex_number<std::uint16_t>(value);
    if (name == "subsystem_device") function.subsystem_id = hex_number<std::uint16_t>(value);
    if (name == "revision") function.revision = hex_number<std::uint8_t>(value);
    if (name == "fw_ver" || name.ends_with("/fw_ver")) recording_.firmware_versions = value;
  }

  /// Clients are folders of the function: "0000:00:16.0-12f80028-...".
  void list(const std::string& names) {
    constexpr std::size_t guid_length = 36;
    for (const std::string& name : base::lines_of(names)) {
      if (name.size() <= guid_length || name[name.size() - guid_length - 1] != '-') continue;
      const auto guid =
          protocol::mei::parse_guid(std::string_view(name).substr(name.size() - guid_length));
      auto& listed = recording_.listed;
      if (guid && std::find(listed.begin(), listed.end(), *guid) == listed.end())
        listed.push_back(*guid);
    }
  }

  std::vector<Message>& messages() { return recording_.conversations.back().messages; }

  Recording& recording_;
  const std::size_t device_;
  std::size_t number_ = 1;
  bool connected_ = false;
};

}  // namespace

Result<void> read_fwupd(std::string_view json, Recording& recording) {
  const ReadJson document = ReadJson::parse(json, nullptr, false);
  if (!document.is_object() || !document.contains(kDevices) || !document[kDevices].is_array()) {
    return Error{
        Errc::invalid,
        fmt::format("this is no recording of fwupd: it is no JSON with a list {}", kDevices)};
  }
  std::size_t number = 0;
  for (const ReadJson& device : document[kDevices]) {
    ++number;
    if (!device.is_object() || !device.contains(kEvents)) continue;
    if (const auto done = EventReader(recording, number).read(device[kEvents]); !done) return done;
  }
  return {};
}

}  // namespace scenarios::recording
