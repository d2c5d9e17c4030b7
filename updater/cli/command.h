// SPDX-License-Identifier: BSD-3-Clause
// What the subcommands share: their options, and the way out for what they print.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "protocol/tools/fwupdlcl.h"
#include "protocol/tools/meinfo.h"
#include "updater/cli/log_file.h"
#include "updater/cli/meupdate.h"
#include "updater/cli/owner_options.h"
#include "updater/update/way.h"

namespace updater::cli {

enum class Format : std::uint8_t { text, json, meinfo, fwupdlcl, fwupdlcl_terse };

/// Of `info`; `dialect`: of MEInfo, null: the firmware's own.
struct InfoFormat {
  Format shape = Format::text;
  const protocol::tools::Meinfo* dialect = nullptr;
};

/// Of `update`; `dialect`: of FWUpdLcl from ME 6 on, null: that of the era.
struct UpdateFormat {
  Format shape = Format::text;
  const protocol::tools::Fwupdlcl* dialect = nullptr;
};

struct InfoOptions {
  DeviceChoice device;
  InfoFormat format;
  std::string log;
};

struct ImageOptions {
  std::string file;
  Format format = Format::text;
};

struct UpdateOptions {
  std::string file;
  DeviceChoice device;
  UpdateFormat format;
  std::string log;
  std::string password_file;
  update::Via via = update::Via::automatic;
  OwnerOptions owner;
  std::optional<int> progress_fd;
  std::string backup;  ///< a dump of the board's flash
  bool without_backup = false;
  bool yes = false;
  bool dry_run = false;
  bool allow_downgrade = false;
  bool allow_same_version = false;
  bool accept_undocumented_protocol = false;
  bool abort_other = false;
};

struct TpmStatusOptions {
  DeviceChoice device;
  Format format = Format::text;
  std::string log;
};

struct CheckOwnerOptions {
  DeviceChoice device;
  OwnerOptions owner;
  Format format = Format::text;
  std::string log;
  bool yes = false;
};

struct ExplainOptions {
  std::vector<std::string> words;
  Format format = Format::text;
};

/// -y: whether the person has agreed in advance.
enum class Consent : std::uint8_t { given, not_given };
constexpr Consent consent(bool yes) {
  return yes ? Consent::given : Consent::not_given;
}

/// Everything a command prints goes through here: made safe, and kept in the log.
class Output {
 public:
  Output(Console& console, LogFile& log) : console_(console), log_(log) {}

  void out(std::string_view text);
  void err(std::string_view text);
  /// For lines that are drawn over (a progress bar): `text` is ours alone and goes out as it
  /// is, unlogged.
  void draw(std::string_view text) { console_.err(text); }
  bool confirm(std::string_view question);

  Console& console() { return console_; }
  LogFile& log() { return log_; }

 private:
  Console& console_;
  LogFile& log_;
};

/// What a command works with besides its options.
struct Surroundings {
  Console& console;
  DeviceOpener& opener;
  const std::string& program;                 ///< as it was started: "./meupdate"
  const std::vector<std::string>& arguments;  ///< of the whole command line
};

using Complain = std::function<void(Output& output, const base::Error& error)>;

/// Runs `command` with the log at `path` (empty: none), which begins with the date and the command
/// line and ends with the exit status. `complain` is told of a log that cannot be opened, which is
/// wrong usage; one that cannot be written to its end is told in the end, and changes nothing.
Exit with_log(const std::string& path, const Surroundings& around, const Complain& complain,
              const std::function<Exit(Output&)>& command);

Exit run_info(const InfoOptions& options, const Surroundings& around);
Exit run_image(const ImageOptions& options, const Surroundings& around);
Exit run_update(const UpdateOptions& options, const Surroundings& around);
Exit run_tpm_status(const TpmStatusOptions& options, const Surroundings& around);
Exit run_check_owner(const CheckOwnerOptions& options, const Surroundings& around);
Exit run_explain(const ExplainOptions& options, const Surroundings& around);

/// "./meupdate update FILE ...": the command line as a shell takes it back, without the secrets in
/// it: DeviceOpener::shown().
std::string command_text(const Surroundings& around);
/// What a person puts in their place before that command works, as a sentence; empty where it
/// has none.
std::string secrets_left_out(const Surroundings& around);

/// The exit status of a device that could not be opened: usage for a malformed choice,
/// else no_device.
Exit exit_for(const base::Error& error);

}  // namespace updater::cli
