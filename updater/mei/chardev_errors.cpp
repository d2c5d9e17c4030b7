// SPDX-License-Identifier: BSD-3-Clause
#include "updater/mei/chardev_errors.h"

#include <array>
#include <cerrno>

#include "os/error_meanings.h"
#include "protocol/heci/hbm.h"

namespace updater::mei {
namespace {

using base::Errc;
using base::Error;
using os::explain;
using os::Meaning;

constexpr std::array<Meaning, 6> kOpenMeanings = {{
    {.number = ENOENT,
     .code = Errc::not_found,
     .advice = "load the driver with \"modprobe mei_me\"; if it stays away, this computer shows no "
               "ME to its system"},
    {.number = ENXIO,
     .code = Errc::not_found,
     .advice = "load the driver with \"modprobe mei_me\""},
    {.number = ENODEV,
     .code = Errc::disconnected,
     .advice =
         "the driver has lost the ME; try again, then \"modprobe -r mei_me && modprobe mei_me\""},
    {.number = EBUSY, .code = Errc::busy, .advice = "another program uses it; end that one first"},
    {.number = EMFILE,
     .code = Errc::busy,
     .advice = "too many programs have it open; end one of them"},
    {.number = EISDIR, .code = Errc::invalid, .advice = "it is not an mei device"},
}};

constexpr std::array<Meaning, 6> kConnectMeanings = {{
    {.number = ENOTTY,
     .code = Errc::not_found,
     .advice = "the ME has no such client, or this is not an mei device"},
    {.number = ENOENT, .code = Errc::not_found, .advice = "the ME has no such client"},
    {.number = EBUSY,
     .code = Errc::busy,
     .advice = "another program is connected to it; end that one first"},
    {.number = ENODEV,
     .code = Errc::disconnected,
     .advice = "the link to the ME was reset; try again"},
    {.number = ETIME,
     .code = Errc::timeout,
     .advice = "the ME does not answer; power the computer off and on"},
    {.number = ETIMEDOUT,
     .code = Errc::timeout,
     .advice = "the ME does not answer; power the computer off and on"},
}};

constexpr std::array<Meaning, 8> kTransferMeanings = {{
    {.number = ENODEV, .code = Errc::disconnected, .advice = "the link to the ME was reset"},
    {.number = ENOTTY, .code = Errc::disconnected, .advice = "the ME client is gone"},
    {.number = ENOTCONN, .code = Errc::disconnected, .advice = "the ME client is gone"},
    {.number = EPIPE, .code = Errc::disconnected, .advice = "the link to the ME was reset"},
    {.number = ECONNRESET, .code = Errc::disconnected, .advice = "the link to the ME was reset"},
    {.number = ETIME, .code = Errc::timeout, .advice = "the ME does not answer"},
    {.number = EMSGSIZE,
     .code = Errc::protocol,
     .advice = "a message longer than its client's maximum"},
    {.number = EFBIG, .code = Errc::invalid, .advice = "longer than the client takes"},
}};

}  // namespace

Error open_error(const std::string& path, int number) {
  return explain(kOpenMeanings, "opening " + path, number);
}

// A missing client carries the ME's own connect status, as over bare registers.
Error connect_error(const std::string& path, const std::string& guid, int number) {
  Error error =
      explain(kConnectMeanings, "connecting to ME client " + guid + " through " + path, number);
  if (error.code == Errc::not_found) {
    error.status = static_cast<std::uint32_t>(protocol::hbm::Status::client_not_found);
  }
  return error;
}

Error transfer_error(const char* doing, int number) {
  return explain(kTransferMeanings, doing, number);
}

}  // namespace updater::mei
