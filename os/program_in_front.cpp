// SPDX-License-Identifier: BSD-3-Clause
#include "os/program_in_front.h"

#include <spawn.h>

#include "base/promise.h"
#include "os/system_error.h"

namespace os {
namespace {

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> list;
  list.reserve(texts.size() + 1);
  for (std::string& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

}  // namespace

base::Result<pid_t> start_in_front(std::vector<std::string> words,
                                   std::vector<std::string> environment) {
  MEBENCH_PROMISE(!words.empty(), "a program has a name");
  pid_t id = -1;
  const int failure = ::posix_spawnp(&id, words.front().c_str(), nullptr, nullptr,
                                     pointers_to(words).data(), pointers_to(environment).data());
  if (failure != 0) return system_error("starting " + words.front(), failure);
  return id;
}

}  // namespace os
