// SPDX-License-Identifier: BSD-3-Clause
// Result<T>: a value, or the Error that says why there is none. The words are those of
// std::expected.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace base {

/// What kind of thing went wrong on the other side or with a resource.
enum class Errc : std::uint8_t {
  timeout,       ///< an answer did not come within its limit
  disconnected,  ///< the link or the client connection is gone; reconnecting may help
  protocol,      ///< the other side sent something its specification does not allow
  refused,       ///< the other side answered, and the answer is no (see Error::status)
  not_found,     ///< no such device, client, file or name
  io,            ///< the operating system reported a failure
  invalid,       ///< malformed input: a file, a message, an argument
  unsupported,   ///< this device or transport cannot do it
  permission,    ///< the operating system forbids it
  busy,          ///< in use; trying later may help
  interrupted,   ///< the person or the caller asked to stop
};

/// Stable lower-case name of `code`, for logs and JSON.
constexpr const char* name(Errc code) {
  switch (code) {
    case Errc::timeout:
      return "timeout";
    case Errc::disconnected:
      return "disconnected";
    case Errc::protocol:
      return "protocol";
    case Errc::refused:
      return "refused";
    case Errc::not_found:
      return "not_found";
    case Errc::io:
      return "io";
    case Errc::invalid:
      return "invalid";
    case Errc::unsupported:
      return "unsupported";
    case Errc::permission:
      return "permission";
    case Errc::busy:
      return "busy";
    case Errc::interrupted:
      return "interrupted";
  }
  return "unknown";
}

/// A failure: its kind, what was being done in words a person can use, and the other side's
/// own code.
struct Error {
  Errc code = Errc::io;
  std::string doing;
  std::uint32_t status =
      0;  ///< the device's or the operating system's number; 0 where there is none

  bool operator==(const Error&) const = default;
};

/// Either a T or an Error. Reading the side that is not there is our own mistake and asserts.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: as std::expected
  Result(Error error)
      : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: as std::expected

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    assert(has_value());
    return std::move(*std::get_if<0>(&state_));
  }
  const Error& error() const {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  T value_or(T fallback) const { return has_value() ? value() : std::move(fallback); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : failed_(true), error_(std::move(error)) {}  // NOLINT: as std::expected

  bool has_value() const { return !failed_; }
  explicit operator bool() const { return has_value(); }
  const Error& error() const {
    assert(failed_);
    return error_;
  }

 private:
  bool failed_ = false;
  Error error_;
};

}  // namespace base
