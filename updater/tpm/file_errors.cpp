// SPDX-License-Identifier: BSD-3-Clause
// What the error numbers of a TPM's file mean and what a person can do about them (Linux
// drivers/char/tpm/tpm-dev.c and tpm-dev-common.c; connect(2)).
#include <cerrno>

#include "os/error_meanings.h"
#include "updater/tpm/frame_file.h"

namespace updater::tpm {
namespace {

using base::Errc;
using base::Error;

constexpr os::Meaning kFileMeanings[] = {
    {.number = ENOENT,
     .code = Errc::not_found,
     .advice = "switch the TPM on in BIOS set-up, then load its driver with \"modprobe tpm_tis\""},
    {.number = ENXIO,
     .code = Errc::not_found,
     .advice = "switch the TPM on in BIOS set-up, then load its driver with \"modprobe tpm_tis\""},
    {.number = EBUSY,
     .code = Errc::busy,
     .advice = "another program has the TPM; stop it (tcsd: \"systemctl stop trousers\") and try "
               "again"},
    {.number = E2BIG,
     .code = Errc::invalid,
     .advice =
         "the command is longer than the driver takes; this is our mistake, please report it"},
    {.number = ENODEV,
     .code = Errc::disconnected,
     .advice = "the driver has lost the TPM; try again, then \"modprobe -r tpm_tis && modprobe "
               "tpm_tis\""},
    {.number = EPIPE, .code = Errc::disconnected, .advice = "the TPM went away; try again"},
    {.number = ECONNRESET, .code = Errc::disconnected, .advice = "the TPM went away; try again"},
    {.number = ECONNREFUSED,
     .code = Errc::not_found,
     .advice = "nobody serves a TPM there; start it first"},
    {.number = ETIME,
     .code = Errc::timeout,
     .advice = "the TPM does not answer its driver; power the computer off and on"},
    {.number = ETIMEDOUT, .code = Errc::timeout, .advice = "the TPM does not answer"},
    {.number = ECANCELED, .code = Errc::interrupted, .advice = "the command was cancelled"},
    {.number = EISDIR, .code = Errc::invalid, .advice = "it is not a TPM device"},
};

}  // namespace

Error file_error(const std::string& doing, int number) {
  return os::explain(kFileMeanings, doing, number);
}

}  // namespace updater::tpm
