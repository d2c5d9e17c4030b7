// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/vfio_user/interrupts.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <filesystem>
#include <string>

#include "emulator/attach/serving_loop.h"

namespace emulator::attach::vfio_user {
namespace {

using namespace protocol::vfio_user;
using base::ByteView;

/// An eventfd, by the name that Linux gives to what is behind it. Others would kill the writer
/// (pipes), be ready for ever (devices) or need not take whole numbers.
bool is_eventfd(const os::Descriptor& file) {
  std::error_code unseen;
  const auto link = "/proc/self/fd/" + std::to_string(file.number());
  return std::filesystem::read_symlink(link, unseen) == "anon_inode:[eventfd]";
}

/// One event. A counter that is full would block: it is the monitor's mistake and gets none.
void signal(const os::Descriptor& file) {
  if (!file.is_open()) return;
  pollfd look{.fd = file.number(), .events = POLLOUT, .revents = 0};
  if (::poll(&look, 1, 0) != 1 || look.revents != POLLOUT) return;
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(file.number(), &one, sizeof one);
}

/// Takes what an eventfd has counted. False when it cannot be read.
bool drain(const os::Descriptor& file) {
  std::uint64_t events = 0;
  return ::read(file.number(), &events, sizeof events) == sizeof events;
}

/// Linux counts four bytes a file, though the files come beside the message.
bool has_its_size(const SetIrqs& request) {
  return request.argsz >= SetIrqs::size &&
         request.argsz - SetIrqs::size <= request.count * sizeof(std::int32_t);
}

/// Whether an interrupt of the request is one that is there, and the flags name one kind of data
/// and one action.
bool makes_sense(const SetIrqs& request, ByteView data, std::span<const os::Descriptor> files) {
  const std::uint32_t kind = request.flags & SetIrqs::kData;
  const std::uint32_t action = request.flags & SetIrqs::kAction;
  const std::uint32_t known = SetIrqs::kData | SetIrqs::kAction;
  if (std::popcount(kind) != 1 || std::popcount(action) != 1 || (request.flags & ~known) != 0)
    return false;
  if (request.index >= kIrqs) return false;
  const std::uint32_t count = irq_info(request.index).count;
  if (request.start > count || request.count > count - request.start) return false;
  if (!has_its_size(request)) return false;
  if (data.size() != (kind == SetIrqs::kDataBool ? request.count : 0)) return false;
  if (kind != SetIrqs::kDataEventFd) return files.empty();
  if (!std::ranges::all_of(files, is_eventfd)) return false;
  return request.count != 0 && (files.empty() || files.size() == request.count);
}

}  // namespace

IrqInfo irq_info(std::uint32_t index) {
  if (index == kIrqIntx) {
    return {.flags = IrqInfo::kEventFd | IrqInfo::kMaskable | IrqInfo::kAutoMasked,
            .index = index,
            .count = 1};
  }
  if (index == kIrqMsi) return {.flags = IrqInfo::kEventFd, .index = index, .count = 1};
  return {.index = index};
}

void Interrupts::intx(sim::Level level) {
  level_ = level;
  fire_intx_if_due();
}

void Interrupts::msi(std::uint64_t /*address*/, std::uint16_t /*data*/) {
  msi_waits_ = !msi_trigger_.is_open();
  signal(msi_trigger_);
}

std::uint32_t Interrupts::set(const SetIrqs& request, ByteView data,
                              std::vector<os::Descriptor> files) {
  if (!makes_sense(request, data, files)) return EINVAL;
  const std::uint32_t action = request.flags & SetIrqs::kAction;
  const std::uint32_t kind = request.flags & SetIrqs::kData;
  if (action == SetIrqs::kTrigger && (request.count == 0 || kind == SetIrqs::kDataEventFd)) {
    return set_triggers(request.index, files.empty() ? os::Descriptor() : std::move(files.front()));
  }
  const bool named =
      kind == SetIrqs::kDataBool ? std::ranges::any_of(data, std::identity()) : request.count != 0;
  if (action == SetIrqs::kTrigger) return named ? fire(request.index) : 0;
  if (request.index != kIrqIntx) return EINVAL;  // no other can be masked
  if (kind == SetIrqs::kDataEventFd) {
    if (action == SetIrqs::kMask) return EOPNOTSUPP;
    unmask_file_ = files.empty() ? os::Descriptor() : std::move(files.front());
    return 0;
  }
  if (!named) return 0;
  if (action == SetIrqs::kMask) mask_ = Mask::masked;
  if (action == SetIrqs::kUnmask) unmask();
  return 0;
}

/// A closed file takes the trigger away. So does disabling the whole index.
std::uint32_t Interrupts::set_triggers(std::uint32_t index, os::Descriptor file) {
  if (index == kIrqIntx) {
    intx_trigger_ = std::move(file);
    mask_ = Mask::open;
    if (!intx_trigger_.is_open()) unmask_file_.close();
    fire_intx_if_due();
  }
  if (index == kIrqMsi) {
    msi_trigger_ = std::move(file);
    if (msi_trigger_.is_open() && std::exchange(msi_waits_, false)) signal(msi_trigger_);
  }
  return 0;
}

/// What the device would do, on the monitor's word: to try its way of interrupts.
std::uint32_t Interrupts::fire(std::uint32_t index) {
  signal(index == kIrqIntx ? intx_trigger_ : msi_trigger_);
  return 0;
}

void Interrupts::unmask() {
  mask_ = Mask::open;
  fire_intx_if_due();
}

void Interrupts::fire_intx_if_due() {
  if (level_ == sim::Level::low || mask_ == Mask::masked || !intx_trigger_.is_open()) return;
  mask_ = Mask::masked;
  signal(intx_trigger_);
}

void Interrupts::forget() {
  intx_trigger_.close();
  unmask_file_.close();
  msi_trigger_.close();
  mask_ = Mask::open;
  msi_waits_ = false;
}

void Interrupts::list(std::vector<pollfd>& wanted) const {
  if (!unmask_file_.is_open()) return;
  wanted.push_back({.fd = unmask_file_.number(), .events = POLLIN, .revents = 0});
}

void Interrupts::serve(std::span<const pollfd> ready) {
  if (!unmask_file_.is_open()) return;
  const auto at = std::ranges::find(ready, unmask_file_.number(), &pollfd::fd);
  if (at == ready.end() || at->revents == 0) return;
  const bool unmasks = (at->revents & POLLIN) != 0 && drain(unmask_file_);
  if (!unmasks) return unmask_file_.close();  // it would be ready for ever and say nothing
  unmask();
}

}  // namespace emulator::attach::vfio_user
