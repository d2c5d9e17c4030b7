// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/program/device_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/hex.h"
#include "protocol/mei/parse_guid.h"

namespace scenarios::program {
namespace {

using base::Bytes;
using base::Duration;
using base::Errc;
using base::Error;
using base::Result;

constexpr Duration kPatience = std::chrono::minutes(1);
constexpr std::uint32_t kLongestLimit =
    36'000'000;  ///< ms: ten hours, as a story's longest command

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t begin = line.find_first_not_of(" \t\r");
    if (begin == line.npos) return words;
    line.remove_prefix(begin);
    const std::size_t end = std::min(line.find_first_of(" \t\r"), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

Result<Bytes> bytes_of(std::string_view word) {
  auto bytes = base::from_hex(word);
  if (bytes) return *std::move(bytes);
  return Error{Errc::invalid, "a message is hexadecimal digits, two for each byte"};
}

Result<Duration> time_of(std::string_view word) {
  std::uint32_t ms = 0;
  const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), ms);
  if (failure == std::errc() && end == word.data() + word.size() && ms <= kLongestLimit)
    return Duration(std::chrono::milliseconds(ms));
  return Error{Errc::invalid,
               fmt::format("a time is whole milliseconds, from 0 to {}", kLongestLimit)};
}

/// The limit that stands behind the request's `place` other words, or the usual one.
Result<Duration> limit_of(const std::vector<std::string_view>& words, std::size_t place) {
  return words.size() > place ? time_of(words[place]) : Result<Duration>(kPatience);
}

/// An answer is one line, whatever an error's text holds.
std::string in_one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

std::string nothing_to_say() {
  return {};
}

}  // namespace

const std::vector<DeviceLines::Request>& DeviceLines::requests() {
  static const std::vector<Request> all = {
      {"connect", 1, 1, "connect GUID", &DeviceLines::connect},
      {"disconnect", 0, 0, "disconnect", &DeviceLines::disconnect},
      {"send", 1, 2, "send HEX [MS]", &DeviceLines::send},
      {"receive", 0, 1, "receive [MS]", &DeviceLines::receive},
      {"tpm", 1, 2, "tpm HEX [MS]", &DeviceLines::tpm},
      {"sleep", 1, 1, "sleep MS", &DeviceLines::sleep},
      {"now", 0, 0, "now", &DeviceLines::now},
      {"status", 0, 0, "status", &DeviceLines::status},
  };
  return all;
}

std::string DeviceLines::answer(std::string_view line) {
  Words words = words_of(line);
  const std::string_view verb = words.empty() ? std::string_view() : words.front();
  const auto request = std::ranges::find(requests(), verb, &Request::word);
  if (request == requests().end()) {
    std::string known;
    for (const Request& each : requests())
      known += fmt::format("{}{}", known.empty() ? "" : ", ", each.word);
    return fmt::format("error invalid no such request; there are {}", known);
  }
  words.erase(words.begin());
  if (words.size() < request->least || words.size() > request->most)
    return fmt::format("error invalid the request is: {}", request->usage);
  const Answer said = (this->*request->answer)(words);
  if (!said)
    return fmt::format("error {} {}", name(said.error().code), in_one_line(said.error().doing));
  return said.value().empty() ? "ok" : "ok " + said.value();
}

DeviceLines::Answer DeviceLines::connect(const Words& words) {
  const auto guid = protocol::mei::parse_guid(words[0]);
  if (!guid) return Error{Errc::invalid, "a GUID is like 309dcde8-ccb1-4062-8f78-600115a34327"};
  client_.reset();
  auto connected = devices_.me.connect(*guid);
  if (!connected) return connected.error();
  client_ = std::move(connected).value();
  return fmt::format("{} {}", client_->max_message_length(), client_->protocol_version());
}

DeviceLines::Answer DeviceLines::disconnect(const Words&) {
  client_.reset();
  return nothing_to_say();
}

Result<updater::mei::MeiTransport*> DeviceLines::connected() const {
  if (client_ != nullptr) return client_.get();
  return Error{Errc::disconnected, "no client is connected: connect GUID comes first"};
}

DeviceLines::Answer DeviceLines::send(const Words& words) {
  const auto message = bytes_of(words[0]);
  if (!message) return message.error();
  const auto limit = limit_of(words, 1);
  if (!limit) return limit.error();
  const auto client = connected();
  if (!client) return client.error();
  const auto sent = client.value()->send(message.value(), limit.value());
  if (!sent) return sent.error();
  return nothing_to_say();
}

DeviceLines::Answer DeviceLines::receive(const Words& words) {
  const auto limit = limit_of(words, 0);
  if (!limit) return limit.error();
  const auto client = connected();
  if (!client) return client.error();
  const auto message = client.value()->receive(limit.value());
  if (!message) return message.error();
  return base::to_hex(message.value());
}

DeviceLines::Answer DeviceLines::tpm(const Words& words) {
  const auto command = bytes_of(words[0]);
  if (!command) return command.error();
  const auto limit = limit_of(words, 1);
  if (!limit) return limit.error();
  if (devices_.tpm == nullptr) return Error{Errc::unsupported, "this board has no TPM"};
  const auto response = devices_.tpm->transmit(command.value(), limit.value());
  if (!response) return response.error();
  return base::to_hex(response.value());
}

DeviceLines::Answer DeviceLines::sleep(const Words& words) {
  const auto amount = time_of(words[0]);
  if (!amount) return amount.error();
  if (amount.value() > Duration::zero()) devices_.clock.sleep(amount.value());
  return nothing_to_say();
}

DeviceLines::Answer DeviceLines::now(const Words&) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(devices_.clock.now());
  return std::to_string(ms.count());
}

DeviceLines::Answer DeviceLines::status(const Words&) {
  const auto word = devices_.me.firmware_status();
  if (!word) return word.error();
  return fmt::format("{:08X}", word.value());
}

}  // namespace scenarios::program
