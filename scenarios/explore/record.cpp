// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/record.h"

#include <algorithm>

namespace scenarios::explore {
namespace {

constexpr std::array<const char*, kEndingCount> kEndings = {"never_struck", "updated", "unchanged",
                                                            "met", "violation"};

struct RuleRow {
  const char* name;
  const char* words;
};
constexpr std::array<RuleRow, kRuleCount> kRules = {{
    {"none", "nothing is wrong"},
    {"boots", "the board boots, its operational or its recovery code"},
    {"whole", "the code that runs is the old or the new one, every byte of it"},
    {"way_home", "whoever follows the words ends with an updated or an unchanged board"},
    {"truth", "what is printed is true"},
    {"settings", "settings and provisioning are what they were, or what the update leaves"},
    {"tpm", "the TPM's owner, keys, NV areas and counters are what they were"},
    {"secret", "no secret is printed"},
    {"story", "what the story asks for in the end holds"},
    {"runs", "the program neither breaks nor hangs"},
    {"kept", "what strikes before the commit costs no code that runs"},
    {"arrives", "what is lost, late or killed keeps no update from going through in the end"},
    {"credits", "the ME sends only what the host has granted room for"},
    {"mirror", "whoever keeps the flash in a file is told of every change"},
}};

}  // namespace

const char* name(Ending ending) {
  return kEndings.at(static_cast<std::size_t>(ending));
}
const char* name(Rule rule) {
  return kRules.at(static_cast<std::size_t>(rule)).name;
}
const char* words(Rule rule) {
  return kRules.at(static_cast<std::size_t>(rule)).words;
}

void Record::list_is(const std::vector<Strike>& list) {
  strike_count = static_cast<std::uint8_t>(std::min(list.size(), kMostStrikes));
  std::copy_n(list.begin(), strike_count, strikes.begin());
}

void Record::say(std::string_view text) {
  what.fill('\0');
  std::copy_n(text.begin(), std::min(text.size(), what.size() - 1), what.begin());
}

}  // namespace scenarios::explore
