// SPDX-License-Identifier: BSD-3-Clause
// Result<T>: a value, or the Error that says why there is none. The words are those of
// std::expected. No function of mebench throws, but for memory that is not there (std::bad_alloc);
// value() does, in your program, when there is none.
#pragma once

#include <mebench/export.h>

#include <cassert>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace mebench {

/// What kind of thing went wrong.
enum class Errc : std::uint8_t {
  timeout,       ///< an answer did not come within its limit
  disconnected,  ///< the link or the connection is gone; connecting again may help
  protocol,      ///< the other side sent what its specification does not allow
  refused,       ///< the other side answered, and the answer is no (Error::status)
  not_found,     ///< no such device, client, file or name
  io,            ///< the operating system reported a failure
  invalid,       ///< an argument, a file or a message is malformed
  unsupported,   ///< this device or transport cannot do it
  permission,    ///< the operating system forbids it
  busy,          ///< in use; trying later may help
  interrupted,   ///< the caller asked to stop
};

struct Error {
  Errc code = Errc::io;
  std::string what;          ///< what was being done and what is wrong, for a person
  std::uint32_t status = 0;  ///< the other side's own number; 0: none

  bool operator==(const Error&) const = default;
};

/// What value() throws where there is none; what() is the error's.
class MEBENCH_API BadResult : public std::runtime_error {
 public:
  explicit BadResult(const Error& error) : std::runtime_error(error.what) {}
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  /// Throws BadResult where there is an error.
  T& value() & { return *checked(); }
  T&& value() && { return std::move(*checked()); }

  /// There is a value.
  T& operator*() & { return *std::get_if<0>(&state_); }
  const T& operator*() const& { return *std::get_if<0>(&state_); }
  T&& operator*() && { return std::move(*std::get_if<0>(&state_)); }
  T* operator->() { return std::get_if<0>(&state_); }
  const T* operator->() const { return std::get_if<0>(&state_); }
  /// There is none.
  const Error& error() const {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }

 private:
  T* checked() {
    if (!has_value()) throw BadResult(error());
    return std::get_if<0>(&state_);
  }

  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : failed_(true), error_(std::move(error)) {}

  bool has_value() const { return !failed_; }
  explicit operator bool() const { return has_value(); }
  /// Throws BadResult where there is an error.
  void value() const {
    if (failed_) throw BadResult(error_);
  }
  /// There is one.
  const Error& error() const {
    assert(failed_);
    return error_;
  }

 private:
  bool failed_ = false;
  Error error_;
};

}  // namespace mebench
