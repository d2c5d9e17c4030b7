// SPDX-License-Identifier: BSD-3-Clause
// SeaBIOS measures a guest's boot into the TPM that `mesim serve` serves beside the HECI function,
// and finds there what it finds in a real swtpm.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "booted_guest.h"

namespace {

using tests::BootedGuest;

constexpr const char* kScript = R"(
section pcrs
cat /sys/class/tpm/tpm0/device/pcrs
section log
dmesg | grep -i tpm
if [ "$MESIM_BOOT" = 1 ]; then
section restart
reboot -f
sleep 100
fi
section end
)";

/// A real swtpm that waits for a monitor; gone with the test.
class Swtpm {
 public:
  Swtpm() {
    const std::string state = "dir=" + tests::scratch();
    const std::string control = "type=unixio,path=" + socket();
    child_ = ::fork();
    if (child_ != 0) return;
    ::execl(SWTPM_PROGRAM, SWTPM_PROGRAM, "socket", "--tpmstate", state.c_str(), "--ctrl",
            control.c_str(), nullptr);
    ::_exit(127);
  }
  ~Swtpm() {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  Swtpm(const Swtpm&) = delete;
  Swtpm& operator=(const Swtpm&) = delete;
  static std::string socket() { return tests::scratch() + "/swtpm"; }

 private:
  pid_t child_ = -1;
};

/// QEMU with the same words but for the TPM's socket, which is swtpm's.
std::string qemu_on_swtpm() {
  const std::string path = tests::scratch() + "/qemu-on-swtpm";
  std::ofstream(path) << "#!/bin/sh\nfor word; do\n  shift\n  case \"$word\" in\n"
                      << "  socket,id=tpm,path=*) word=socket,id=tpm,path=" << Swtpm::socket()
                      << " ;;\n  esac\n  set -- \"$@\" \"$word\"\ndone\nexec " VFIO_USER_QEMU
                      << " \"$@\"\n";
  ::chmod(path.c_str(), 0700);
  return path;
}

BootedGuest boot(const std::string& more = "") {
  return tests::boot_guest("--attach vfio-user --machine esprimo-e5730-windows " + more, kScript);
}

/// "PCR-00: 12 34 ...", without what was never measured: PCR 17 to 22 are all FF then.
std::string line_of(const BootedGuest& guest, const std::string& pcr) {
  const std::string& all = guest["pcrs"];
  const std::size_t at = all.find("PCR-" + pcr);
  return at == std::string::npos ? "none" : all.substr(at, all.find('\n', at) - at);
}

TEST(GuestServedMeasuredBoot, FillsThePcrsAsItFillsARealSwtpms) {
  const BootedGuest ours = boot();
  ASSERT_EQ(ours.status, 0) << ours.output;
  const Swtpm swtpm;
  const BootedGuest theirs = boot("--vfio-user-qemu " + qemu_on_swtpm());
  ASSERT_EQ(theirs.status, 0) << theirs.output;
  EXPECT_EQ(ours["pcrs"], theirs["pcrs"]);
  const std::string empty = "00 00 00 00";
  for (const char* pcr : {"00", "01", "02", "03", "04", "05", "06", "07"})
    EXPECT_EQ(line_of(ours, pcr).find(empty), std::string::npos) << line_of(ours, pcr);
  for (const BootedGuest* guest : {&ours, &theirs})
    EXPECT_EQ((*guest)["log"].find("starting up the TPM manually"), std::string::npos)
        << (*guest)["log"];
}

}  // namespace
