// SPDX-License-Identifier: BSD-3-Clause
// `mesim-devices`: runs a program that is not ours in front of a served board, which it finds at
// /dev/mei0 and /dev/tpm0. docs/serve.md is the manual.
#include <dlfcn.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <sstream>

#include "os/child_process.h"
#include "os/elf_program.h"
#include "os/forked.h"
#include "os/program_in_front.h"
#include "os/safe_text.h"
#include "os/signals.h"
#include "scenarios/devices/computer_with_board.h"
#include "updater/cli/open_device.h"
#include "updater/cli/program_version.h"
#include "updater/cli/wrong_usage.h"

namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr int kNotStarted = 125;  ///< as mesim guest
constexpr int kSignalled = 128;   ///< as a shell tells of a signal
constexpr int kTurn = 2;          ///< milliseconds

constexpr const char* kLibrary = "libumockdev-preload.so.0";

struct Arguments {
  std::string folder;
  std::vector<std::string> program;
};

void complain(const std::string& text) {
  fmt::print(stderr, "mesim-devices: {}\n", os::safe_text(text));
}

/// Where a shell would find it; the name itself where it would not.
std::string found(const std::string& program) {
  const char* path = std::getenv("PATH");
  if (program.find('/') != program.npos || path == nullptr) return program;
  std::istringstream folders(path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    std::string file = std::filesystem::path(folder) / program;
    if (::access(file.c_str(), X_OK) == 0) return file;
  }
  return program;
}

/// A program that starts without the library would find this computer's own devices.
Result<void> check_library() {
  void* library = ::dlopen(kLibrary, RTLD_LAZY | RTLD_LOCAL);
  if (library == nullptr)
    return Error{Errc::not_found,
                 std::string(kLibrary) + " is missing; it is in the package umockdev"};
  ::dlclose(library);
  return {};
}

Result<void> check(const std::string& program) {
  if (auto there = check_library(); !there) return there;
  const std::string file = found(program);
  if (os::loading_of(file) == os::Loading::alone)
    return Error{Errc::unsupported,
                 file +
                     " is a static program, which no library can stand before; run it in a "
                     "guest: mesim guest --file " +
                     file};
  std::error_code unknown;
  const auto rights = std::filesystem::status(file, unknown).permissions();
  using std::filesystem::perms;
  if (!unknown && (rights & (perms::set_uid | perms::set_gid)) != perms::none && ::geteuid() != 0)
    return Error{Errc::unsupported,
                 file +
                     " gets other rights as it starts, and takes no library along; run it as "
                     "root, or a copy of it"};
  return {};
}

std::vector<std::string> environment_of(const std::string& folder) {
  std::vector<std::string> environment;
  std::string preload = std::string("LD_PRELOAD=") + kLibrary;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (text.starts_with("LD_PRELOAD="))
      preload += ":" + text.substr(std::strlen("LD_PRELOAD="));
    else if (!text.starts_with("UMOCKDEV_DIR="))
      environment.push_back(text);
  }
  environment.push_back(preload);
  environment.push_back("UMOCKDEV_DIR=" + folder);
  return environment;
}

/// Serves the program until it ends.
int serve(scenarios::devices::ComputerWithBoard& computer, pid_t program) {
  std::optional<int> status;
  while (!(status = os::ended(program))) {
    computer.turn(program);
    ::poll(nullptr, 0, kTurn);
  }
  return WIFSIGNALED(*status) ? kSignalled + WTERMSIG(*status) : WEXITSTATUS(*status);
}

updater::cli::DeviceChoice choice_of(const std::string& folder) {
  std::error_code none;
  updater::cli::DeviceChoice choice;
  choice.device = "vfio-user:" + folder + "/heci.sock";
  const std::string tpm = folder + "/tpm.sock";
  choice.tpm = std::filesystem::exists(tpm, none) ? "swtpm:" + tpm : "none";
  return choice;
}

Result<int> run(const Arguments& arguments) {
  if (auto checked = check(arguments.program.front()); !checked) return checked.error();
  const auto choice = choice_of(arguments.folder);
  auto board = updater::cli::make_device_opener()->open(choice);
  if (!board) return board.error();
  updater::tpm::TpmTransport* tpm = nullptr;
  if (choice.tpm != "none") {
    const auto opened = (*board)->tpm();
    if (!opened) return opened.error();
    tpm = *opened;
  }
  auto computer = scenarios::devices::ComputerWithBoard::make((*board)->device(), tpm);
  if (!computer) return computer.error();
  // Whoever presses Ctrl-C means the program.
  std::signal(SIGINT, SIG_IGN);
  os::ignore_broken_pipes();
  const auto program = os::start_in_front(arguments.program, environment_of((*computer)->folder()));
  if (!program) return program.error();
  return serve(**computer, *program);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(
      "Runs a program that is not ours in front of a served board, at /dev/mei0 and /dev/tpm0.",
      "mesim-devices");
  app.set_version_flag("--version",
                       "mesim-devices " + std::string(updater::cli::program_version()));
  Arguments arguments;
  app.add_option("DIR", arguments.folder,
                 "Folder of `mesim serve --state DIR`, with heci.sock and, of a board with a TPM, "
                 "tpm.sock")
      ->required();
  app.add_option("PROGRAM", arguments.program, "The program and its words, behind --")->required();
  app.footer(
      "The program is dynamic and unmodified. Static ones are refused: a guest serves them.\n\n"
      "Exit status: the program's; 128 and the number of a signal that ended it; 125: not "
      "started\n\n"
      "Examples:\n"
      "  mesim serve --machine esprimo-e5730 --state board &\n"
      "  mesim-devices board -- mei-amt-check");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // help or version
    complain(updater::cli::wrong_usage(app, {argv + 1, argv + argc}, error));
    return kNotStarted;
  }
  const auto ended = run(arguments);
  if (ended) return *ended;
  complain(ended.error().doing);
  return kNotStarted;
}
