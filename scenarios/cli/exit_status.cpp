// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/exit_status.h"

#include <optional>

#include "updater/cli/exit_status_help.h"

namespace scenarios::cli {
namespace {

/// Whatever a command in a guest ends with.
constexpr std::optional<int> kOfTheCommand = std::nullopt;

constexpr updater::cli::ExitRow kRows[] = {
    {"run", kDone, "all passed"},
    {"run", kFound, "an expectation failed"},
    {"run", kUsage, "a scenario or the command line is wrong, or every scenario was skipped"},
    {"run", kBroken, "the bench itself broke or a file could not be written"},
    {"run", kVoid, "an armed fault never struck"},
    {"run", kInterrupted, "interrupted: reports hold what had ended"},
    {"explore", kDone, "no violation"},
    {"explore", kFound, "violations"},
    {"explore", kUsage, "the story or the command line is wrong"},
    {"explore", kBroken, "the bench itself broke or a file could not be written"},
    {"explore", kVoid, "something that was armed never struck"},
    {"explore", kInterrupted, "interrupted: reports hold what had ended"},
    {"merge", kDone, "no violation in any share"},
    {"merge", kFound, "violations"},
    {"merge", kUsage, "a file is no share, or they do not belong together"},
    {"merge", kBroken, "a file could not be read or written"},
    {"merge", kVoid, "something that was armed never struck"},
    {"coverage", kDone, "all that must be reached was"},
    {"coverage", kFound, "something that must be reached was not"},
    {"coverage", kUsage, "a file is not what --reached writes"},
    {"coverage", kBroken, "a file could not be read or written"},
    {"bench", kDone, "told"},
    {"bench", kFound, "no update is possible over any link asked for"},
    {"bench", kUsage, "the machine, the image or the command line makes no sense"},
    {"bench", kBroken, "a file cannot be read or written"},
    {"reproduce", kDone, "every log is reproduced"},
    {"reproduce", kFound, "one differs or is not understood"},
    {"reproduce", kUsage, "there is nothing to work on"},
    {"reproduce", kBroken, "the bench itself broke or a file could not be written"},
    {"image build", kDone, "done"},
    {"image build", kUsage, "the command line makes no sense"},
    {"image build", kBroken, "the file could not be written"},
    {"board import", kDone, "done"},
    {"board import", kUsage, "the dump or the command line makes no sense"},
    {"board import", kBroken, "a file could not be read or written"},
    {"board from", kDone, "done"},
    {"board from", kFound, "written, but a profile cannot have a value that was measured"},
    {"board from", kUsage, "the archive or the command line makes no sense"},
    {"board from", kBroken, "a file could not be read or written"},
    {"serve", kDone, "ended by a signal, and saved"},
    {"serve", kUsage, "the command line makes no sense"},
    {"serve", kBroken, "a socket or the state failed"},
    {"replay", kDone, "ended by a signal"},
    {"replay", kUsage, "the recording or the command line makes no sense"},
    {"replay", kBroken, "a socket failed"},
    {"recording show", kDone, "done"},
    {"recording show", kUsage, "the file cannot be read or is no recording"},
    {"recording from", kDone, "written"},
    {"recording from", kUsage, "the source or the command line makes no sense"},
    {"recording from", kBroken, "the story did not pass, or the file could not be written"},
    {"guest", kOfTheCommand, "the command's own"},
    {"guest", kLimit, "the limit came or it was interrupted"},
    {"guest", kNoGuest, "no guest came up"},
    {"guest", kPowerLost, "the guest lost its power"},
    {"machines", kDone, "all were listed"},
    {"machines", kBroken, "a profile cannot be read; it is named"},
    {"trace", kDone, "done"},
    {"trace", kUsage, "the file cannot be read or is no trace"},
    {"trace diff", kDone, "they are the same"},
    {"trace diff", kFound, "they differ; the first place is told"},
    {"trace diff", kUsage, "a file cannot be read or is no trace"},
    {"trace pcapng", kDone, "written"},
    {"trace pcapng", kUsage, "the file cannot be read or is no trace"},
    {"trace pcapng", kBroken, "the file could not be written"},
    {"trace perfetto", kDone, "written"},
    {"trace perfetto", kUsage, "the file cannot be read or is no trace"},
    {"trace perfetto", kBroken, "the file could not be written"},
    {"show", kDone, "done"},
    {"show", kUsage, "the file cannot be read or is no trace"},
    {"show", kBroken, "the page could not be written"},
    {"list", kDone, "all were listed"},
    {"list", kUsage, "the command line or a scenario makes no sense"},
    {"list", kBroken, "a profile cannot be read, or the file could not be written"},
};

}  // namespace

std::string exit_status_help(std::string_view command) {
  return updater::cli::exit_status_help(kRows, command);
}

}  // namespace scenarios::cli
