// SPDX-License-Identifier: BSD-3-Clause
// For tests of what permissions forbid: root, who may do everything, becomes nobody for a while.
#pragma once

#include <unistd.h>

namespace test {

class Unprivileged {
 public:
  Unprivileged() : before_(::geteuid()) {
    if (before_ == 0) changed_ = ::seteuid(kNobody);
  }
  ~Unprivileged() {
    if (before_ == 0) changed_ = ::seteuid(before_);
  }
  Unprivileged(const Unprivileged&) = delete;
  Unprivileged& operator=(const Unprivileged&) = delete;

 private:
  static constexpr uid_t kNobody = 65534;
  uid_t before_;
  int changed_ = 0;
};

}  // namespace test
