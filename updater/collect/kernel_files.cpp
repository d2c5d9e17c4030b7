// SPDX-License-Identifier: BSD-3-Clause
#include "updater/collect/kernel_files.h"

#include <algorithm>
#include <filesystem>
#include <span>

#include "os/read_file.h"
#include "updater/collect/kernel_log.h"

namespace updater::collect {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostOfAFile = 1 << 20;

// sysfs-bus-pci
constexpr std::string_view kOfFunctions[] = {"vendor",   "device",           "class",
                                             "revision", "subsystem_vendor", "subsystem_device"};
constexpr std::string_view kOfEngines[] = {
    "fw_ver", "fw_status", "dev_state", "hbm_ver", "hbm_ver_drv", "kind", "trc", "tx_queue_limit"};
constexpr std::string_view kOfClients[] = {"name",  "uuid", "version", "max_conn",
                                           "fixed", "vtag", "max_len"};
constexpr std::string_view kOfDebugging[] = {"meclients", "active", "devstate"};
constexpr std::string_view kOfTpms[] = {
    "tpm_version_major", "caps",   "durations", "timeouts",
    "enabled",           "active", "owned",     "temp_deactivated"};
// Of SMBIOS; what has a serial number, a UUID or an asset tag in it is not among them.
constexpr std::string_view kOfTheComputer[] = {"sys_vendor",   "product_name", "product_version",
                                               "board_vendor", "board_name",   "board_version",
                                               "bios_vendor",  "bios_version", "bios_date",
                                               "bios_release", "chassis_type"};

using Names = std::span<const std::string_view>;
using Files = std::vector<base::TarFile>;

void keep(Files& files, const std::string& path, std::string name,
          std::size_t most = kMostOfAFile) {
  auto contents = os::read_start(path, most);
  if (contents && !contents->empty())
    files.push_back({.name = std::move(name), .contents = std::move(contents).value()});
}

void keep_each(Files& files, const std::string& folder, const std::string& name, Names wanted) {
  for (const std::string_view file : wanted)
    keep(files, folder + "/" + std::string(file), name + "/" + std::string(file));
}

std::string last_part(const std::string& path) {
  return fs::path(path).filename().string();
}

/// A HECI function: Intel's, of class 0780.
bool is_heci(const std::string& function) {
  return text_of(function + "/vendor").starts_with("0x8086") &&
         text_of(function + "/class").starts_with("0x0780");
}

/// Where ICH and PCH have theirs: devices 3 and 16h of bus 0.
void keep_functions(Files& files, const std::string& root) {
  for (const std::string_view device : {"0000:00:03.", "0000:00:16."}) {
    for (const std::string& function : entries(root + "/sys/bus/pci/devices", device)) {
      if (!is_heci(function)) continue;
      const std::string name = "pci/" + last_part(function);
      keep_each(files, function, name, kOfFunctions);
      keep(files, function + "/config", name + "/config", kConfigurationBytes);
    }
  }
}

void keep_engines(Files& files, const std::string& root) {
  for (const std::string& engine : entries(root + "/sys/class/mei", "mei"))
    keep_each(files, engine, "mei/" + last_part(engine), kOfEngines);
  for (const std::string& client : entries(root + "/sys/bus/mei/devices"))
    keep_each(files, client, "mei-clients/" + last_part(client), kOfClients);
  for (const std::string& engine : entries(root + "/sys/kernel/debug", "mei"))
    keep_each(files, engine, "debugfs/" + last_part(engine), kOfDebugging);
}

/// Kernels have the files of a TPM 1.2 beside it or in its device's folder.
void keep_tpms(Files& files, const std::string& root) {
  for (const std::string& tpm : entries(root + "/sys/class/tpm", "tpm")) {
    for (const std::string_view file : kOfTpms) {
      const bool beside = !text_of(tpm + "/" + std::string(file)).empty();
      keep(files, tpm + (beside ? "/" : "/device/") + std::string(file),
           "tpm/" + last_part(tpm) + "/" + std::string(file));
    }
  }
}

}  // namespace

std::string text_of(const std::string& path) {
  const auto contents = os::read_start(path, kMostOfAFile);
  return contents ? std::string(contents->begin(), contents->end()) : std::string();
}

std::vector<std::string> entries(const std::string& folder, std::string_view start) {
  std::vector<std::string> found;
  std::error_code failure;
  for (fs::directory_iterator each(folder, failure), end; !failure && each != end;
       each.increment(failure)) {
    if (each->path().filename().string().starts_with(start)) found.push_back(each->path().string());
  }
  std::ranges::sort(found);
  return found;
}

Files kernel_files(const std::string& root) {
  Files files;
  keep_functions(files, root);
  keep_engines(files, root);
  keep_tpms(files, root);
  keep_each(files, root + "/sys/class/dmi/id", "dmi", kOfTheComputer);
  keep(files, root + "/proc/version", "kernel");
  const std::string log = kernel_log(root);
  if (!log.empty()) files.push_back({"dmesg", base::Bytes(log.begin(), log.end())});
  return files;
}

}  // namespace updater::collect
