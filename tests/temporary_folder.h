// SPDX-License-Identifier: BSD-3-Clause
// A folder of a test's own, gone with it. Its name is nobody else's, so that tests of several
// builds run at the same time.
#pragma once

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace tests {

/// The constructor throws where no folder can be made: the test fails.
class TemporaryFolder {
 public:
  TemporaryFolder() : path_((std::filesystem::temp_directory_path() / "mebench.XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr)
      throw std::filesystem::filesystem_error("making a folder", path_,
                                              {errno, std::generic_category()});
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }

  /// Empty where there is no such file.
  std::string read(const std::string& name) const {
    std::ifstream in(file(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  /// Makes the folders in `name`, too; the file's path.
  std::string write(const std::string& name, std::string_view text) const {
    const std::filesystem::path folder = std::filesystem::path(name).parent_path();
    if (!folder.empty()) make_folder(folder.string());
    std::ofstream(file(name), std::ios::binary) << text;
    return file(name);
  }
  std::string write(const std::string& name, base::ByteView data) const {
    return write(name, {reinterpret_cast<const char*>(data.data()), data.size()});
  }
  /// Makes the folders in `name`, which nobody else may write to: the umask of many users lets
  /// their group do so, and then a state folder is refused. Its path.
  std::string make_folder(const std::string& name) const {
    std::filesystem::path made = path_;
    for (const auto& part : std::filesystem::path(name)) {
      made /= part;
      if (std::filesystem::create_directory(made))
        std::filesystem::permissions(made, std::filesystem::perms::group_write,
                                     std::filesystem::perm_options::remove);
    }
    return file(name);
  }
  /// A folder in the way of a file stands for a full disk: it cannot be written.
  void block(const std::string& name) const { std::filesystem::create_directories(file(name)); }

 private:
  std::string path_;
};

}  // namespace tests
