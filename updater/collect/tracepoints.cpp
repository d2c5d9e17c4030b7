// SPDX-License-Identifier: BSD-3-Clause
#include "updater/collect/tracepoints.h"

#include <filesystem>

#include "os/regular_file.h"
#include "os/write_all.h"
#include "updater/collect/kernel_files.h"

namespace updater::collect {
namespace {

bool set(const std::string& path, std::string_view value) {
  const auto file = os::open_in_place(path);
  return file && os::write_all(*file, path, base::as_bytes(value)).has_value();
}

}  // namespace

Tracepoints::Tracepoints(const std::string& root)
    : folder_(root + "/sys/kernel/tracing/instances/mebench") {
  std::error_code failure;
  std::filesystem::create_directory(folder_, failure);
  on_ = !failure && set(folder_ + "/events/mei/enable", "1");
}

Tracepoints::~Tracepoints() {
  if (on_) set(folder_ + "/events/mei/enable", "0");
  std::error_code failure;
  std::filesystem::remove(folder_, failure);
}

std::string Tracepoints::text() const {
  return on_ ? text_of(folder_ + "/trace") : std::string();
}

}  // namespace updater::collect
