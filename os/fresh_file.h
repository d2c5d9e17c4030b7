// SPDX-License-Identifier: BSD-3-Clause
// New contents of a file beside the old ones, then in their place: whoever is killed before, or
// finds the disk full, leaves the old file whole.
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace os {

/// Who may read the new file: its owner alone, as what holds secrets; or whoever might read the old
/// one, and of a file that was not there whom the umask lets.
enum class Readers : std::uint8_t { owner, as_before };

class FreshFile {
 public:
  FreshFile(std::string path, Readers readers) : path_(std::move(path)), readers_(readers) {}
  /// What was not put in its place is of no use to anybody.
  ~FreshFile();
  FreshFile(const FreshFile&) = delete;
  FreshFile& operator=(const FreshFile&) = delete;

  /// Into a file of its own, "PATH.16 random digits.new", which was not there: nobody can have put
  /// a link in its way. On the disk once this returns. Errors: not_found, permission, io.
  base::Result<void> write(base::ByteView contents);
  /// Under its name, on the disk, once this returns. Errors: permission, io.
  base::Result<void> put_in_place();

  /// Whether a file of this name was left behind by one that was killed. `name` is without folder.
  static bool is_left_over(std::string_view name, std::string_view of);

 private:
  std::string path_;
  Readers readers_;
  std::string fresh_;  ///< empty: there is none
};

/// Both at once. Errors: those of FreshFile.
base::Result<void> replace_file(const std::string& path, base::ByteView contents, Readers readers);

}  // namespace os
