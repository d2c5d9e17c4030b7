// SPDX-License-Identifier: BSD-3-Clause
// The host's side of the command line: safe text, quoting, power supply.
#include "tests/updater/cli/bench.h"
#include "updater/cli/host_power.h"
#include "updater/cli/safe_text.h"

namespace {

using namespace updater::cli;
using updater::update::PowerSource;

TEST(SafeText, KeepsLinesAndLettersAndShowsControls) {
  EXPECT_EQ(safe_text("a\nb\tc\x1b\r\x7f"), "a\nb\\x09c\\x1b\\x0d\\x7f");
  EXPECT_EQ(safe_text("M\xc3\xbcller \xe2\x82\xac \xf0\x9f\x98\x80"),
            "M\xc3\xbcller \xe2\x82\xac \xf0\x9f\x98\x80");
}

TEST(SafeText, ShowsC1ControlsInUtf8AndAsBytes) {
  EXPECT_EQ(safe_text("\xc2\x9b"), "\\xc2\\x9b");
  EXPECT_EQ(safe_text("\x9b"), "\\x9b");
}

TEST(SafeText, ShowsMarksThatTurnTheWritingDirection) {
  EXPECT_EQ(safe_text("a\xe2\x80\xae"
                      "b"),
            "a\\xe2\\x80\\xaeb");
}

TEST(SafeText, ShowsBrokenUtf8AsBytes) {
  EXPECT_EQ(safe_text("\xe0\x82\x9b"), "\\xe0\\x82\\x9b");  // CSI, spelt too long
  EXPECT_EQ(safe_text("\xe2\x82"), "\\xe2\\x82");
  EXPECT_EQ(safe_text("\xff\xc0\x80"), "\\xff\\xc0\\x80");
}

TEST(ShellQuoted, LeavesPlainWordsAndQuotesTheRest) {
  EXPECT_EQ(shell_quoted("--device"), "--device");
  EXPECT_EQ(shell_quoted("sim:x/y.toml"), "sim:x/y.toml");
  EXPECT_EQ(shell_quoted("a b"), "'a b'");
  EXPECT_EQ(shell_quoted("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_quoted(""), "''");
}

class HostPower : public testing::Test {
 protected:
  void battery(const std::string& status) { supply("BAT0", "Battery", "status", status); }
  void mains(const std::string& online) { supply("AC", "Mains", "online", online); }
  void supply(const std::string& name, const std::string& type, const std::string& key,
              const std::string& value) {
    folder.write(name + "/type", type + "\n");
    folder.write(name + "/" + key, value + "\n");
  }
  PowerSource power() const { return host_power(folder.file("")); }

  tests::TemporaryFolder folder;
};

TEST_F(HostPower, IsTheBatteryWhenItDischargesAndNoMainsIsThere) {
  battery("Discharging");
  EXPECT_EQ(power(), PowerSource::battery);
  mains("0");
  EXPECT_EQ(power(), PowerSource::battery);
}

TEST_F(HostPower, IsMainsWhenTheSupplyIsConnected) {
  battery("Discharging");
  mains("1");
  EXPECT_EQ(power(), PowerSource::mains);
}

TEST_F(HostPower, IsUntoldWhereNothingIsTold) {
  EXPECT_EQ(power(), PowerSource::untold);
  EXPECT_EQ(host_power("/no/such/folder"), PowerSource::untold);
}

TEST_F(HostPower, DoesNotCountAMousesBattery) {
  battery("Discharging");
  folder.write("BAT0/scope", "Device\n");
  EXPECT_EQ(power(), PowerSource::untold);
  mains("1");
  EXPECT_EQ(power(), PowerSource::mains);
}

}  // namespace
