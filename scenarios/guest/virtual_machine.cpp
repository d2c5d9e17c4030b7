// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/virtual_machine.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "scenarios/guest/boot_words.h"
#include "scenarios/guest/qemu_option.h"

namespace scenarios::guest {
namespace {

/// The plugin's property holds several values: a semicolon parts them, unless it is doubled.
std::string joined(const std::vector<std::string>& set) {
  std::string text;
  for (const std::string& entry : set) {
    if (!text.empty()) text += ';';
    for (const char c : entry) text += c == ';' ? std::string(";;") : std::string(1, c);
  }
  return text;
}

std::string heci(const GuestParts& parts, const VirtualMachine& wanted, const RunFiles& files) {
  const std::string place = "ich-heci,id=me,addr=3.0";
  if (!files.story.empty()) return place + option_property("story", files.story);
  return place + option_property("machine", wanted.machine) +
         option_property("machines", parts.machines) + option_property("set", joined(wanted.set)) +
         option_property("state", wanted.state) + option_property("trace", wanted.trace) +
         option_property("faults", wanted.faults);
}

using Words = std::vector<std::string>;

Words plugin_words(const GuestParts& parts, const VirtualMachine& wanted, const RunFiles& files) {
  Words words = {"-plugin", parts.plugin};
  // One instruction takes 16 ns, and idle time passes at once: waits for the ME cost nothing.
  if (wanted.speed == Speed::fast) words.insert(words.end(), {"-icount", "shift=4,sleep=off"});
  words.insert(words.end(), {"-device", heci(parts, wanted, files)});
  if (wanted.tpm == VirtualMachine::Tpm::fitted)
    words.insert(words.end(),
                 {"-device", "itpm-tis,me=me" + option_property("hid", wanted.tpm_hid)});
  return words;
}

/// The socket is an object, which only the JSON form of -device can write.
std::string vfio_user_device(const std::string& socket) {
  const nlohmann::ordered_json device = {{"driver", "vfio-user-pci"},
                                         {"addr", "3.0"},
                                         {"socket", {{"type", "unix"}, {"path", socket}}}};
  return device.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Words vfio_user_words(const VirtualMachine& wanted, const RunFiles& files) {
  Words words = {"-device", vfio_user_device(files.heci)};
  if (wanted.tpm == VirtualMachine::Tpm::fitted) {
    words.insert(words.end(),
                 {"-chardev", "socket,id=tpm,path=" + option_value(files.tpm), "-tpmdev",
                  "emulator,id=tpm,chardev=tpm", "-device", "tpm-tis,tpmdev=tpm"});
  }
  return words;
}

}  // namespace

std::vector<std::string> qemu_words(const GuestParts& parts, const VirtualMachine& wanted,
                                    const RunFiles& files) {
  const bool served = wanted.attach == Attach::vfio_user;
  Words words = {served ? parts.vfio_user_qemu : parts.qemu,
                 "-M",
                 "q35",
                 "-accel",
                 "tcg",
                 "-m",
                 parts.memory == 0 ? memory_for(files.initramfs) : fmt::format("{}", parts.memory),
                 "-nodefaults",
                 "-no-user-config",
                 "-display",
                 "none"};
  const Words device = served ? vfio_user_words(wanted, files) : plugin_words(parts, wanted, files);
  words.insert(words.end(), device.begin(), device.end());
  const auto add = [&words](std::initializer_list<std::string> more) {
    words.insert(words.end(), more);
  };
  add({"-cpu", parts.cpu});
  // By this meupdate knows that no hardware is behind the device (updater/io/simulated_board.h).
  add({"-smbios", "type=11,value=mebench-simulated-board"});
  add({"-chardev", "file,id=console,path=" + option_value(files.console), "-serial",
       "chardev:console"});
  const auto add_line = [&](const std::string& name, const std::string& socket) {
    add({"-chardev", "socket,id=" + name + ",path=" + option_value(socket), "-serial",
         "chardev:" + name});
  };
  if (files.output.empty())
    add({"-chardev", "stdio,id=output,signal=off", "-serial", "chardev:output"});
  else
    add_line("output", files.output);
  add_line("control", files.control);
  if (!files.errors.empty()) add_line("errors", files.errors);
  const Words boot = boot_words(parts.kernel, files.initramfs, wanted.append);
  words.insert(words.end(), boot.begin(), boot.end());
  return words;
}

}  // namespace scenarios::guest
