// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/tpm_check_owner_command.h"

#include "os/safe_text.h"
#include "updater/cli/owner_check.h"
#include "updater/cli/tpm_commands.h"
#include "updater/report/json.h"
#include "updater/report/people.h"

namespace updater::cli {
namespace {

constexpr const char* kSchema = "meupdate-tpm-check-owner-1";

class CheckOwner {
 public:
  CheckOwner(const CheckOwnerOptions& options, Output& output, const os::NoCoreDumps& held)
      : options_(options), output_(output), held_(held) {}

  Exit run(tpm::TpmTransport& transport, base::Clock& clock, MaybeSecret secret) {
    tpm::Tpm12Link link(transport, clock);
    tpm::Tpm12Client client(link);
    const auto said = tpm::check_without_secret(client);
    if (!said) return failed(said.error());
    if (*said) return shown(**said);
    if (!secret) {
      auto asked = ask_owner_secret(options_.owner, output_.console(), held_);
      if (!asked) return failed(asked.error());
      secret = std::move(asked).value();
    }
    if (!secret) return no_secret();
    const auto check = check_owner_carefully(client, *secret, consent(options_.yes), output_);
    return check ? shown(*check) : failed(check.error());
  }

  Exit failed(const base::Error& error) {
    if (options_.format == Format::json) {
      document({{"schema", kSchema}, {"error", report::error_json(error)}});
    } else {
      output_.err("meupdate: " + report::error_text(error) + "\n");
    }
    return exit_for_tpm(error);
  }

 private:
  Exit shown(const tpm::OwnerCheck& check) {
    if (options_.format == Format::json) {
      document({{"schema", kSchema},
                {"verdict", name(check.verdict)},
                {"lockout", report::lockout_json(check.lockout)}});
    } else {
      const std::string text = report::owner_check_text(check);
      check.verdict == tpm::OwnerVerdict::proven ? output_.out(text) : output_.err(text);
    }
    return exit_for(check.verdict);
  }

  Exit no_secret() {
    const base::Error error{
        base::Errc::invalid,
        "the TPM has an owner, and no secret was given: use --owner-passphrase-file, "
        "--owner-secret-file or --owner-well-known, or a terminal to be asked on"};
    failed(error);
    return Exit::owner_secret_needed;
  }

  void document(const report::Json& json) { output_.out(report::document(json)); }

  const CheckOwnerOptions& options_;
  Output& output_;
  const os::NoCoreDumps& held_;
};

}  // namespace

Exit run_check_owner(const CheckOwnerOptions& options, const Surroundings& around) {
  const os::NoCoreDumps held;
  auto secret = read_owner_secret(options.owner, held);
  if (!secret) {
    around.console.err(os::safe_text("meupdate: " + secret.error().doing + "\n"));
    return Exit::usage;
  }
  const auto complained = [&](Output& output, const base::Error& error) {
    (void)CheckOwner(options, output, held).failed(error);
  };
  const auto check = [&](Output& output, tpm::TpmTransport& tpm, base::Clock& clock) {
    return CheckOwner(options, output, held).run(tpm, clock, std::move(secret).value());
  };
  return with_tpm(options.device, options.log, around, complained, check);
}

}  // namespace updater::cli
