// SPDX-License-Identifier: BSD-3-Clause
// A transport that notes what it is sent and answers what the test has laid out, in order; then
// with success and nothing.
#pragma once

#include <deque>
#include <vector>

#include "base/hex.h"
#include "updater/tpm/tpm_transport.h"

namespace test {

class ScriptedTransport final : public updater::tpm::TpmTransport {
 public:
  using Answer = base::Result<base::Bytes>;

  std::string name() const override { return "scripted"; }
  Answer transmit(base::ByteView command, base::Duration limit) override {
    sent.emplace_back(command.begin(), command.end());
    limits.push_back(limit);
    if (answers.empty()) return base::from_hex("00c4 0000000a 00000000").value();
    Answer answer = answers.front();
    answers.pop_front();
    return answer;
  }

  void will_answer(std::string_view hex) { answers.push_back(base::from_hex(hex).value()); }

  std::deque<Answer> answers;
  std::vector<base::Bytes> sent;
  std::vector<base::Duration> limits;
};

class CountedTime final : public base::Clock {
 public:
  base::TimePoint now() const override { return now_; }
  void sleep(base::Duration amount) override { now_ += amount; }

 private:
  base::TimePoint now_{};
};

}  // namespace test
