// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/serve_command.h"

#include <fmt/format.h>

#include <optional>

#include "emulator/attach/board_line.h"
#include "emulator/attach/kept_board.h"
#include "emulator/attach/swtpm/itpm_port.h"
#include "emulator/attach/swtpm/state_file.h"
#include "emulator/attach/swtpm/swtpm_server.h"
#include "emulator/attach/vfio_user/vfio_user_server.h"
#include "emulator/machine/machine.h"
#include "emulator/trace/trace_writer.h"
#include "os/read_file.h"
#include "os/safe_text.h"
#include "os/signals.h"
#include "scenarios/cli/ask_signal.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/new_board_id.h"
#include "scenarios/cli/print.h"
#include "scenarios/cli/report_output.h"
#include "scenarios/cli/stop_signal.h"
#include "scenarios/recording/recorder.h"
#include "scenarios/recording/recording_file.h"

namespace scenarios::cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using emulator::attach::KeptBoard;
using emulator::attach::RealTime;
using emulator::attach::ServingLoop;
using emulator::attach::swtpm::ItpmPort;
using emulator::attach::swtpm::SwtpmServer;
using emulator::attach::vfio_user::VfioUserServer;
using emulator::machine::Machine;
using os::UnixListener;
using protocol::BoardId;

/// Long enough for whatever the board does after its boot and before it is switched off.
constexpr base::Duration kRest = std::chrono::seconds(2);

constexpr std::size_t kLargestStateFile = 1;  ///< MiB; a TPM 1.2's is some kilobytes

int failed(const Error& error) {
  complain(error.doing);
  return error.code == Errc::invalid || error.code == Errc::not_found ? kUsage : kBroken;
}

struct Paths {
  std::string vfio_user;
  std::string swtpm;  ///< empty: none
};

bool is_heci_only(const ServeArguments& arguments) {
  return arguments.parts == ServeArguments::Parts::heci_only;
}

bool names_no_socket(const ServeArguments& arguments) {
  return arguments.vfio_user.empty() && arguments.swtpm.empty();
}

/// Empty: there is none.
std::string last_trace_file(const ServeArguments& arguments) {
  if (!arguments.last_trace.empty() || arguments.state_dir.empty()) return arguments.last_trace;
  return arguments.state_dir + "/last-trace.jsonl";
}

/// What can be said without the machine.
Result<void> check(const ServeArguments& arguments) {
  if (is_heci_only(arguments) && !arguments.swtpm.empty())
    return Error{Errc::invalid, "--heci-only serves no TPM; leave --swtpm out"};
  if (names_no_socket(arguments) && arguments.state_dir.empty())
    return Error{Errc::invalid, "name a socket (--vfio-user, --swtpm) or a state folder (--state)"};
  return {};
}

/// A socket that is not named stands beside the state.
Result<Paths> paths_of(const ServeArguments& arguments, const KeptBoard& board) {
  const bool has_tpm = board.machine->itpm() != nullptr;
  if (!has_tpm && !arguments.swtpm.empty())
    return Error{Errc::invalid, "the machine " + board.kept.machine + " has no TPM to serve"};
  Paths paths{.vfio_user = arguments.vfio_user, .swtpm = arguments.swtpm};
  if (!names_no_socket(arguments)) return paths;
  paths.vfio_user = arguments.state_dir + "/heci.sock";
  if (has_tpm && !is_heci_only(arguments)) paths.swtpm = arguments.state_dir + "/tpm.sock";
  return paths;
}

/// Empty: nothing is to be brought in.
Result<base::Bytes> foreign_state(const ServeArguments& arguments, const KeptBoard& board) {
  const std::string& path = arguments.tpm_state;
  if (path.empty()) return base::Bytes();
  if (board.machine->itpm() == nullptr)
    return Error{Errc::invalid,
                 "--tpm-state: the machine " + board.kept.machine + " has no TPM to give it to"};
  const auto file = os::read_file(path, kLargestStateFile);
  if (!file) return file.error();
  auto state = emulator::attach::swtpm::permanent_state_in(*file);
  if (!state) return Error{Errc::invalid, "--tpm-state " + path + ": " + state.error().doing};
  return state;
}

/// Where peers will be let in; until then they wait.
struct Sockets {
  std::optional<UnixListener> vfio_user;
  std::optional<UnixListener> swtpm;
};

Result<void> open_socket(const std::string& path, std::optional<UnixListener>& socket) {
  if (path.empty()) return {};
  auto opened = UnixListener::open(path);
  if (!opened) return opened.error();
  socket.emplace(std::move(opened).value());
  return {};
}

Result<Sockets> open_sockets(const Paths& paths) {
  Sockets sockets;
  if (const auto heci = open_socket(paths.vfio_user, sockets.vfio_user); !heci) return heci.error();
  if (const auto tpm = open_socket(paths.swtpm, sockets.swtpm); !tpm) return tpm.error();
  return sockets;
}

/// The machine with its file and its servers, each made only when everything before it was.
class Service {
 public:
  Service(KeptBoard board, const BoardId& id, const ServeArguments& arguments, StopSignal& stop)
      : board_(std::move(board)), id_(id), arguments_(arguments), stop_(stop) {
    machine().trace().attach(last_trace_);
  }
  ~Service() { machine().trace().detach(last_trace_); }
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// The board is switched on and boots, before anybody is let in; its TPM begins in `tpm_state`,
  /// when that is not empty.
  Result<void> start(Sockets sockets, base::ByteView tpm_state) {
    if (const auto kept = keep_flash(); !kept) return kept;
    if (!arguments_.record.empty()) machine().trace().attach(heard_);
    machine().boot();
    machine().clock().sleep(kRest);
    if (const auto given = give_tpm(tpm_state); !given) return given;
    time_.emplace(machine().clock(), arguments_.speed);
    loop_.emplace(*time_);
    loop_->add(stop_);
    loop_->add(asked_);
    if (sockets.vfio_user) serve_heci(*std::move(sockets.vfio_user));
    if (sockets.swtpm) serve_tpm(*std::move(sockets.swtpm));
    return {};
  }

  /// Until a signal comes, or the flash cannot be kept.
  Result<void> run() {
    while (!stop_.came()) {
      loop_->turn();
      if (flash_ && !flash_->written()) {
        tell_trace();
        return flash_->written();
      }
    }
    if (const auto recorded = write_recording(); !recorded) return recorded;
    return save();
  }

 private:
  Machine& machine() { return *board_.machine; }

  Result<void> keep_flash() {
    if (!board_.folder) return {};
    auto followed = board_.follow_flash();
    if (!followed) return followed.error();
    flash_ = std::move(followed).value();
    return {};
  }

  Result<void> give_tpm(base::ByteView state) {
    if (state.empty()) return {};
    const auto given = machine().itpm()->adopt(state);
    if (!given)
      return Error{given.error().code,
                   "--tpm-state: the board's TPM does not run, so it takes no state"};
    machine().itpm()->reset();
    machine().clock().sleep(kRest);
    return {};
  }

  Result<void> write_recording() {
    if (arguments_.record.empty()) return {};
    machine().trace().detach(heard_);
    return recording::write_recording(heard_.recorded(machine()), arguments_.record);
  }

  void serve_heci(UnixListener socket) {
    heci_.emplace(
        std::move(socket), machine().pci(), [this] { restart_platform(); }, id_);
    loop_->add(*heci_);
  }

  /// A monitor's BIOS is done before the ME of a real board is, and would find no TPM: the board
  /// gets the time that its own BIOS would take, at once.
  void restart_platform() {
    machine().reset_platform();
    machine().clock().sleep(emulator::attach::kBiosTime);
  }

  void serve_tpm(UnixListener socket) {
    port_.emplace(*machine().itpm(), machine().profile().tpm, id_);
    tpm_.emplace(std::move(socket), *port_);
    loop_->add(*tpm_);
  }

  /// What happened last, to the file for it.
  void tell_trace() {
    const std::string file = last_trace_file(arguments_);
    if (file.empty())
      return complain(
          "the last trace has no file: name one with --last-trace, or keep the board (--state)");
    const auto lines = last_trace_.write(file, board_.kept.machine);
    if (!lines) return complain(lines.error().doing);
    say_aside(fmt::format("the last {} events: mesim show {}\n", *lines, os::shell_quoted(file)));
  }

  /// Nobody is let in any more; the board comes to rest.
  Result<void> save() {
    heci_.reset();
    tpm_.reset();
    if (!board_.folder) return {};
    machine().clock().sleep(kRest);
    return board_.save();
  }

  KeptBoard board_;
  BoardId id_;
  const ServeArguments& arguments_;
  StopSignal& stop_;
  emulator::trace::LastTrace last_trace_;
  AskSignal asked_{[this] { tell_trace(); }};
  recording::Recorder heard_;
  std::unique_ptr<emulator::attach::FlashFile> flash_;
  std::optional<RealTime> time_;
  std::optional<ServingLoop> loop_;
  std::optional<VfioUserServer> heci_;
  std::optional<ItpmPort> port_;
  std::optional<SwtpmServer> tpm_;
};

Result<void> announce(const std::string& machine, const Paths& paths) {
  fmt::print("serving {}\n", machine);
  if (!paths.vfio_user.empty()) fmt::print("  HECI, vfio-user:  {}\n", paths.vfio_user);
  if (!paths.swtpm.empty()) fmt::print("  TPM, swtpm:       {}\n", paths.swtpm);
  fmt::print("ready; SIGTERM or Ctrl-C saves and ends it\n");
  if (all_was_said()) return {};
  return Error{Errc::io, "nobody hears that it serves: standard output cannot be written"};
}

/// A peer that has gone is an error of the write to it, not the machine's end.
void outlive_peers() {
  os::ignore_broken_pipes();
}

}  // namespace

int serve(const ServeArguments& arguments) {
  // From the first moment: a signal that comes while the machine starts is not lost.
  StopSignal stop;
  outlive_peers();
  if (const auto sensible = check(arguments); !sensible) return failed(sensible.error());
  if (!can_be_written(arguments.record)) return kBroken;
  auto board = emulator::attach::open_kept_board(
      {.machine = arguments.machine, .set = arguments.set, .state_dir = arguments.state_dir});
  if (!board) return failed(board.error());
  const Result<Paths> paths = paths_of(arguments, *board);
  if (!paths) return failed(paths.error());
  const Result<base::Bytes> tpm_state = foreign_state(arguments, *board);
  if (!tpm_state) return failed(tpm_state.error());
  // Before the board is saved: one that nobody could reach leaves nothing behind.
  auto sockets = open_sockets(*paths);
  if (!sockets) return failed(sockets.error());
  const std::string machine = board->kept.machine;
  const auto id = new_board_id();
  if (!id) return failed(id.error());
  Service service(std::move(board).value(), *id, arguments, stop);
  if (const auto started = service.start(std::move(sockets).value(), *tpm_state); !started)
    return failed(started.error());
  if (const auto announced = announce(machine, *paths); !announced)
    return failed(announced.error());
  const auto ended = service.run();
  return ended ? 0 : failed(ended.error());
}

}  // namespace scenarios::cli
