// SPDX-License-Identifier: BSD-3-Clause
// Writing to files: all of it, or an error that names the file.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "emulator/attach/descriptor.h"

namespace emulator::attach {

/// `doing` and what errno says. Errc::io.
base::Error system_error(const std::string& doing);

/// Writes into `file`, which is open and is `path`, from `offset` on. Errors: io.
base::Result<void> write_at(const Descriptor& file, const std::string& path, base::ByteView data,
                            std::uint32_t offset);

/// New contents of a file beside the old ones, in PATH.new: whoever is killed before they are put
/// in place, or finds the disk full, leaves the old file whole.
class FreshFile {
 public:
  explicit FreshFile(std::string path) : path_(std::move(path)), fresh_(path_ + ".new") {}
  /// What was not put in its place is of no use to anybody.
  ~FreshFile();
  FreshFile(const FreshFile&) = delete;
  FreshFile& operator=(const FreshFile&) = delete;

  /// On the disk once it returns, and its owner's alone: a machine's flash holds secrets. Errors:
  /// io.
  base::Result<void> write(base::ByteView contents) const;
  /// On the disk, under its name, once it returns. Errors: io.
  base::Result<void> put_in_place() const;

 private:
  std::string path_;
  std::string fresh_;
};

}  // namespace emulator::attach
