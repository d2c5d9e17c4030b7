// SPDX-License-Identifier: BSD-3-Clause
#include "updater/collect/own_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <regex>
#include <span>

#include "base/lines.h"
#include "updater/collect/kernel_files.h"

namespace updater::collect {
namespace {

constexpr std::string_view kSerials[] = {
    "product_serial",  "board_serial",      "chassis_serial", "product_asset_tag",
    "board_asset_tag", "chassis_asset_tag", "product_uuid"};
/// Shorter ones, and those without a digit, are a maker's "None" and "Default string".
constexpr std::size_t kShortestSerial = 5;

const std::regex& uuids() {
  static const std::regex shape("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", std::regex::icase);
  return shape;
}
const std::regex& macs() {
  static const std::regex shape("[0-9a-f]{2}([:-][0-9a-f]{2}){5}", std::regex::icase);
  return shape;
}
const std::regex& ipv4s() {
  static const std::regex shape("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  return shape;
}
/// Eight groups, or fewer with "::"; a PCI address has two colons.
const std::regex& ipv6s() {
  static const std::regex shape("[0-9a-f]{1,4}(:[0-9a-f]{1,4}){7}|[0-9a-f:]*::[0-9a-f:]*[0-9a-f]",
                                std::regex::icase);
  return shape;
}

std::string lower(std::string_view text) {
  std::string done(text);
  std::ranges::transform(done, done.begin(), [](unsigned char c) { return std::tolower(c); });
  return done;
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

std::string trimmed(std::string_view text) {
  const std::size_t from = std::min(text.find_first_not_of(" \t\n"), text.size());
  const std::size_t to = text.find_last_not_of(" \t\n");
  return std::string(text.substr(from, to == text.npos ? 0 : to + 1 - from));
}

/// Zeros for digits, of an address's kind.
void blank_digits(std::string& text, std::size_t from, std::size_t size) {
  for (char& c : std::span(text).subspan(from, size)) {
    if (std::isxdigit(static_cast<unsigned char>(c)) != 0) c = '0';
  }
}

void blank_word(std::string& text, std::size_t from, std::size_t size) {
  for (char& c : std::span(text).subspan(from, size)) {
    if (is_word(c)) c = '0';
  }
}

/// Every match that no letter or digit goes on from, but those that are `known`.
void blank_shapes(std::string& text, const std::regex& shape,
                  const std::vector<std::string>& known) {
  const std::string source = text;
  for (std::sregex_iterator each(source.begin(), source.end(), shape), end; each != end; ++each) {
    const auto from = static_cast<std::size_t>(each->position());
    const auto size = static_cast<std::size_t>(each->length());
    const bool goes_on = (from > 0 && (is_word(text[from - 1]) || text[from - 1] == '.')) ||
                         (from + size < text.size() && is_word(text[from + size]));
    if (goes_on || std::ranges::count(known, lower(each->str())) > 0) continue;
    blank_digits(text, from, size);
  }
}

void blank_names(std::string& text, const std::vector<std::string>& names) {
  const std::string low = lower(text);
  for (const std::string& name : names) {
    for (std::size_t at = low.find(name); at != low.npos; at = low.find(name, at + name.size()))
      blank_word(text, at, name.size());
  }
}

/// "Serial number: 1234"
void blank_serials(std::string& text) {
  static const std::regex called("serial(?: number| no\\.?)?[:=] *([^ ,\n]+)", std::regex::icase);
  const std::string source = text;
  for (std::sregex_iterator each(source.begin(), source.end(), called), end; each != end; ++each) {
    blank_word(text, static_cast<std::size_t>(each->position(1)),
               static_cast<std::size_t>(each->length(1)));
  }
}

std::string digits_of_mac(std::string_view mac) {
  std::string digits;
  for (const char c : mac) {
    if (is_word(c)) digits += c;
  }
  return lower(digits);
}

/// As its bytes stand in a message, in network order and the other way round.
std::vector<std::string> digits_of_ipv4(const std::string& address) {
  std::string there;
  std::string back;
  for (std::size_t at = 0; at < address.size(); ++at) {
    unsigned part = 0;
    const auto [end, failure] =
        std::from_chars(address.data() + at, address.data() + address.size(), part);
    if (failure != std::errc()) return {};
    there += fmt::format("{:02x}", part);
    back = fmt::format("{:02x}", part) + back;
    at = static_cast<std::size_t>(end - address.data());
  }
  return {there, back};
}

/// What `"mac": "..."` and its kin say in a log's JSON, and as digits of a message's bytes.
std::vector<std::string> addresses_in(const std::string& log) {
  static const std::regex value("\"(mac|ipv4)\": \"([^\"]+)\"");
  std::vector<std::string> found;
  for (std::sregex_iterator each(log.begin(), log.end(), value), end; each != end; ++each) {
    const std::string address = lower((*each)[2].str());
    if (address.find_first_not_of("0.:-") == address.npos) continue;  // there is none
    found.push_back(address);
    if ((*each)[1] == "mac") {
      found.push_back(digits_of_mac(address));
    } else {
      const auto digits = digits_of_ipv4(address);
      found.insert(found.end(), digits.begin(), digits.end());
    }
  }
  return found;
}

}  // namespace

OwnNames::OwnNames(const std::string& root) {
  for (const std::string_view file : kSerials) {
    const std::string name = trimmed(text_of(root + "/sys/class/dmi/id/" + std::string(file)));
    const bool has_digit = name.find_first_of("0123456789") != name.npos;
    if (name.size() >= kShortestSerial && has_digit) own_.push_back(lower(name));
  }
  for (const std::string& card : entries(root + "/sys/class/net")) {
    const std::string address = trimmed(text_of(card + "/address"));
    if (!address.empty()) own_.push_back(lower(address));
  }
  for (const std::string& client : entries(root + "/sys/bus/mei/devices"))
    public_.push_back(lower(trimmed(text_of(client + "/uuid"))));
  for (const std::string& engine : entries(root + "/sys/kernel/debug", "mei")) {
    const std::string clients = text_of(engine + "/meclients");
    for (std::sregex_iterator each(clients.begin(), clients.end(), uuids()), end; each != end;
         ++each)
      public_.push_back(lower(each->str()));
  }
  for (const std::string& engine : entries(root + "/sys/class/mei", "mei")) {
    const std::string versions = text_of(engine + "/fw_ver");
    for (const std::string& line : base::lines_of(versions))
      public_.push_back(line.substr(line.find(':') + 1));
  }
}

std::string OwnNames::without_own(std::string text) const {
  blank_names(text, own_);
  blank_serials(text);
  blank_shapes(text, uuids(), public_);
  blank_shapes(text, macs(), public_);
  return text;
}

std::string OwnNames::without(std::string_view text) const {
  std::string done = without_own(std::string(text));
  blank_shapes(done, ipv6s(), public_);
  blank_shapes(done, ipv4s(), public_);
  return done;
}

std::string OwnNames::without_in_log(std::string_view log) const {
  std::string done(log);
  blank_names(done, addresses_in(done));
  return without_own(std::move(done));
}

}  // namespace updater::collect
