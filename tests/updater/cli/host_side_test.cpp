// SPDX-License-Identifier: BSD-3-Clause
// The host's side of the command line: the power supply.
#include "tests/updater/cli/bench.h"
#include "updater/cli/host_power.h"

namespace {

using namespace updater::cli;
using updater::update::PowerSource;

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
