// SPDX-License-Identifier: BSD-3-Clause
// What the mei driver reads and writes of its function's registers while something else happens:
// the events of Documentation/trace/ftrace.rst's system "mei", in an instance of their own, so that
// nobody else's tracing is disturbed.
#pragma once

#include <string>

namespace updater::collect {

class Tracepoints {
 public:
  /// Begins to trace, where the kernel below `root` lets us.
  explicit Tracepoints(const std::string& root);
  /// Ends it, and takes the instance away.
  ~Tracepoints();
  Tracepoints(const Tracepoints&) = delete;
  Tracepoints& operator=(const Tracepoints&) = delete;

  /// What came so far, as the kernel shows it; empty where nothing was traced.
  std::string text() const;

 private:
  std::string folder_;
  bool on_ = false;
};

}  // namespace updater::collect
