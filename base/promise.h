// SPDX-License-Identifier: BSD-3-Clause
// What our own parts promise one another, checked on both sides of a door, in release too: the
// caller what it gives, the callee what it relies on. No input reaches a broken one; where one
// breaks, a part of ours is wrong.
#pragma once

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <exception>

namespace base {

/// Thrown only while somebody holds ThrowBrokenPromises.
class BrokenPromise final : public std::exception {
 public:
  BrokenPromise(const char* file, int line, const char* promise)
      : file_(file), line_(line), promise_(promise) {}

  const char* what() const noexcept override { return promise_; }
  const char* file() const { return file_; }
  int line() const { return line_; }

 private:
  // Literals all: nothing is allocated when something is wrong already.
  const char* file_;
  int line_;
  const char* promise_;
};

enum class OnBrokenPromise : unsigned char {
  abort,      ///< says which and ends the program
  throw_one,  ///< for a program that holds a device which must not be left like that
};
inline std::atomic<OnBrokenPromise> on_broken_promise{OnBrokenPromise::abort};

[[noreturn]] inline void break_promise(const char* file, int line, const char* promise) {
  if (on_broken_promise == OnBrokenPromise::throw_one) throw BrokenPromise(file, line, promise);
  std::fprintf(stderr, "%s:%d: a promise between parts of this program is broken: %s\n", file, line,
               promise);
  std::abort();
}

/// For as long as it lives a broken promise is thrown. One at a time.
class ThrowBrokenPromises {
 public:
  ThrowBrokenPromises() { on_broken_promise = OnBrokenPromise::throw_one; }
  ~ThrowBrokenPromises() { on_broken_promise = OnBrokenPromise::abort; }
  ThrowBrokenPromises(const ThrowBrokenPromises&) = delete;
  ThrowBrokenPromises& operator=(const ThrowBrokenPromises&) = delete;
};

}  // namespace base

/// MEBENCH_PROMISE(sent <= size, "no more is sent than there is"). The condition has no effects. In
/// loops over bytes that a benchmark shows to be slower with it, plain assert() stays.
#define MEBENCH_PROMISE(condition, promise) \
  (static_cast<bool>(condition) ? void() : ::base::break_promise(__FILE__, __LINE__, promise))
