// SPDX-License-Identifier: BSD-3-Clause
// What names one computer and no other: serial numbers, UUIDs, MAC and IP addresses. None of them
// leaves it with an archive; zeros of the same shape stand in their place, so that programs still
// read what is around them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace updater::collect {

class OwnNames {
 public:
  /// Those that the kernel knows of the computer whose files lie below `root`. Not taken for one:
  /// GUIDs of the engine's clients, which every board has, and firmware versions.
  explicit OwnNames(const std::string& root);

  /// Of any text: these names, whatever looks like a UUID or an address, and what is called a
  /// serial number.
  std::string without(std::string_view text) const;

  /// Of a log of `meupdate info`, in whose messages addresses stand as bytes: its own addresses,
  /// in words and in hexadecimal digits. What else looks like an IP address is a version there.
  std::string without_in_log(std::string_view log) const;

 private:
  std::string without_own(std::string text) const;

  std::vector<std::string> own_;     ///< lower case
  std::vector<std::string> public_;  ///< lower case
};

}  // namespace updater::collect
