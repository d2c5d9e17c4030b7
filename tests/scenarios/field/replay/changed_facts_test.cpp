// SPDX-License-Identifier: BSD-3-Clause
// What a log shows is the board's: any fact of MEInfo and of the flash's block in FWUpdLcl, changed
// to another legal value, is reproduced.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "base/lines.h"
#include "scenarios/field/replay/field_bench.h"
#include "tests/scenarios/engine/load.h"
#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

struct Change {
  const char* label;  ///< with its colon
  std::vector<const char*> values;
};

/// Legal values: the words of the tools, of the specifications and of the set-up's public guides.
/// Not among them: "Not available" for a service, which no public log of MEInfo 5 shows
/// (docs/fidelity.md, updater-meinfo-missing).
const std::vector<Change>& changes_of_five() {
  static const std::vector<Change> all = {
      {"FW Status Register:", {"0X1009065A"}},
      {"BIOS Version:", {"786G1 v01.16", "7UET93WW (3.23 )"}},
      {"Flash:", {"5.0.3 Netstack: 5.0.1", "5.0.1 Netstack: 5.0.3"}},
      {"Apps:",
       {"5.0.3 Intel(R) Standard Manageability: 5.0.1",
        "5.0.1 Intel(R) Standard Manageability: 5.0.3"}},
      {"VendorID:", {"8087"}},
      {"Build Number:", {"1234"}},
      {"Manageability Mode:", {"None", "ASF2", "CP"}},
      {"UNS Version:", {"5.2.0.1011"}},
      {"LMS Version:", {"5.2.0.1014"}},
      {"MEI Driver version:", {"5.2.0.1003"}},
      {"Link status:", {"Link up"}},
      {"Cryptography fuse:", {"Disabled"}},
      {"Flash protection:", {"Disabled"}},
      {"Last ME reset reason:", {"Power up", "FW reset", "Unknown"}},
      {"Configuration state:", {"Not started", "In process"}},
      {"BIOS boot State:", {"Pre Boot"}},
      {"MAC Address:", {"02-24-81-5a-00-7c"}},
      {"FWU Override Counter:", {"5", "Never"}},
      {"FWU Override Qualifier:", {"Never", "Restricted"}},
      {"IP Address:", {"10.1.7.12"}},
      {"MEBx Version:", {"5.0.1.3"}},
      {"FT Version:", {"5.1", "6.0"}},
      {"FT Build Number:", {"1201"}},
      {"Local FWUpdate:", {"Password Protected", "Disabled"}},
      {"Secure FWUpdate:", {"Enabled"}},
      {"Remote Connectivity Service Capability:", {"True"}},
      {"Configuration Mode:", {"None", "Enterprise", "Remote Assistance"}},
      {"TPM SPEC Version:", {"1.2.5.9", "1.2.4.1"}},
      {"TPM FW Version:", {"5.9"}},
      {"TPM Firmware Build Number:", {"1201"}},
      {"TPM Operational Mode:",
       {"Enabled Owned Active", "Enabled Unowned Active", "Enabled Unowned Inactive",
        "Disabled Owned Active", "Disabled Owned Inactive", "Disabled Unowned Active",
        "Disabled Unowned Inactive"}},
      {"iTPM - FIPS 140-2:", {"True"}},
      {"iTPM - Physical presence life time lock flag:", {"True"}},
      {"iTPM - Physical presence command enabled flag:", {"False"}},
      {"iTPM - Physical presence HW enabled flag:", {"True"}},
      {"TPM fuses (MCH/ICH/soft strap MCH/ soft strap ICH):", {"Disabled"}},
      {"FW behavior on Flash Descriptor Override Pin-Strap:", {"Continue"}},
  };
  return all;
}

/// The lockout numbers, where they are read rightly.
const std::vector<Change>& changes_of_dos() {
  static const std::vector<Change> all = {
      {"iTPM - Failed Attempts Threshold:", {"8"}},
      {"iTPM - Initial lockout period:", {"120"}},
      {"iTPM - Lockout multiplier:", {"3"}},
      {"iTPM - Fade-out period:", {"7200"}},
  };
  return all;
}

const std::vector<Change>& changes_of_four() {
  static const std::vector<Change> all = {
      {"BIOS Version:", {"6DET65WW (3.15 )"}},
      {"Flash:", {"4.1.3", "4.2.60"}},
      {"Netstack:", {"4.1.3"}},
      {"Apps:", {"4.1.3"}},
      {"Intel(R) AMT:", {"4.1.3"}},
      {"VendorID:", {"8087"}},
      {"Build Number:", {"1028"}},
      {"Intel(R) AMT Mode:", {"Enterprise", "Small Business"}},
      {"Link status:", {"Link up"}},
      {"Cryptography fuse:", {"Disabled"}},
      {"Flash protection:", {"Disabled"}},
      {"Last ME reset reason:", {"Global system reset"}},
      {"Configuration state:", {"In process", "Completed"}},
      {"BIOS boot State:", {"Pre Boot"}},
      {"Host Mac Address:", {"00-1f-16-aa-bb-cc"}},
      {"FWU Override Counter:", {"Never"}},
      {"FWU Override Qualifier:", {"Never"}},
      {"Wireless Driver Version:", {"12.4.0.21"}},
      {"Wireless Hardware Version:", {"2.0.7"}},
      {"UNS Version:", {"4.2.0.1010"}},
      {"LMS Version:", {"4.2.0.1010"}},
      {"MEI Driver version:", {"4.1.0.1010"}},
      {"MEBx Version:", {"4.0.3.4"}},
      {"FT Version:", {"5.0"}},
  };
  return all;
}

const std::vector<Change>& changes_of_flash_info() {
  static const std::vector<Change> all = {
      {"Version :", {"5.1.4.1201"}},
      {"Last Update Staus :", {"0", "8707"}},
      {"EnabledUpdateInterfaces :", {"7", "4"}},
  };
  return all;
}

std::string with_value(const std::string& log, const std::string& label, const char* value) {
  std::string text = log;
  const std::size_t at = log.starts_with(label) ? 0 : log.find("\n" + label) + 1;
  const std::size_t end = text.find('\n', at);
  EXPECT_EQ(log.compare(at, label.size(), label), 0) << label;
  return text.replace(at + label.size(), end - at - label.size(), std::string(" ") + value);
}

void expect_reproduced_with(const std::string& log, const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    for (const char* value : change.values) {
      const engine::StoryFolder folder;
      auto bench = FieldBench::make(reading(with_value(log, change.label, value)), folder.path());
      ASSERT_TRUE(bench);
      ASSERT_EQ(bench->covered().size(), 1u) << change.label;
      const ReplayedRun& run = bench->replay_run(bench->covered()[0], {});
      const ComparedLine* first = run.comparison.first_difference();
      EXPECT_TRUE(run.reproduced() && run.comparison.set_aside() == 0)
          << change.label << " " << value << ": " << run.failure
          << (first == nullptr ? "" : first->log.text + " / " + first->ours);
    }
  }
}

/// Of each line that has a label: "Flash:", "FT Build Number:".
std::set<std::string> labels_in(const std::string& log) {
  std::set<std::string> labels;
  for (const std::string& line : base::lines_of(log)) {
    const std::size_t colon = line.find(':');
    if (colon != line.npos && meinfo_fact(line.substr(0, colon)))
      labels.insert(line.substr(0, colon + 1));
  }
  return labels;
}

void expect_each_changed(const std::string& log, const std::vector<std::vector<Change>>& tables,
                         const std::set<std::string>& others) {
  std::set<std::string> changed = others;
  for (const auto& table : tables) {
    for (const Change& change : table) changed.insert(change.label);
  }
  for (const std::string& label : labels_in(log))
    EXPECT_TRUE(changed.contains(label)) << label << " of MEInfo is changed by no row";
}

/// A fact that a log shows and no row changes would be forgotten. What stands apart: the list of
/// capabilities is of several lines (OtherValues), of the TPM inside the ME one maker and one state
/// are known, and the wireless card's refusal has two lines.
TEST(ChangedFacts, LeaveNoLabelOut) {
  expect_each_changed(contents("esprimo-e5730/meinfo-dos-5.0.1.1111.txt"),
                      {changes_of_five(), changes_of_dos()},
                      {"FW Capabilities:", "TPM Vendor ID:", "TPM State:"});
  expect_each_changed(contents("thinkpad-t400/meinfo-windows-4.0.3.1124.txt"), {changes_of_four()},
                      {"SKU:", "Wireless MAC address:"});
}

TEST(ChangedFacts, OfMeinfoFiveUnderDosAreReproduced) {
  const std::string log = contents("esprimo-e5730/meinfo-dos-5.0.1.1111.txt");
  std::vector<Change> changes = changes_of_five();
  std::erase_if(changes, [&](const Change& change) {
    return log.find("\n" + std::string(change.label)) == log.npos;
  });
  expect_reproduced_with(log, changes);
  expect_reproduced_with(log, changes_of_dos());
}

TEST(ChangedFacts, OfTheHostsSoftwareUnderWindowsAreReproduced) {
  std::vector<Change> changes = changes_of_five();
  std::erase_if(changes, [](const Change& change) {
    const std::string label = change.label;
    return label != "UNS Version:" && label != "LMS Version:" && label != "MEI Driver version:";
  });
  ASSERT_EQ(changes.size(), 3u);
  expect_reproduced_with(contents("esprimo-e5730/meinfo-win81-5.2.70.1046.txt"), changes);
}

TEST(ChangedFacts, OfMeinfoFourAreReproduced) {
  expect_reproduced_with(contents("thinkpad-t400/meinfo-windows-4.0.3.1124.txt"),
                         changes_of_four());
}

TEST(ChangedFacts, OfTheFlashsBlockAreReproduced) {
  const std::string log = contents("esprimo-e5730/fwupdlcl-win81.txt");
  // The second run, as far as it tells of the flash and of the image.
  const std::size_t begin = log.find("FWUpdLcl.exe", 1);
  const std::string begun = log.substr(begin, log.find("Communication Mode", begin) - begin);
  expect_reproduced_with(begun, changes_of_flash_info());
}

/// The board in question: firmware 5.1.2 whose log says so of the FT and of the TPM otherwise.
TEST(ChangedFacts, AnObservedVersionWinsOverADerivedOne) {
  std::string log = contents("esprimo-e5730/meinfo-dos-5.0.1.1111.txt");
  for (std::size_t at = log.find("5.0.1"); at != log.npos; at = log.find("5.0.1", at + 1))
    log.replace(at, 5, "5.1.2");
  const engine::StoryFolder folder;
  auto bench = FieldBench::make(reading(log), folder.path());
  ASSERT_TRUE(bench);
  const ReplayedRun& run = bench->replay_run(bench->covered().at(0), {});
  EXPECT_TRUE(run.reproduced());
  EXPECT_EQ(run.comparison.count(LineVerdict::observed), 3u) << "FT, TPM SPEC, TPM FW";
}

}  // namespace
}  // namespace scenarios::field
