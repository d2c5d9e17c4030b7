// SPDX-License-Identifier: BSD-3-Clause
#include "updater/tpm/tpm_chardev.h"

#include <fcntl.h>

#include <cerrno>

#include "os/open_files.h"
#include "updater/tpm/frame_file.h"

namespace updater::tpm {

using base::Bytes;
using base::ByteView;
using base::Duration;
using base::Result;

TpmChardev::TpmChardev(os::Descriptor file, std::string path, base::Clock& clock)
    : path_(std::move(path)), clock_(clock) {
  file_.emplace(std::move(file));
}

Result<std::unique_ptr<TpmChardev>> TpmChardev::open(std::string path, base::Clock& clock) {
  auto device = std::make_unique<TpmChardev>(os::Descriptor(-1), std::move(path), clock);
  if (const auto opened = device->be_open(); !opened) return opened.error();
  return device;
}

Result<void> TpmChardev::be_open() {
  if (file_ && file_->is_open()) return {};
  const int file = ::open(path_.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return os::with_holders(file_error("opening " + path_, errno), path_);
  file_.emplace(file);
  return {};
}

Result<Bytes> TpmChardev::transmit(ByteView command, Duration limit) {
  if (const auto opened = be_open(); !opened) return opened.error();
  FrameFile file(file_->number(), FileKind::device, path_, clock_, waiting_, limit);
  const auto written = file.write(command);
  auto answer = written ? file.read() : Result<Bytes>(written.error());
  if (!answer) file_.reset();  // what comes late belongs to nobody
  return answer;
}

}  // namespace updater::tpm
