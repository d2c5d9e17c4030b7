// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/secret_keys.h"

#include <fmt/format.h>

#include <cctype>
#include <vector>

#include "base/nearest.h"
#include "config/strict_toml.h"

namespace emulator::machine {
namespace {

constexpr std::string_view kFile = "@";

std::string full_name(const SecretKey& secret) {
  return fmt::format("{}.{}", secret.table, secret.key);
}

std::string bare(std::string_view key) {
  std::string text;
  for (const char c : key) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_' || c == '-')
      text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return text;
}

bool holds(std::string_view table, const std::string& name) {
  return !table.empty() && name.size() > table.size() && name.starts_with(table) &&
         name[table.size()] == '.';
}

}  // namespace

bool is_secret(std::string_view key) {
  const std::string text = bare(key);
  std::vector<std::string> names;
  for (const SecretKey& secret : kSecretKeys) {
    names.push_back(full_name(secret));
    if (text == names.back() || holds(text, names.back())) return true;
    const std::string last = text.substr(text.rfind('.') + 1);
    if (!base::nearest(last, std::vector<std::string>{std::string(secret.key)}).empty())
      return true;
  }
  return false;
}

std::string without_secret(std::string_view entry) {
  const std::size_t option = entry.starts_with("--") ? entry.find('=') + 1 : 0;
  const std::size_t equals = entry.find('=', option);
  if (equals == entry.npos || !is_secret(entry.substr(option, equals - option)))
    return std::string(entry);
  if (entry.substr(equals + 1).starts_with(kFile)) return std::string(entry);
  return fmt::format("{}@FILE", entry.substr(0, equals + 1));
}

}  // namespace emulator::machine
