// SPDX-License-Identifier: BSD-3-Clause
// The folder of --state: what a simulated machine keeps while it is switched off. flash.bin is its
// flash part, machine.json says which machine it is. Files are replaced whole, so a command that is
// killed leaves the old ones.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace updater::cli {

struct KeptMachine {
  std::string machine;           ///< as --device named it, without "sim:"
  std::vector<std::string> set;  ///< the --set values it was made with
  base::Bytes flash;
};

class StateFolder {
 public:
  /// Makes the folder where it is missing and locks it until this object goes. Errors: busy
  /// (another command uses it), io.
  static base::Result<std::unique_ptr<StateFolder>> open(const std::string& path);
  ~StateFolder();
  StateFolder(const StateFolder&) = delete;
  StateFolder& operator=(const StateFolder&) = delete;

  /// Nothing in a new folder. Errors: invalid (one of the two files is missing or damaged), io;
  /// each names the file.
  base::Result<std::optional<KeptMachine>> load() const;
  /// The file that holds the flash once a machine is saved; whoever holds the folder may write to
  /// it in place.
  std::string flash_file() const { return path_ + "/flash.bin"; }
  /// Errors: io, naming the file.
  base::Result<void> save(const KeptMachine& kept) const;

 private:
  StateFolder(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}
  std::string path_;
  int lock_;
};

}  // namespace updater::cli
