// SPDX-License-Identifier: BSD-3-Clause
#include "os/secret_file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>

#include "os/descriptor.h"
#include "os/file_kind.h"
#include "os/system_error.h"

namespace os {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using base::Secret;

/// One file, byte by byte, until its end or the alarm.
class SecretSource {
 public:
  SecretSource(int number, Descriptor alarm) : number_(number), alarm_(std::move(alarm)) {
    struct stat status {};
    const bool pipe = ::fstat(number, &status) == 0 && S_ISFIFO(status.st_mode);
    may_begin_later_ = pipe && alarm_.is_open();
  }

  /// Nothing: the end. Errors are bare: what was read is the caller's to say.
  Result<std::optional<char>> next() {
    for (;;) {
      char byte = 0;
      const ssize_t got = ::read(number_, &byte, 1);
      if (got == 1) {
        began_ = true;
        return std::optional(byte);
      }
      if (got < 0 && errno != EAGAIN) return failure(errno);
      // A pipe whose writer is still to come looks like one that has ended.
      const bool ended = got == 0 && (began_ || hung_up_ || !may_begin_later_);
      if (ended) return std::optional<char>();
      if (const auto more = wait(); !more) return more.error();
    }
  }

 private:
  static Error failure(int number) {
    if (number == EINTR) return {Errc::interrupted, ": stopped as asked"};
    return system_error("", number);
  }

  Result<void> wait() {
    std::array<pollfd, 2> wanted = {pollfd{.fd = number_, .events = POLLIN, .revents = 0},
                                    pollfd{.fd = alarm_.number(), .events = POLLIN, .revents = 0}};
    if (::poll(wanted.data(), wanted.size(), -1) < 0) return failure(errno);
    hung_up_ = (wanted[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
    if (wanted[0].revents != 0 || wanted[1].revents == 0) return {};
    return Error{Errc::timeout, began_ ? ": what was written to it did not end in time"
                                       : ": nobody has written to it in time"};
  }

  int number_;
  Descriptor alarm_;
  bool may_begin_later_ = false;
  bool began_ = false;
  bool hung_up_ = false;
};

Error named(Error error, const std::string& doing) {
  error.doing = doing + error.doing;
  return error;
}

std::string reading(const SecretKind& kind, const std::string& name) {
  return std::string("reading ") + kind.name + " from " + name;
}

Error unusable(const std::string& doing, const std::string& what) {
  return {Errc::invalid, doing + ": " + what};
}

Result<Secret> line_from(SecretSource& source, const std::string& doing, const SecretKind& kind) {
  Secret line(kind.longest + 1);  // and a carriage return
  std::size_t size = 0;
  for (;;) {
    const auto byte = source.next();
    if (!byte) return named(byte.error(), doing);
    if (!*byte || **byte == '\n') break;
    if (size == line.size())
      return unusable(doing,
                      "its first line is longer than " + std::to_string(kind.longest) + " bytes");
    line.room()[size++] = static_cast<std::uint8_t>(**byte);
  }
  if (size > 0 && line.room()[size - 1] == '\r') --size;
  if (size == 0) return unusable(doing, "its first line is empty");
  if (size > kind.longest)
    return unusable(doing,
                    "its first line is longer than " + std::to_string(kind.longest) + " bytes");
  line.shorten(size);
  return line;
}

Result<Secret> bytes_from(SecretSource& source, const std::string& doing, const SecretKind& kind) {
  Secret bytes(kind.longest);
  std::size_t size = 0;
  for (;;) {
    const auto byte = source.next();
    if (!byte) return named(byte.error(), doing);
    if (!*byte) break;
    if (size < kind.longest) bytes.room()[size] = static_cast<std::uint8_t>(**byte);
    if (++size > kind.longest) break;
  }
  if (size == kind.longest) return bytes;
  return unusable(doing, "it must be exactly " + std::to_string(kind.longest) + " bytes");
}

Result<Descriptor> alarm_in(base::Duration limit) {
  using namespace std::chrono;
  Descriptor timer(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
  itimerspec when{};
  when.it_value.tv_sec = duration_cast<seconds>(limit).count();
  when.it_value.tv_nsec = (limit % seconds(1)).count();
  if (!timer.is_open() || ::timerfd_settime(timer.number(), 0, &when, nullptr) != 0)
    return system_error("setting an alarm");
  return timer;
}

/// A shell's "<(...)" is a pipe by the name of an open file: opened anew, so that what is set for
/// it is nobody else's. A pipe without a writer must not hold the program.
Result<Descriptor> open_source(const std::string& path, const std::string& doing) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return system_error(doing);
  if (S_ISDIR(status.st_mode) || S_ISBLK(status.st_mode))
    return unusable(doing, std::string("it is ") + kind_in_words(status.st_mode));
  Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  return file.is_open() ? Result<Descriptor>(std::move(file)) : system_error(doing);
}

template <class Read>
Result<Secret> read_path(const std::string& path, const SecretKind& kind, base::Duration limit,
                         Read read) {
  const std::string doing = reading(kind, path);
  const auto file = open_source(path, doing);
  if (!file) return file.error();
  auto alarm = alarm_in(limit);
  if (!alarm) return alarm.error();
  SecretSource source(file->number(), std::move(alarm).value());
  return read(source, doing, kind);
}

}  // namespace

Result<Secret> read_secret_line(const std::string& path, const SecretKind& kind, const NoCoreDumps&,
                                base::Duration limit) {
  return read_path(path, kind, limit, line_from);
}

Result<Secret> read_secret_line(int number, const std::string& name, const SecretKind& kind,
                                const NoCoreDumps&) {
  SecretSource source(number, Descriptor());
  return line_from(source, reading(kind, name), kind);
}

Result<Secret> read_secret_bytes(const std::string& path, const SecretKind& kind,
                                 const NoCoreDumps&, base::Duration limit) {
  return read_path(path, kind, limit, bytes_from);
}

}  // namespace os
