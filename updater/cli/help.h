// SPDX-License-Identifier: BSD-3-Clause
// The parts of --help that teach: examples and exit statuses. The manual (docs/man/meupdate.1) says
// the same at length.
#pragma once

namespace updater::cli {

inline constexpr const char* kDescription =
    "Shows and updates the firmware of Intel Management Engines of ICH8 to ICH10 boards.";

inline constexpr const char* kMainFooter = R"(
Examples:
  meupdate info                                    what is in this computer
  meupdate info --device sim:esprimo-e5730         what is in a simulated one
  meupdate image 5.2.70.1046.bin                   is this file sound, and what is it for?
  meupdate update 5.2.70.1046.bin --dry-run        what would happen?
  meupdate update 5.2.70.1046.bin --log update.log
  meupdate tpm status                              is the TPM there, owned, active?
  meupdate explain 8721

Exit status:
  0 done                        5 refused: a condition is not met; nothing was written
  1 failed, device unchanged    6 verification failed
  2 wrong usage                 7 interrupted, run the printed command again
  3 no device                   8 interrupted, recovery needed: run the printed command
  4 nothing to do              20 to 29: the TPM is missing, disabled, owned, locked ...
                                  (`meupdate explain 24`)

`meupdate SUBCOMMAND --help` tells more about each.)";

inline constexpr const char* kInfoFooter = R"(
Nothing is written. What the device does not tell is listed with the reason.

Examples:
  meupdate info --format json | jq .version.code
  meupdate info --device sim:esprimo-e5730 --set host.system=windows --format meinfo)";

inline constexpr const char* kImageFooter = R"(
Exit status 0: sound. 6: not sound, or not an image; every defect is named with its offset and field.

Example:
  meupdate image --format json 5.2.70.1046.bin)";

inline constexpr const char* kUpdateFooter = R"(
The update goes as the device wants it: over HECI, or through its TPM, whose owner then has to authorise it. The plan is
shown first and has to be confirmed; without a terminal it is refused unless -y is given. Ctrl-C while data is
transferred stops between two messages and leaves the old firmware; once the firmware verifies and writes, it is not asked
to stop. Real devices are refused unless --accept-undocumented-protocol is given: nothing public documents how firmware of
this generation takes an update. They also want a backup: --backup names a dump of the board's flash, on which the update
is rehearsed first, or --without-backup is typed out. A TPM has to be known to be on the device's own board: that of the same sim: machine, the
socket of the same `mesim serve`, or this computer's beside this computer's ME.

Examples:
  meupdate update 5.2.70.1046.bin --dry-run
  meupdate update new.bin --device sim:esprimo-e5730 --set settings.enabled_update_interfaces=1 --state ./board -y
  meupdate update new.bin -y --progress-fd 3 3>progress.jsonl
  meupdate update new.bin --backup dump.bin --dry-run
  meupdate update new.bin --via tpm --owner-passphrase-file ./secret --owner-encoding utf-16le

Exit status: 0 updated, 1 failed and unchanged, 4 already there, 5 refused, 6 not verified, 7 run it again, 8 recovery needed;
20 to 29 a condition of the TPM (24: its owner's secret is needed; `meupdate explain 24`).)";

inline constexpr const char* kTpmFooter = R"(
Neither changes anything, but the TPM counts a wrong secret. An update through the TPM is `meupdate update --via tpm`.

Examples:
  meupdate tpm status                                   is it there, owned, active?
  meupdate tpm check-owner --owner-passphrase-file ./secret

Exit status 0: it answered, or the secret is its owner's. 20 to 29: `meupdate explain 20`, and so on.)";

inline constexpr const char* kTpmStatusFooter = R"(
Nothing is authorised and nothing is changed. No Management Engine is needed but for a simulated machine's TPM.

Exit status 0: it answered. 20: there is no TPM, or it does not answer.

Examples:
  meupdate tpm status
  meupdate tpm status --device sim:esprimo-e5730
  meupdate tpm status --tpm swtpm:/run/swtpm/data.sock --format json)";

inline constexpr const char* kCheckOwnerFooter = R"(
The TPM is asked for something that only its owner may read. A wrong secret is counted by the TPM; too many start a lockout,
so the last try is asked about first. Without an option the passphrase is asked for on the terminal and not shown. It is
never taken from the command line, and appears in no log.

Exit status 0: proven. 5: there is no owner. 20: no TPM. 24: no secret given. 25: wrong. 26: locked out. 28: the TPM's
self-test failed. 29: not tried, it was the last try.

Examples:
  meupdate tpm check-owner
  meupdate tpm check-owner --owner-passphrase-file ./secret --owner-encoding utf-16le)";

inline constexpr const char* kExplainFooter = R"text(
Examples:
  meupdate explain 8721
  meupdate explain "Error 26: The host CPU does not have read access"
  meupdate explain 0x94000242 0x02F10507
  meupdate explain - < log.txt
  meupdate explain password
  meupdate explain all)text";

}  // namespace updater::cli
