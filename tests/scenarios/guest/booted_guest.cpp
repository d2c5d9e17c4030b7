// SPDX-License-Identifier: BSD-3-Clause
#include "booted_guest.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "tests/temporary_folder.h"

namespace tests {
namespace {

constexpr std::string_view kMark = "== ";

void cut_into_sections(BootedGuest& guest) {
  std::istringstream lines(guest.output);
  std::string* section = nullptr;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(kMark)) {
      section = &guest.sections[line.substr(kMark.size())];
    } else if (section != nullptr) {
      *section += line + "\n";
    }
  }
}

}  // namespace

const std::string& BootedGuest::operator[](const std::string& name) const {
  static const std::string nothing;
  const auto found = sections.find(name);
  if (found != sections.end()) return found->second;
  ADD_FAILURE() << "the guest printed no section " << name << ":\n" << output;
  return nothing;
}

const std::string& scratch() {
  static const TemporaryFolder folder;
  return folder.path();
}

std::string printed_command(const std::string& output) {
  constexpr std::string_view kBefore = "run this when it is back:";
  const std::size_t at = output.find(kBefore);
  if (at == std::string::npos) {
    ADD_FAILURE() << "no command was printed:\n" << output;
    return "false";
  }
  std::istringstream rest(output.substr(at + kBefore.size()));
  std::string line;
  std::getline(rest, line);
  std::getline(rest, line);
  return line;
}

std::string without(const std::string& text, const std::string& beginning) {
  std::istringstream lines(text);
  std::string rest;
  for (std::string line; std::getline(lines, line);)
    if (!line.empty() && !line.starts_with(beginning)) rest += line + "\n";
  return rest;
}

std::string same_everywhere(const std::string& info) {
  return without(without(info, "  name "), "  reached through ");
}

std::string simulated_info(const std::string& machine, const std::string& options) {
  return run_program(fmt::format("{} info --device sim:{} {} --set 'host.system=\"linux\"'",
                                 MEUPDATE, machine, options))
      .output;
}

std::string version_simulated(const std::string& folder) {
  return run_program(fmt::format("{} info --device sim:esprimo-e5730 --state {}/{} "
                                 "| grep 'running version'",
                                 MEUPDATE, scratch(), folder))
             .output +
         "\n";
}

std::string built_image(unsigned code_size) {
  const std::string image = scratch() + "/5.2.70.1046.bin";
  const BootedGuest built = run_program(
      fmt::format("{} image build --machine esprimo-e5730 --version 5.2.70.1046 --size {} "
                  "--output {}",
                  MESIM, code_size, image));
  EXPECT_EQ(built.status, 0) << built.output;
  return image;
}

BootedGuest run_program(const std::string& command_line) {
  BootedGuest result;
  std::FILE* pipe = ::popen((command_line + " 2>&1").c_str(), "r");
  char buffer[4096];
  for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    result.output.append(buffer, got);
  const int status = ::pclose(pipe);
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return result;
}

BootedGuest boot_guest(const std::string& options, const std::string& script) {
  const std::string file = scratch() + "/script";
  // A line of its own, whatever was printed before it.
  std::ofstream(file) << "section() { status=$?; echo; echo \"== $1\"; }\n" << script;
  BootedGuest guest = run_program(
      fmt::format("{} guest --limit 500 {} --file {} -- sh /files/script", MESIM, options, file));
  cut_into_sections(guest);
  return guest;
}

}  // namespace tests
