// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/served_machine.h"

#include <unistd.h>

#include <array>
#include <cerrno>

namespace scenarios::guest {
namespace {

using base::Errc;
using base::Error;
using base::Result;

/// In real time, as the guest is: a restart of the ME that takes no time is over before the guest's
/// driver has looked (mesim serve --fast).
std::vector<std::string> words(const std::string& mesim, const VirtualMachine& wanted,
                               const RunFiles& files) {
  std::vector<std::string> all = {mesim, "serve", "--vfio-user", files.heci};
  const auto add = [&all](std::initializer_list<std::string> more) { all.insert(all.end(), more); };
  if (!wanted.machine.empty()) add({"--machine", wanted.machine});
  if (!wanted.state.empty()) add({"--state", wanted.state});
  for (const std::string& change : wanted.set) add({"--set", change});
  if (wanted.tpm == VirtualMachine::Tpm::fitted) add({"--swtpm", files.tpm});
  if (wanted.tpm == VirtualMachine::Tpm::none) add({"--heci-only"});
  return all;
}

/// Reads until the process says so, or has nothing more to say.
bool becomes_ready(os::ChildProcess& process) {
  std::string said;
  std::array<char, 256> buffer;
  while (said.find("ready") == std::string::npos) {
    const ssize_t got = ::read(process.output().number(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    said.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return true;
}

}  // namespace

Result<ServedMachine> ServedMachine::start(const std::string& mesim, const VirtualMachine& wanted,
                                           const RunFiles& files) {
  if (!wanted.faults.empty() || !wanted.trace.empty() || !wanted.tpm_hid.empty()) {
    return Error{Errc::unsupported,
                 "--faults, --trace and --tpm-hid need the plugin: leave --attach out"};
  }
  if (wanted.machine.empty() && wanted.state.empty())
    return Error{Errc::invalid, "no machine is given: say --machine"};
  auto process = os::ChildProcess::start(words(mesim, wanted, files));
  if (!process) return process.error();
  if (!becomes_ready(**process))
    return Error{Errc::io, "the machine did not come up; what it said is above"};
  return ServedMachine(std::move(*process));
}

void ServedMachine::end() {
  process_->terminate();
  (void)process_->wait();
}

}  // namespace scenarios::guest
