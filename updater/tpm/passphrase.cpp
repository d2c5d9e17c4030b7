// SPDX-License-Identifier: BSD-3-Clause
#include "updater/tpm/passphrase.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "protocol/tpm/crypto.h"
#include "updater/io/descriptor.h"
#include "updater/io/error_meanings.h"

namespace updater::tpm {

using base::Errc;
using base::Error;
using base::Result;

namespace {

constexpr std::array kPassphraseMeanings = {
    io::Meaning{.number = ENOENT, .code = Errc::not_found, .advice = "check the path"},
    io::Meaning{.number = EACCES, .code = Errc::permission, .advice = "check its permissions"},
    io::Meaning{.number = EINTR, .code = Errc::interrupted, .advice = "stopped as asked"},
};

Error passphrase_error(const std::string& name, int number) {
  return io::explain(kPassphraseMeanings, "reading the owner's passphrase from " + name, number);
}

Error unusable(const std::string& name, const char* what) {
  return {Errc::invalid, "reading the owner's passphrase from " + name + ": " + what};
}

}  // namespace

Result<Passphrase> Passphrase::read_line(int number, const std::string& name) {
  Passphrase line;
  char next = 0;
  ssize_t got = ::read(number, &next, 1);
  for (; got == 1 && next != '\n'; got = ::read(number, &next, 1)) {
    if (line.size_ == kLongest) return unusable(name, "it is longer than 1024 bytes");
    line.text_[line.size_++] = next;
  }
  if (got < 0) return passphrase_error(name, errno);
  if (line.size_ > 0 && line.text_[line.size_ - 1] == '\r') --line.size_;
  if (line.size_ == 0) return unusable(name, "its first line is empty");
  return line;
}

/// O_NONBLOCK: a pipe without a writer must not hold the program.
Result<Passphrase> Passphrase::from_file(const std::string& path) {
  const io::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.is_open()) return passphrase_error(path, errno);
  return read_line(file.number(), path);
}

Passphrase::~Passphrase() {
  wipe();
}

Passphrase::Passphrase(Passphrase&& other) noexcept : text_(other.text_), size_(other.size_) {
  other.wipe();
}

void Passphrase::wipe() {
  protocol::tpm::wipe({reinterpret_cast<std::uint8_t*>(text_.data()), text_.size()});
  size_ = 0;
}

}  // namespace updater::tpm
