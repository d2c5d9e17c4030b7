// SPDX-License-Identifier: BSD-3-Clause
// FWUpdLcl-shaped output against the owners' logs.
#include "updater/report/fwupdlcl.h"

#include "tests/updater/inventory/esprimo.h"
#include "tests/updater/report/field_log.h"

namespace {

using namespace updater;

inventory::Inventory esprimo() {
  tests::WaitingClock clock;
  tests::ScriptedDevice device(clock);
  tests::become(device, tests::Esprimo{});
  return inventory::collect(device).value();
}

image::Image image_of(std::uint32_t sku) {
  image::Image image;
  image.manifest.version = {5, 2, 70, 1046};
  image.sku = sku;
  return image;
}

/// Up to and with the first line that begins with "Error".
std::string first_block(const std::string& log) {
  const std::size_t error = log.find("Error");
  return log.substr(0, log.find('\n', error) + 1);
}

TEST(Fwupdlcl, EqualsTheFirstBlockOfTheOwnersLog) {
  const update::Refusal refusal{.tool_error = protocol::update::ToolError::tpm_update_required,
                                .id = "through-tpm",
                                .what = "our own words",
                                .next_step = "none"};
  const std::string text =
      report::fwupdlcl_connecting(
          {.mei_driver_version = "5.2.0.1008", .lms_version = {}, .uns_version = {}}) +
      report::fwupdlcl_flash_info(esprimo()) + report::fwupdlcl_image_info(image_of(2110)) +
      report::fwupdlcl_refusal(refusal);
  EXPECT_EQ(text, first_block(tests::field_log("esprimo-e5730/fwupdlcl-win81.txt")));
}

TEST(Fwupdlcl, ConnectsWithoutAVersionWhereTheHostTellsNone) {
  EXPECT_EQ(report::fwupdlcl_connecting({}), "Trying to connect to MEI driver.\n");
}

TEST(Fwupdlcl, PrintsTheThinkpadsErrorAsItsOwnerSawIt) {
  const std::string log = tests::field_log("thinkpad-t400/fwupdlcl-windows.txt");
  EXPECT_NE(log.find(report::fwupdlcl_connecting({}) + report::fwupdlcl_mode(update::Way::tpm) +
                     report::fwupdlcl_error(8729, "our own words")),
            std::string::npos);
}

TEST(Fwupdlcl, UploadsThroughTheTpmInTheWordsOfTheDosLog) {
  const std::string text =
      report::fwupdlcl_connecting({}) + report::fwupdlcl_flash_info(esprimo()) +
      report::fwupdlcl_image_info(image_of(2110)) + report::fwupdlcl_mode(update::Way::tpm) +
      report::fwupdlcl_uploading(update::Way::tpm);
  EXPECT_EQ(text, tests::field_log("esprimo-e5730/fwupdlcl-dos.txt"));
}

TEST(Fwupdlcl, ListsTheCapabilitiesThatTheSkuHas) {
  EXPECT_EQ(report::fwupdlcl_image_info(image_of(0x06)),
            "***** Image Info ******\nVersion : 5.2.70.1046\nSKU : (6)\n: Intel (R) QST\n: ASF2\n");
}

TEST(Fwupdlcl, NumbersWhatTheFirmwareRefused) {
  const update::Report report{.outcome = update::Outcome::failed_unchanged, .device_status = 8705};
  EXPECT_EQ(report::fwupdlcl_outcome(report).substr(0, 14), "Error (8705): ");
}

TEST(Fwupdlcl, SaysOfADeviceThatNeverAnsweredThatNoAnswerCame) {
  const update::Report report{.outcome = update::Outcome::interrupted_rerun,
                              .error = base::Error{base::Errc::timeout, "waiting"}};
  EXPECT_EQ(report::fwupdlcl_outcome(report), "Error (8718): The ME did not answer in time.\n");
}

TEST(Fwupdlcl, CallsABreakWithoutANumberAFailedUpdate) {
  const update::Report report{.outcome = update::Outcome::interrupted_rerun};
  EXPECT_EQ(report::fwupdlcl_outcome(report).substr(0, 14), "Error (8741): ");
}

/// winraid 36175: an update of 9.0 that broke off while the firmware wrote.
TEST(Fwupdlcl, OfNineSaysWhatALogOfABrokenUpdateSays) {
  using protocol::tools::Phrase;
  const auto& nine = protocol::tools::fwupdlcl(protocol::tools::FwupdlclDialect::me6);
  const update::Report broken{.outcome = update::Outcome::failed_unchanged, .device_status = 8707};
  EXPECT_EQ(report::fwupdlcl_line(nine, Phrase::way) +
                report::fwupdlcl_line(nine, Phrase::checking) +
                report::fwupdlcl_line(nine, Phrase::warning) +
                report::fwupdlcl_line(nine, Phrase::sent) + report::fwupdlcl_outcome(broken, nine),
            "Communication Mode: MEI\n"
            "Checking firmware parameters...\n"
            "Warning: Do not exit the process or power off the machine before the firmware update "
            "process ends.\n"
            "Sending the update image to FW for verification:  [ COMPLETE ]\n"
            "Error 8741: FW Update Failed.\n"
            "Error 8707: Firmware update failed due to an internal error\n");
}

/// texhex/BiosSledgehammer issue 15.
TEST(Fwupdlcl, OfNineSaysThatItFoundNoMeInTheWordsOfALog) {
  const auto& nine = protocol::tools::fwupdlcl(protocol::tools::FwupdlclDialect::me6);
  EXPECT_EQ(report::fwupdlcl_error(8193, "our own words", nine),
            "Error 8193: Intel (R) ME Interface : Cannot locate ME device driver\n");
}

}  // namespace
