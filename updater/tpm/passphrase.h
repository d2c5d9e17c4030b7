// SPDX-License-Identifier: BSD-3-Clause
// A passphrase between the keyboard or a file and its hash. It wipes itself and cannot be printed.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/result.h"

namespace updater::tpm {

class Passphrase {
 public:
  static constexpr std::size_t kLongest = 1024;  ///< bytes

  /// The first line of the open file `number`, read byte by byte so that no buffer keeps a copy.
  /// `name` is for messages. Errors: invalid (empty, or longer than kLongest), interrupted (a
  /// signal came), io.
  static base::Result<Passphrase> read_line(int number, const std::string& name);
  /// Errors: also not_found, permission.
  static base::Result<Passphrase> from_file(const std::string& path);

  ~Passphrase();
  Passphrase(Passphrase&& other) noexcept;
  Passphrase& operator=(Passphrase&&) = delete;

  /// For hashing; never for a message.
  std::string_view text() const { return {text_.data(), size_}; }

 private:
  Passphrase() = default;
  void wipe();

  std::array<char, kLongest> text_{};
  std::size_t size_ = 0;
};

template <class Stream>
Stream& operator<<(Stream&, const Passphrase&) = delete;

}  // namespace updater::tpm
