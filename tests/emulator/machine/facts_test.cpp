// SPDX-License-Identifier: BSD-3-Clause
// The words that a fact is checked against are those which the machine uses.
#include "emulator/machine/facts.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "emulator/firmware/firmware_view.h"
#include "emulator/firmware/update_session.h"
#include "emulator/heci/heci_device.h"

namespace emulator::machine {
namespace {

template <class State>
void expect_words(const char* fact, State last) {
  const BoardFact* found = find_fact(fact);
  ASSERT_NE(found, nullptr) << fact;
  EXPECT_EQ(found->words.size(), static_cast<std::size_t>(last) + 1) << fact;
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    const char* word = name(static_cast<State>(i));
    EXPECT_NE(std::ranges::find(found->words, word), found->words.end()) << fact << ' ' << word;
  }
}

TEST(Facts, AreCheckedAgainstTheWordsThatTheMachineUses) {
  expect_words("boot", firmware::BootPath::disabled);
  expect_words("session", firmware::SessionState::failed);
  expect_words("link", heci::LinkState::up);
}

TEST(Facts, OfABoardAreAmongTheirWords) {
  for (const bool has_tpm : {true, false}) {
    auto profile = load_profile("esprimo-e5730").value();
    profile.tpm.fitted = has_tpm;
    const auto machine = Machine::build(profile, {}).value();
    for (const BoardFact& fact : facts()) {
      if (fact.words.empty()) continue;
      const std::string seen = fact.read(*machine);
      EXPECT_NE(std::ranges::find(fact.words, seen), fact.words.end()) << fact.name << ' ' << seen;
    }
  }
}

}  // namespace
}  // namespace emulator::machine
