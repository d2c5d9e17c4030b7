// SPDX-License-Identifier: BSD-3-Clause
// The updater of meupdate as a library: what a device is, whether and how it can be updated with an
// image, and doing it, over HECI or through the TPM. The device is a Host: a board of
// <mebench/board.h>, this computer's, or what you write.
//
// Threads: an Updater, and the Host it was given, belong to one thread at a time. Different ones
// may run side by side. Nothing here makes a thread or a process.
//
// Firmware that fails to be written can leave a computer that does not start. What an Updater takes
// to be real is what does not say simulated(); docs/meupdate.md tells what it refuses there.
#pragma once

#include <mebench/bytes.h>
#include <mebench/clock.h>
#include <mebench/export.h>
#include <mebench/firmware_version.h>
#include <mebench/host.h>
#include <mebench/result.h>
#include <mebench/version.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mebench {

/// A file with firmware: an update image, an ME region or a whole flash.
class MEBENCH_API Image {
 public:
  /// Errors: invalid (the offset, the field, and what it must be).
  static Result<Image> parse(Bytes file);
  ~Image();
  Image(Image&&) noexcept;
  Image& operator=(Image&&) noexcept;

  FirmwareVersion version() const;
  std::uint32_t sku() const;
  std::size_t bytes_to_transfer() const;
  /// Everything wrong with it: hashes, signature, modules. Empty: it is sound. No update is made of
  /// one that is not.
  std::vector<std::string> defects() const;

 private:
  friend class Updater;
  struct Parts;
  explicit Image(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

enum class Via : std::uint8_t { automatic, heci, tpm };

/// The options of `meupdate update`, and what each allows (docs/meupdate.md).
struct PlanOptions {
  Via via = Via::automatic;
  bool allow_downgrade = false;
  bool allow_same_version = false;
  bool abort_other = false;                   ///< take away an unfinished update of another image
  bool accept_undocumented_protocol = false;  ///< on what may be real
  /// The whole flash, dumped before: with it an update of what may be real can be undone. Nobody
  /// rehearses here what `meupdate` would; a Board made of it can.
  std::optional<Bytes> backup;
  bool without_backup = false;  ///< of what may be real: do without
  bool use_last_try = false;    ///< prove the owner's secret though a wrong one may lock the TPM
};

/// What nobody is to see; the updater has copies that it wipes. Wiping these is yours.
struct Secrets {
  std::string_view update_password;  ///< of a password-protected local update; empty: none
  /// The TPM owner's passphrase, or nothing. Its SHA-1 is the secret, as tpm-tools has it.
  std::optional<std::string_view> owner_passphrase;
};

enum class Verdict : std::uint8_t { ready, nothing_to_do, refused };

/// What would be done, or why nothing will be.
class MEBENCH_API Plan {
 public:
  ~Plan();
  Plan(Plan&&) noexcept;
  Plan& operator=(Plan&&) noexcept;

  Verdict verdict() const;
  /// A sentence for people: of a refusal why, of the others what.
  std::string text() const;
  /// Refused: the row of docs/meupdate.md, "sku-mismatch"; what a person can do; and the number of
  /// the era's tools, 0 where they have none. Empty and 0 otherwise.
  std::string refusal() const;
  std::string next_step() const;
  std::uint32_t tool_error() const;

  // Ready.
  Via way() const;  ///< heci or tpm
  FirmwareVersion from() const;
  FirmwareVersion to() const;
  std::vector<std::string> warnings() const;
  std::vector<std::string> lost() const;  ///< what will not survive

  /// As `meupdate update --format json` has it (docs/schema/update.schema.json, "plan"
  /// or "refusal").
  std::string json() const;

 private:
  friend class Updater;
  struct Parts;
  explicit Plan(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

enum class Phase : std::uint8_t {
  starting,
  transferring,
  verifying,
  committing,
  restarting,
  checking,
  done
};
MEBENCH_API const char* name(Phase phase);

struct Progress {
  Phase phase = Phase::starting;
  std::size_t bytes_done = 0;
  std::size_t bytes_total = 0;
  TimePoint at{};  ///< on the host's clock
};

/// `stop` ends the update before its next message, and leaves the device as it was where that can
/// still be.
enum class Then : std::uint8_t { go_on, stop };
/// May not throw.
using OnProgress = std::function<Then(const Progress&)>;

enum class Outcome : std::uint8_t {
  updated,               ///< the device reports the image's version
  restart_needed,        ///< written; it runs after a power cycle
  failed_unchanged,      ///< refused or broken off before anything was written
  verify_failed,         ///< ended, and the device does not report the image's version
  interrupted_rerun,     ///< broken off; the device runs what it ran and takes the same again
  interrupted_recovery,  ///< broken off; the device needs the same again, or is not known yet
};
MEBENCH_API const char* name(Outcome outcome);

struct Report {
  Outcome outcome = Outcome::updated;
  std::optional<Error> error;  ///< what stopped it
  Phase stopped_in = Phase::done;
  std::uint32_t device_status = 0;  ///< the number the firmware ended it with; 0: none
  std::optional<FirmwareVersion> version_after;
  std::size_t bytes_sent = 0;
  Duration took{};           ///< on the host's clock
  std::string next_step;     ///< what a person does next; empty: nothing
  std::string safe_because;  ///< why that is safe
};

class MEBENCH_API Updater {
 public:
  explicit Updater(const Host& host);
  ~Updater();
  Updater(Updater&&) noexcept;
  Updater& operator=(Updater&&) noexcept;

  /// Everything that the device tells, as `meupdate info --format json` prints it
  /// (docs/schema/info.schema.json). Errors: those of the Host, when it answers nothing at all.
  Result<std::string> info_json();
  /// Of the code that runs. Errors: those of the Host, not_found (it does not tell).
  Result<FirmwareVersion> running_version();

  /// Asks the device, changes nothing on it but, where the owner's secret has to be proved, the
  /// TPM's count of failures. Errors: those of the Host.
  Result<Plan> plan(const Image& image, const PlanOptions& options = {},
                    const Secrets& secrets = {});

  /// Writes. `plan` is ready, and this Updater's own for `image`. Errors: invalid (it is not). What
  /// goes wrong later is in the report.
  Result<Report> carry_out(const Plan& plan, const Image& image, const OnProgress& progress = {},
                           const Secrets& secrets = {});

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace mebench
