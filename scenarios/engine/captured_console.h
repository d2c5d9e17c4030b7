// SPDX-License-Identifier: BSD-3-Clause
// The console of a program that runs inside a story: what it prints is kept, and the story says
// whether a person sits there.
#pragma once

#include <string>

#include "scenarios/engine/host_side.h"
#include "scenarios/engine/step.h"
#include "updater/cli/meupdate.h"

namespace scenarios::engine {

class CapturedConsole final : public updater::cli::Console {
 public:
  CapturedConsole(Person person, const HostSide& host) : person_(person), host_(host) {}

  void out(std::string_view text) override {
    if (!host_.killed()) out_ += text;
  }
  void err(std::string_view text) override {
    if (!host_.killed()) err_ += text;
  }
  std::string date() const override { return {}; }
  bool interactive() const override { return person_ != Person::none; }
  bool confirm(std::string_view question) override {
    out_ += question;
    out_ += person_ == Person::yes ? "yes\n" : "no\n";
    return person_ == Person::yes;
  }
  bool stop_requested() const override { return host_.stop_requested() || host_.killed(); }

  const std::string& printed() const { return out_; }
  const std::string& complained() const { return err_; }

 private:
  Person person_;
  const HostSide& host_;
  std::string out_;
  std::string err_;
};

}  // namespace scenarios::engine
