// SPDX-License-Identifier: BSD-3-Clause
#include "os/error_meanings.h"

#include <array>
#include <cerrno>

#include "os/system_error.h"

namespace os {
namespace {

using base::Errc;
using base::Error;

constexpr std::array kForEveryFile = {
    Meaning{.number = EACCES, .code = Errc::permission, .advice = "run this as root"},
    Meaning{.number = EPERM, .code = Errc::permission, .advice = "run this as root"},
};

const Meaning* find(std::span<const Meaning> meanings, int number) {
  for (const Meaning& m : meanings) {
    if (m.number == number) return &m;
  }
  return nullptr;
}

}  // namespace

Error explain(std::span<const Meaning> meanings, const std::string& doing, int number) {
  const std::string words = doing + ": " + error_words(number);
  const Meaning* m = find(meanings, number);
  if (m == nullptr) m = find(kForEveryFile, number);
  if (m == nullptr) return {Errc::io, words, static_cast<std::uint32_t>(number)};
  const std::string advice = m->advice != nullptr ? std::string(" - ") + m->advice : "";
  return {m->code, words + advice, static_cast<std::uint32_t>(number)};
}

}  // namespace os
