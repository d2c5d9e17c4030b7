// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/password_file.h"

#include <fstream>

namespace updater::cli {

base::Result<std::string> read_password(const std::string& path) {
  constexpr std::size_t longest = 32;
  if (path.empty()) return std::string();
  std::ifstream file(path);
  std::string line;
  if (!file) return base::Error{base::Errc::io, "the password file " + path + " cannot be read"};
  std::getline(file, line);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (!line.empty() && line.size() <= longest) return line;
  return base::Error{base::Errc::invalid, "the password file " + path +
                                              " must hold 1 to 32 characters on its first line"};
}

}  // namespace updater::cli
