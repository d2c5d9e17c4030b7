// SPDX-License-Identifier: BSD-3-Clause
// What the owner says he has tried, and what only sounds like it.
#include "scenarios/field/reading/tried_words.h"

#include <gtest/gtest.h>

#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

std::string tried_in(const std::string& text) {
  std::string tried;
  for (const TriedLine& line : reading(text).tried) tried += std::string(name(line.what)) + "; ";
  return tried;
}

TEST(TriedWords, WhatIsAskedDeniedOrProposedWasNotTried) {
  for (const char* line :
       {"Did you clear the TPM?", "I have not cleared the TPM.", "AMT is not provisioned",
        "I haven't cleared the TPM", "I haven\xE2\x80\x99t cleared the TPM",
        "You should clear the TPM.", "Maybe one could disable the TPM",
        "Nothing works. Did you enable the TPM?"})
    EXPECT_EQ(tried_in(line), "") << line;
}

TEST(TriedWords, WhatIsFearedRequiredOrTrueUnderAConditionWasNotTried) {
  for (const char* line : {"I've never cleared the TPM.",
                           "I have tried everything except clearing the TPM.",
                           "Clearing the TPM is not an option for me",
                           "I am afraid to clear the TPM.",
                           "If I clear the TPM I lose my keys.",
                           "If I cleared the TPM I would lose my keys.",
                           "Someone told me to clear the TPM but I did not want to",
                           "The manual says the TPM must be disabled before the update.",
                           "The manual says the TPM is disabled before the update.",
                           "I have never unplugged it, it is a server.",
                           "WARNING: Never unplug the computer while the update runs!",
                           "After that clear the TPM and start again",
                           "First clear the TPM, then run it",
                           "Have you tried clearing the TPM?",
                           "I have to clear the TPM",
                           "I unplugged the monitor",
                           "The TPM was enabled when I bought it",
                           "TPM: Enabled, Owned, Active",
                           "I waited ten minutes, it hangs",
                           "I changed the MEBx password",
                           "TPM ist deaktiviert",
                           "TPM nicht geloescht",
                           "TPM gel\xC3\xB6scht: nein",
                           "Ich h\xC3\xA4tte das TPM gel\xC3\xB6scht, aber"})
    EXPECT_EQ(tried_in(line), "") << line;
}

TEST(TriedWords, WhatDidNotHelpWasTried) {
  EXPECT_EQ(tried_in("I cleared the TPM, that did not help"), "TPM cleared; ");
  EXPECT_EQ(tried_in("Clearing the TPM didn't help."), "TPM cleared; ");
  EXPECT_EQ(tried_in("I disabled the TPM. What should I do?"), "TPM disabled; ");
  EXPECT_EQ(tried_in("I could not update but I cleared the TPM"), "TPM cleared; ");
}

TEST(TriedWords, PeopleHaveManyWordsForWhatTheyTried) {
  EXPECT_EQ(tried_in("Activated the TPM in the BIOS"), "TPM activated; ");
  EXPECT_EQ(tried_in("Enabled ME Firmware Local Update in MEBx"), "local update switched on; ");
  EXPECT_EQ(tried_in("I turned off the TPM"), "TPM disabled; ");
  EXPECT_EQ(tried_in("I switched the TPM on again"), "TPM enabled; ");
  EXPECT_EQ(tried_in("I pulled the plug overnight"), "power taken away; ");
  EXPECT_EQ(tried_in("I pulled the mains plug too"), "power taken away; ");
  EXPECT_EQ(tried_in("Removed the battery and unplugged the laptop"), "power taken away; ");
  EXPECT_EQ(tried_in("I gave the correct owner password"), "TPM owner password given; ");
  EXPECT_EQ(tried_in("I waited until the lockout was over"), "lockout waited out; ");
  EXPECT_EQ(tried_in("Set deferred physical presence in the BIOS"),
            "update of the unowned TPM allowed; ");
  EXPECT_EQ(tried_in("I tried to clear the TPM"), "TPM cleared; ");
  EXPECT_EQ(tried_in("after TPM clear:"), "TPM cleared; ");
  EXPECT_EQ(tried_in("TPM habe ich gel\xC3\xB6scht (Clear)"), "TPM cleared; ");
}

TEST(TriedWords, NamesOfFilesAreNobodysWords) {
  EXPECT_EQ(tried_in("$ cat /sys/class/tpm/tpm0/device/enabled"), "");
  EXPECT_EQ(tried_in("C:\\tpm\\cleared.txt"), "");
  EXPECT_EQ(tried_in("I cleared the TPM, see /tmp/log.txt"), "TPM cleared; ");
}

TEST(TriedWords, ALineOfATableOrOfATornLogIsNobodysWords) {
  EXPECT_EQ(tried_in("TPM Operational Mode Enabled Owned Inactive"), "");
  EXPECT_EQ(tried_in("Local FWUpdate Enabled, allowed"), "");
  EXPECT_EQ(tried_in("Error (8721): Firmware update through\nTPM is enabled. Use -tpm switch"), "");
}

TEST(TriedWords, WhatTheOwnerTriedIsHeard) {
  const auto report = read_report({kReports + "esprimo-e5730"});
  ASSERT_TRUE(report);
  std::string tried;
  for (const TriedLine& line : report->tried) tried += std::string(name(line.what)) + "; ";
  EXPECT_EQ(tried, "AMT un-provisioned; AMT provisioned; TPM cleared; TPM disabled; TPM enabled; ");
}

}  // namespace
}  // namespace scenarios::field
