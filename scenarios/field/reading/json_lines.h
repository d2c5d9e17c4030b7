// SPDX-License-Identifier: BSD-3-Clause
// A line of JSON (RFC 8259) as the lines of a tool's log that it holds: of `journalctl -o json`, of
// fwupdmgr's --json, of chats' exports and of inventories.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scenarios::field {

class JsonLines {
 public:
  /// "Update Error: failed" of "\"UpdateError\" : \"failed\",", the message itself of a journal's
  /// or a chat's; a bracket alone holds none. Of meupdate's own documents each field as it stands.
  /// Nothing: `raw` is no JSON. More than a mebibyte is not looked at.
  std::optional<std::vector<std::string>> lines_of(std::string_view raw);

 private:
  bool in_own_document_ = false;  ///< one of meupdate's, a field a line
};

}  // namespace scenarios::field
