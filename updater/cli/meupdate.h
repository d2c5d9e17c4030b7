// SPDX-License-Identifier: BSD-3-Clause
// The whole of `meupdate` as a function: the program calls it, and so do scenarios, with the
// machine they are running.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "os/core_dumps.h"
#include "updater/cli/open_device.h"
#include "updater/report/exit_status.h"

namespace updater::cli {

using report::Exit;

inline constexpr std::size_t kUsualColumns = 80;

/// Where a command reads and writes. The program's is the terminal; a scenario's keeps what
/// was printed.
class Console {
 public:
  virtual ~Console() = default;
  virtual void out(std::string_view text) = 0;  ///< standard output
  virtual void err(std::string_view text) = 0;  ///< standard error
  virtual bool interactive() const = 0;         ///< input, output and errors are a terminal's
  /// How wide a line may be that is drawn over, in columns, where interactive(); 0: none can be.
  virtual std::size_t columns() const { return kUsualColumns; }
  /// How wide standard output is, where it is a terminal; 0: it is none, and lines stay whole.
  virtual std::size_t text_columns() const { return 0; }
  /// Standard input to its end, but no more than `most` bytes. Errors: io.
  virtual base::Result<std::string> read_input(std::size_t most);
  virtual bool confirm(std::string_view question) = 0;  ///< only asked when interactive()
  virtual bool stop_requested() const = 0;              ///< a signal to stop has come
  /// Date and time of day in UTC, as in RFC 3339; empty where all time is simulated.
  virtual std::string date() const = 0;
  /// A line that is typed and not shown; only asked when interactive(). Nothing: nothing was typed.
  /// Errors: interrupted, io.
  virtual base::Result<std::optional<base::Secret>> ask_secret(std::string_view question,
                                                               const os::NoCoreDumps& held);
};

/// Runs one command line. `program` is what a shell was told to start, for the commands that are
/// printed; `arguments` are the words behind it.
Exit run(const std::string& program, const std::vector<std::string>& arguments, Console& console,
         DeviceOpener& opener);

}  // namespace updater::cli
