// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/story_secrets.h"

#include <string_view>
#include <utility>

#include "emulator/machine/secret_keys.h"

namespace scenarios::engine {
namespace {

constexpr std::string_view kNotShown = "(not shown)";
constexpr std::size_t kShortestSecret = 4;

std::string without_quotation_marks(std::string text) {
  if (text.size() >= 2 && text.front() == '"') return text.substr(1, text.size() - 2);
  return text;
}

void hide_in(std::string& text, std::string_view secret) {
  for (std::size_t at = text.find(secret); at != std::string::npos;
       at = text.find(secret, at + kNotShown.size()))
    text.replace(at, secret.size(), kNotShown);
}

/// A file's text ends in an end of line; what is printed of it may not.
std::string_view without_end_of_line(std::string_view text) {
  const std::size_t last = text.find_last_not_of("\r\n");
  return text.substr(0, last == text.npos ? 0 : last + 1);
}

}  // namespace

std::vector<std::string> secrets_of(const Scenario& story) {
  std::vector<std::string> secrets;
  for (const emulator::machine::Override& value : story.set) {
    if (emulator::machine::is_secret(value.key))
      secrets.push_back(without_quotation_marks(value.value));
  }
  for (const TextFile& file : story.files) secrets.push_back(file.text);
  std::erase_if(secrets, [](const std::string& s) { return s.size() < kShortestSecret; });
  return secrets;
}

void hide(const std::vector<std::string>& secrets, StepOutcome& outcome) {
  const std::string everybodys = emulator::tpm::TpmState{}.owner_passphrase;
  for (const std::string& secret : secrets) {
    const std::string_view text = without_end_of_line(secret);
    if (text.size() < kShortestSecret || text == everybodys) continue;
    hide_in(outcome.out, text);
    hide_in(outcome.err, text);
    for (Mismatch& mismatch : outcome.mismatches) hide_in(mismatch.got, text);
  }
}

}  // namespace scenarios::engine
