// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/replay/field_bench.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "emulator/machine/profile.h"
#include "scenarios/field/explain/contradiction.h"
#include "scenarios/field/reading/read_report.h"
#include "tests/scenarios/engine/load.h"
#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

class Bench : public testing::Test {
 protected:
  FieldBench on_bench(const std::vector<std::string>& paths) {
    auto report = read_report(paths);
    EXPECT_TRUE(report);
    return made_of(std::move(*report));
  }
  FieldBench on_bench_of(const std::string& text) {
    FieldReport report;
    read_text(text, "pasted.txt", report);
    return made_of(std::move(report));
  }
  FieldBench made_of(FieldReport report) {
    auto bench = FieldBench::make(std::move(report), folder_.path());
    EXPECT_TRUE(bench);
    return std::move(*bench);
  }
  engine::StoryFolder folder_;
};

std::string provenance(const FieldBench& bench, std::size_t state, const std::string& key) {
  const ProfileValue* value = find(bench.profile(state), key);
  if (value == nullptr) return "(not there)";
  return std::string(name(value->provenance)) + " " + value->toml;
}

TEST_F(Bench, TheEsprimoReportShowsTwoBoardsInThreeStates) {
  const FieldBench bench = on_bench({kReports + "esprimo-e5730"});
  std::string names;
  for (const ReportedBoard& state : bench.states()) names += state.name + " ";
  EXPECT_EQ(names, "board1-dos-5.0.1.1111 board1-windows-5.0.1.1111 board2-windows-5.2.70.1046 ");
}

TEST_F(Bench, ALoneErrorIsPlayedOnTheBoardOfALogWhereverItStands) {
  const std::string error = "C:\\>FWUpdLcl.exe x.bin\nError (8719): words\n";
  const std::string update =
      "C:\\>FWUpdLcl.exe y.bin -verbose\nTrying to connect to MEI driver.\n"
      "***** Flash Info ******\nVersion : 5.0.1.1111\nError (8719): words\n";
  for (const std::string& text : {error + update, update + error}) {
    const FieldBench bench = on_bench_of(text);
    ASSERT_EQ(bench.states().size(), 1u) << text;
    EXPECT_EQ(bench.states()[0].runs.size(), 2u) << text;
  }
}

/// A desktop's MEInfo and update through the TPM, and the same again behind a change.
const std::string kOwnedThenCleared =
    "Intel(R) MEInfo Version: 5.0.0.1167\nFlash: 5.1.4 Netstack: 5.1.4\nBuild Number: 1201\n"
    "Configuration state: Completed\nTPM Operational Mode: Enabled Owned Active\n"
    "C:\\>FWUpdLcl.exe y.bin -tpm -verbose\nTrying to connect to MEI driver.\n"
    "***** Flash Info ******\nVersion : 5.1.4.1201\nSKU : (2094)\nEnabledUpdateInterfaces : 5\n"
    "Communication Mode: TPM\nError (8729): words\n"
    "Then I changed something.\n"
    "Intel(R) MEInfo Version: 5.0.0.1167\nFlash: 5.1.4 Netstack: 5.1.4\nBuild Number: 1201\n"
    "TPM Operational Mode: Enabled Unowned Active\n";
const std::string kUpdateAgain =
    "C:\\>FWUpdLcl.exe y.bin -tpm -verbose\nTrying to connect to MEI driver.\n"
    "***** Flash Info ******\nVersion : 5.1.4.1201\nSKU : (2094)\nEnabledUpdateInterfaces : 5\n"
    "Communication Mode: TPM\n";

TEST_F(Bench, ARunSawTheStateThatItsFileShowsLastBeforeIt) {
  const FieldBench bench = on_bench_of(kOwnedThenCleared + kUpdateAgain);
  ASSERT_EQ(bench.states().size(), 2u);
  EXPECT_EQ(bench.states()[0].runs, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(bench.states()[1].runs, (std::vector<std::size_t>{2, 3}));
  EXPECT_TRUE(comes_after(bench.states()[1], bench.states()[0]));
  EXPECT_FALSE(comes_after(bench.states()[0], bench.states()[1]));
}

TEST_F(Bench, ARunOfAnotherFileGoesWhereItSharesMost) {
  FieldReport report;
  read_text(kOwnedThenCleared, "first.txt", report);
  read_text(kUpdateAgain, "second.txt", report);
  const FieldBench bench = made_of(std::move(report));
  ASSERT_EQ(bench.states().size(), 2u);
  EXPECT_EQ(bench.states()[0].runs, (std::vector<std::size_t>{0, 1, 3}));
}

TEST_F(Bench, WhatAStateDoesNotShowIsAsTheFileShowsItLastBefore) {
  const std::string update =
      "Trying to connect to MEI driver.\n***** Flash Info ******\n"
      "Version : 5.1.4.1201\nLast Update Staus : ";
  const FieldBench bench =
      on_bench_of(update + "1\n" + kOwnedThenCleared + "Configuration state: Not started\n" +
                  update + "2\n" + update + "3\n");
  ASSERT_EQ(bench.states().size(), 3u);
  EXPECT_EQ(provenance(bench, 2, "tpm.state.ownership"), "derived \"unowned\"");
  EXPECT_EQ(provenance(bench, 2, "settings.provisioning_state"), "derived \"pre\"");
}

TEST_F(Bench, OfTooManyRunsTheFirstAreWorkedOnAndNoFileIsWrittenForTheOthers) {
  std::string text;
  for (int i = 0; i < 70; ++i)
    text += "Intel(R) MEInfo Version: 5.0.0.1167\nVendorID: 8086\nBuild Number: " +
            std::to_string(1000 + i) + "\n";
  const FieldBench bench = on_bench_of(text);
  EXPECT_EQ(bench.covered().size(), kMostRuns);
  EXPECT_EQ(bench.states().size(), kMostRuns);
  EXPECT_EQ(bench.left_out(), 10u);
}

TEST_F(Bench, ACommandIsToldWithoutTheMarksOfItsFiles) {
  ReplayCommand command;
  command.arguments = {"update", "${image:new.bin}", "--owner-passphrase-file",
                       "${file:owner.txt}"};
  EXPECT_EQ(command.text(), "meupdate update new.bin --owner-passphrase-file owner.txt");
}

TEST_F(Bench, ImagesSpoiltInOtherPlacesAreOtherImages) {
  const auto profile = emulator::machine::load_profile(
      on_bench({kReports + "thinkpad-t400"}).profile_file(0), overrides(on_a_small_board().set));
  ASSERT_TRUE(profile);
  engine::ImageSpec spec{.name = "x.bin", .version = {.major = 4, .minor = 2, .build = 1000}};
  std::vector<engine::ImageSpec> specs = {spec};
  spec.corrupt = {{.offset = 0xC000, .bytes = base::Bytes(16), .place = {}}};
  specs.push_back(spec);
  spec.corrupt[0].offset = 0xC010;
  specs.push_back(spec);
  spec.corrupt[0].bytes = base::Bytes(16, 0x55);
  specs.push_back(spec);
  spec.length = 0xE000;
  specs.push_back(spec);
  spec.corrupt.clear();
  specs.push_back(spec);
  BoardMaker maker;
  std::set<base::Bytes> different;
  for (const engine::ImageSpec& each : specs) {
    const auto image = maker.image(each, *profile);
    ASSERT_TRUE(image) << image.error().doing;
    different.insert(*image);
  }
  EXPECT_EQ(different.size(), specs.size());
}

TEST_F(Bench, BothLinesOfAContradictionAreNamed) {
  const FieldBench bench = on_bench({kReports + "esprimo-e5730"});
  bool found = false;
  for (const Contradiction& each : contradictions(bench.states())) {
    if (each.fact != Fact::tpm_mode) continue;
    found = true;
    EXPECT_EQ(each.first.value, "Enabled Owned Inactive");
    EXPECT_TRUE(place_of(each.first.line).ends_with("meinfo-dos-5.0.1.1111.txt:40"));
    EXPECT_EQ(each.second.value, "Enabled Owned Active");
    EXPECT_TRUE(place_of(each.second.line).ends_with("meinfo-win81-5.0.1.1111.txt:46"));
  }
  EXPECT_TRUE(found);
}

TEST_F(Bench, WhatAToolMisreadIsNoOtherStateOfTheBoard) {
  const FieldBench bench = on_bench({kReports + "esprimo-e5730"});
  std::string misread;
  std::string changed;
  for (const Contradiction& each : contradictions(bench.states()))
    (each.misread.empty() ? changed : misread) += std::string(name(each.fact)) + "; ";
  EXPECT_NE(misread.find("firmware status; "), std::string::npos) << misread;
  EXPECT_NE(misread.find("lockout threshold; "), std::string::npos) << misread;
  EXPECT_NE(changed.find("TPM operational mode; "), std::string::npos) << changed;
  EXPECT_EQ(changed.find("firmware status; "), std::string::npos) << changed;
  for (const Contradiction& each : contradictions(bench.states())) {
    const bool blocked = each.misread.find("service error 1275") != std::string::npos;
    EXPECT_EQ(blocked, each.fact == Fact::firmware_status) << name(each.fact);
  }
}

TEST_F(Bench, OneLineOfAChatIsNoBoard) {
  EXPECT_TRUE(on_bench_of("BIOS Version: A12\n").states().empty());
  EXPECT_TRUE(on_bench_of("Version : 5.0.1.1111\n").states().empty());
  EXPECT_EQ(on_bench_of("BIOS Version: A12\nVendorID: 8086\n").states().size(), 1u);
  EXPECT_EQ(on_bench_of("Intel(R) MEInfo Version: 5.0.0.1167\nBIOS Version: A12\n").states().size(),
            1u);
}

TEST_F(Bench, EveryProfileValueSaysHowItIsKnown) {
  const FieldBench bench = on_bench({kReports + "esprimo-e5730"});
  EXPECT_EQ(provenance(bench, 0, "firmware.version"), "observed \"5.0.1.1111\"");
  EXPECT_EQ(provenance(bench, 0, "firmware.sku"), "observed 2110");
  EXPECT_EQ(provenance(bench, 0, "surroundings.wired.mac"), "observed \"00-19-39-47-bb-dd\"");
  EXPECT_EQ(provenance(bench, 0, "pci.firmware_status"), "observed 0x3009065A");
  EXPECT_EQ(provenance(bench, 1, "pci.firmware_status"), "derived 0x3009065A");
  EXPECT_EQ(provenance(bench, 1, "host.windows.register_access_blocked"), "derived true");
  EXPECT_EQ(provenance(bench, 2, "firmware.sku"), "assumed 0x3E");
  EXPECT_EQ(provenance(bench, 0, "pci.device_id"), "assumed 0x2E14");
}

TEST_F(Bench, ABlankedAddressIsAssumedAndItsLineCountsAsMasked) {
  FieldBench bench = on_bench({kReports + "thinkpad-t400"});
  ASSERT_EQ(bench.states().size(), 1u);
  EXPECT_EQ(provenance(bench, 0, "surroundings.wired.mac"), "assumed \"02-00-00-00-00-01\"");
  const ReplayedRun info = bench.replay_run(bench.covered()[1], {});
  EXPECT_EQ(info.failure, "");
  std::size_t masked = 0;
  for (const ComparedLine& line : info.comparison.lines)
    masked += line.verdict == LineVerdict::masked;
  EXPECT_EQ(masked, 1u);
}

/// `text` with the value of each line that has one replaced in turn.
std::vector<std::string> with_each_value_replaced(const std::string& text,
                                                  const std::string& value) {
  std::vector<std::string> variants;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::size_t colon = text.find(':', at);
    if (colon < end) variants.push_back(text.substr(0, colon + 1) + " " + value + text.substr(end));
    at = end + 1;
  }
  return variants;
}

TEST_F(Bench, AMachineIsMadeWhateverStandsInALine) {
  std::size_t made = 0;
  for (const char* file :
       {"esprimo-e5730/meinfo-win81-5.0.1.1111.txt", "esprimo-e5730/fwupdlcl-dos.txt",
        "thinkpad-t400/meinfo-windows-4.0.3.1124.txt"}) {
    for (const std::string value :
         {"", "&nbsp;", "Not Available", "-1", "4294967295", "99999999999999999999", "0XFFFFFFFF",
          "5.2.70.1046", "65536.0.0", "300.1.1.1", "\"\\ ${x} '", "\xC3\xA4", "Enabled",
          "FF-FF-FF-FF-FF-FF-FF"}) {
      for (const std::string& log : with_each_value_replaced(contents(file), value)) {
        const FieldBench bench = on_bench_of(log);
        for (std::size_t i = 0; i < bench.states().size(); ++i) {
          const auto loaded = emulator::machine::load_profile(bench.profile_file(i));
          ASSERT_TRUE(loaded) << loaded.error().doing << "\n" << bench.profile_text(i);
          ++made;
        }
      }
    }
  }
  EXPECT_GT(made, 1000u);
}

TEST_F(Bench, AValueThatNoBoardCanHaveIsAssumedAndSaid) {
  const FieldBench bench = on_bench_of(
      "Intel(R) MEInfo Version: 5.0.0.1167\nVendorID: 808600000\nIP Address: Not Available\n");
  EXPECT_EQ(provenance(bench, 0, "surroundings.wired.ipv4"), "assumed \"0.0.0.0\"");
  EXPECT_EQ(find(bench.profile(0), "surroundings.wired.ipv4")->not_taken,
            "IP address \"Not Available\" at pasted.txt:3");
  EXPECT_EQ(find(bench.profile(0), "firmware.vendor")->not_taken,
            "vendor \"808600000\" at pasted.txt:2");
  EXPECT_EQ(find(bench.profile(0), "surroundings.wired.mac")->not_taken, "");
  EXPECT_NE(bench.profile_text(0).find("; not taken: IP address"), std::string::npos);
}

TEST_F(Bench, AWordIsReadInAnyCase) {
  const FieldBench bench = on_bench_of(
      "INTEL(R) MEINFO VERSION: 5.0.0.1167\nINTEL(R) STANDARD MANAGEABILITY CODE VERSIONS:\n"
      "FLASH: 5.1.4 NETSTACK: 5.1.4\nLINK STATUS: LINK UP\nCONFIGURATION STATE: COMPLETED\n"
      "LAST ME RESET REASON: GLOBAL SYSTEM RESET\nMAC ADDRESS: 02:1F:C6:AA:BB:CC\n"
      "TPM OPERATIONAL MODE: DISABLED UNOWNED ACTIVE\nTPM STATE: OPERATIONAL\n");
  EXPECT_EQ(bench.states().at(0).find(Fact::flash_version)->value, "5.1.4");
  EXPECT_EQ(provenance(bench, 0, "surroundings.wired.link_up"), "observed true");
  EXPECT_EQ(provenance(bench, 0, "surroundings.wired.mac"), "observed \"02-1f-c6-aa-bb-cc\"");
  EXPECT_EQ(provenance(bench, 0, "surroundings.reset_reason"), "observed \"system_reset\"");
  EXPECT_EQ(provenance(bench, 0, "settings.provisioning_state"), "observed \"post\"");
  EXPECT_EQ(provenance(bench, 0, "tpm.state.enabled"), "observed false");
  EXPECT_EQ(provenance(bench, 0, "tpm.state.ownership"), "observed \"unowned\"");
  EXPECT_EQ(provenance(bench, 0, "tpm.state.active"), "observed true");
  EXPECT_EQ(provenance(bench, 0, "tpm.state.self_test"), "observed \"passed\"");
}

TEST_F(Bench, AnotherSpellingIsNoOtherBoard) {
  const FieldBench bench = on_bench_of(
      "Intel(R) MEInfo Version: 5.0.0.1167\nVendorID: 8086\nMAC Address: 02-1f-c6-aa-bb-cc\n"
      "Link status: Link up\nIP Address: 192.168.0.2\n"
      "Intel(R) MEInfo Version: 5.0.0.1167\nVendorID: 8086\nMAC Address: 02:1F:C6:AA:BB:CC\n"
      "Link status: Link Up\nIP Address: 192.168.x.x\n");
  EXPECT_EQ(bench.states().size(), 1u);
}

TEST_F(Bench, AValueInWhichALogEndsIsNotObserved) {
  const auto vendor = [&](const std::string& text) {
    return provenance(on_bench_of("BIOS Version: x\n" + text), 0, "firmware.vendor");
  };
  EXPECT_EQ(vendor("VendorID: 8087\n"), "observed 0x8087");
  EXPECT_EQ(vendor("VendorID: 8087"), "assumed 0x8086");
  EXPECT_EQ(vendor("VendorID: 8087\nLink status: L"), "observed 0x8087");
  const auto link = [&](const std::string& text) {
    return provenance(on_bench_of("BIOS Version: x\n" + text), 0, "surroundings.wired.link_up");
  };
  EXPECT_EQ(link("Link status: Link up"), "observed true") << "a whole word";
  EXPECT_EQ(link("Link status: Link u\nThat is all\n"), "assumed false");
  EXPECT_EQ(find(on_bench_of("BIOS Version: x\nLink status: Link u\nThat is all\n").profile(0),
                 "surroundings.wired.link_up")
                ->not_taken,
            "");
}

TEST_F(Bench, AnErrorsNumberInWhichALogEndsIsNoOutcome) {
  const FieldBench bench = on_bench_of("Trying to connect to MEI driver.\nError (872");
  ASSERT_EQ(bench.report().runs.size(), 1u);
  EXPECT_FALSE(bench.report().runs[0].has_outcome());
}

TEST_F(Bench, LocalUpdateThatIsSeenWinsOverTheOverride) {
  const std::string log =
      "Intel(R) MEInfo Version: 5.0.0.1167\nVendorID: 8086\nFWU Override Counter: Always\n"
      "FWU Override Qualifier: Always\nLocal FWUpdate: ";
  const FieldBench bench = on_bench_of(log + "Disabled\n");
  EXPECT_EQ(provenance(bench, 0, "settings.local_update"), "observed \"disabled\"");
  EXPECT_EQ(provenance(bench, 0, "settings.override_qualifier"), "derived \"never\"");
  EXPECT_EQ(provenance(on_bench_of(log + "Enabled\n"), 0, "settings.override_qualifier"),
            "observed \"always\"");
  EXPECT_EQ(provenance(on_bench_of("VendorID: 8086\nFWU Override Counter: Never\n"), 0,
                       "settings.override_counter"),
            "observed 0");
}

TEST_F(Bench, AStateIsNamedByTheVersionThatItsProfileHas) {
  const auto name_of = [&](const std::string& flash, const std::string& build) {
    return on_bench_of("Flash: " + flash + " Netstack: 5.0.1\nBuild Number: " + build + "\n")
        .states()[0]
        .name;
  };
  EXPECT_EQ(name_of("5.0.1", "1111"), "board1-5.0.1.1111");
  EXPECT_EQ(name_of("5.0000000000000000000000000000000000001.1", "1111"), "board1-5.1.1.1111");
  EXPECT_EQ(name_of("5.99999999999.1", "1111"), "board1");
  EXPECT_EQ(name_of("5.0.1", "999999"), "board1-5.0.1");
}

TEST_F(Bench, TheT400InformationLogIsReproducedToWhereItBreaksOff) {
  FieldBench bench = on_bench({kReports + "thinkpad-t400"});
  const ReplayedRun info = bench.replay_run(bench.covered()[1], {});
  const ComparedLine* difference = info.comparison.first_difference();
  EXPECT_EQ(difference, nullptr) << place_of(difference->log) << difference->log.text << " / "
                                 << difference->ours;
  EXPECT_EQ(info.comparison.verdict, LogVerdict::prefix);
}

TEST_F(Bench, TheOwnersFirstCommandIsReproducedLineForLine) {
  FieldBench bench = on_bench({kReports + "esprimo-e5730/fwupdlcl-win81.txt"});
  ASSERT_EQ(bench.covered().size(), 2u);
  const ReplayedRun first = bench.replay_run(bench.covered()[0], {});
  EXPECT_EQ(first.failure, "");
  EXPECT_EQ(first.comparison.verdict, LogVerdict::reproduced) << first.replay.printed;
  EXPECT_EQ(first.replay.exit, 5);
}

}  // namespace
}  // namespace scenarios::field
