// SPDX-License-Identifier: BSD-3-Clause
// Everything a running story has: its machine, the host in front of it, its images, a folder of its
// own.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/promise.h"
#include "base/result.h"
#include "emulator/machine/machine.h"
#include "emulator/sim/random.h"
#include "scenarios/engine/armed_faults.h"
#include "scenarios/engine/bus_log.h"
#include "scenarios/engine/host_side.h"
#include "scenarios/engine/host_system.h"
#include "scenarios/engine/scenario.h"
#include "updater/image/image.h"
#include "updater/mei/heci_host.h"
#include "updater/tpm/nonce_source.h"

namespace scenarios::engine {

class CapturedConsole;

/// The story's machine as its file names it: a profile beside the story goes before others. Errors:
/// invalid, with the place.
base::Result<emulator::machine::Profile> profile_of(const Scenario& story);

class World {
 public:
  /// `scratch` is a folder that exists, is empty, and is the story's alone. `trace` (may be null)
  /// hears of everything. `kind` of host runs the updater.
  World(const Scenario& scenario, std::string scratch, emulator::sim::TraceSink* trace,
        const HostKind& kind = in_process());
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  /// Makes the machine and brings it to where the story begins. Errors: what is wrong with the
  /// profile, with its place.
  base::Result<void> begin();
  /// Instead of begin(): on a machine that its maker has brought there, whatever the story says of
  /// its machine.
  void begin_on(std::unique_ptr<emulator::machine::Machine> machine);

  emulator::machine::Machine& machine() {
    MEBENCH_PROMISE(machine_ != nullptr, "a world has begun before anybody looks at its board");
    return *machine_;
  }
  HostSystem& system() { return *system_; }
  HostSide& host() { return host_; }
  BusLog& bus() { return bus_; }
  ArmedFaults& armed_faults() { return armed_faults_; }
  const Scenario& scenario() const { return scenario_; }
  const std::string& scratch() const { return scratch_; }

  /// The nonces of a host that the story plays by hand: one seed, one history.
  updater::tpm::NonceSource nonces();

  /// A driver as a program that is just started gets it, on the host's registers and clock or on
  /// what the program holds of them.
  std::unique_ptr<updater::mei::HeciHost> make_driver() { return make_driver(host_, host_); }
  std::unique_ptr<updater::mei::HeciHost> make_driver(base::Mmio& registers, base::Clock& clock);

  /// The FWU client over the story's own driver, which stays from step to step; connects when
  /// it must.
  base::Result<updater::mei::MeiTransport*> fwu();
  void drop_fwu() { fwu_.reset(); }
  /// The story's own driver is closed, as when its program ends.
  void drop_driver();

  /// The bytes of a declared image. Errors: invalid (no such image, or it cannot be made).
  base::Result<base::ByteView> image(const std::string& name);
  /// The same as a file in scratch(). Errors: also io.
  base::Result<std::string> image_file(const std::string& name);
  /// These bytes are the declared image from now on.
  void lend_image(const std::string& name, base::Bytes bytes);

  /// What is wrong with an image that a program has read: one file is verified once, however many
  /// programs read it.
  const std::vector<updater::image::Defect>& defects_of(const updater::image::Image& image);

  /// A declared text file, written into scratch(). Errors: invalid (no such file), io.
  base::Result<std::string> text_file(const std::string& name);

  /// What stands on the screen of the program that runs, which may die and leave it there; nullptr
  /// when none runs.
  void show_screen(const CapturedConsole* console) { console_ = console; }
  /// What it printed so far; empty when none runs.
  std::string screen() const;

  /// What the updater printed, as it was: the command that it says to go on with is kept.
  void note_printed(const std::string& text);
  /// The command printed last, its words without the program's name. Errors: invalid (none was).
  base::Result<std::vector<std::string>> printed_command() const;

  void take_snapshot(const std::string& name);
  /// Errors: not_found (no such snapshot), invalid (it does not fit).
  base::Result<void> restore(const std::string& name);

 private:
  void install(std::unique_ptr<emulator::machine::Machine> machine);
  base::Result<std::unique_ptr<emulator::machine::Machine>> build() const;
  base::Result<std::string> once_in_scratch(const std::string& name, base::ByteView bytes);

  const Scenario& scenario_;
  std::string scratch_;
  emulator::sim::TraceSink* trace_;
  std::optional<emulator::machine::Profile> profile_;
  BusLog bus_;
  std::unique_ptr<emulator::machine::Machine> machine_;
  ArmedFaults armed_faults_;
  HostSide host_{bus_, armed_faults_};
  std::unique_ptr<HostSystem> system_;
  std::unique_ptr<updater::mei::HeciHost> driver_;
  std::unique_ptr<updater::mei::MeiTransport> fwu_;
  const CapturedConsole* console_ = nullptr;
  std::string printed_command_;
  std::map<std::string, base::Bytes> images_;
  std::map<std::string, const std::uint8_t*> written_;  ///< in scratch_, and of which bytes
  std::map<std::string, base::Bytes> snapshots_;
  base::Bytes verified_;  ///< the file that was verified last
  std::vector<updater::image::Defect> defects_;
  emulator::sim::Random random_;
};

}  // namespace scenarios::engine
