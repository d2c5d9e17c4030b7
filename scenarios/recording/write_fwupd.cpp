// SPDX-License-Identifier: BSD-3-Clause
// fwupd looks each question up behind the one it found last. So events stand in the order in which
// its FuMeiDevice and FuPciDevice ask when they are probed, and what is asked again stands again.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "protocol/pci/engine_functions.h"
#include "scenarios/recording/base64.h"
#include "scenarios/recording/fwupd.h"
#include "scenarios/recording/fwupd_words.h"

namespace scenarios::recording {
namespace {

using WrittenJson = nlohmann::ordered_json;
using protocol::mei::Guid;

/// The fwupd that these files were tried with; it reads older forms by this.
constexpr const char* kFwupdVersion = "2.0.20";
/// fwupd tells devices apart by it. A recording has no time of day.
constexpr const char* kCreated = "2000-01-01T00:00:00.000000Z";
constexpr const char* kFunctionFolder = "/sys/devices/pci0000:00/0000:00:16.0";
constexpr const char* kSlot = "0000:00:16.0";
constexpr const char* kNodeNumbers = "MAJOR=235\nMINOR=0\nDEVNAME=mei0";
constexpr unsigned kVendor = 0x8086;
constexpr int kNotFound = 8;  ///< FWUPD_ERROR_NOT_FOUND
/// How often a plugin that wants a client, and whoever asks before it, look for the function.
constexpr int kProbes = 3;

class EventWriter {
 public:
  void add(std::string id) { events_.push_back({{kId, std::move(id)}}); }
  void add(std::string id, std::string data) {
    events_.push_back({{kId, std::move(id)}, {kData, std::move(data)}});
  }
  void property(const char* name) { add(fmt::format("ReadProp:Key={}", name)); }
  void property(const char* name, std::string value) {
    add(fmt::format("ReadProp:Key={}", name), std::move(value));
  }
  void attribute(const char* name) { add(fmt::format("{}{}", kReadAttribute, name)); }
  void attribute(const char* name, std::string value) {
    add(fmt::format("{}{}", kReadAttribute, name), std::move(value));
  }
  void parent(const char* subsystem) {
    events_.push_back({{kId, fmt::format("GetBackendParent:Subsystem={}", subsystem)},
                       {"GType", "FuPciDevice"},
                       {"BackendId", kFunctionFolder},
                       {"PhysicalId", fmt::format("PCI_SLOT_NAME={}", kSlot)}});
  }
  void no_parent(const char* subsystem) {
    events_.push_back({{kId, fmt::format("GetBackendParent:Subsystem={}", subsystem)},
                       {"Error", kNotFound},
                       {"ErrorMsg", fmt::format("no parent with subsystem {}", subsystem)}});
  }
  void append(WrittenJson event) { events_.push_back(std::move(event)); }
  WrittenJson take() { return std::move(events_); }

 private:
  WrittenJson events_ = WrittenJson::array();
};

struct Ids {
  unsigned device;
  unsigned subsystem_vendor;
  unsigned subsystem;
  unsigned revision;
};

Ids ids_of(const Function& function) {
  return {.device = *function.device_id,
          .subsystem_vendor = function.subsystem_vendor.value_or(0),
          .subsystem = function.subsystem_id.value_or(0),
          .revision = function.revision.value_or(0)};
}

std::string function_uevent(const Ids& ids) {
  return fmt::format(
      "DRIVER=mei_me\nPCI_CLASS=78000\nPCI_ID={0:04X}:{1:04X}\nPCI_SUBSYS_ID={2:04X}:{3:04X}\n"
      "PCI_SLOT_NAME={4}\nMODALIAS=pci:v{0:08X}d{1:08X}sv{2:08X}sd{3:08X}bc07sc80i00",
      kVendor, ids.device, ids.subsystem_vendor, ids.subsystem, kSlot);
}

void add_identity(EventWriter& out, const Ids& ids) {
  out.property("DEVTYPE");
  out.attribute("uevent", function_uevent(ids));
  out.property("DEVNAME");
  out.attribute("vendor", fmt::format("{:#06x}", kVendor));
  out.attribute("device", fmt::format("{:#06x}", ids.device));
  out.attribute("class", "0x078000");
  out.property("DEVTYPE");
}

/// One look at the PCI function, found as the parent of /dev/mei0.
void add_function(EventWriter& out, const char* subsystem, const Ids& ids) {
  out.parent(subsystem);
  out.add("GetSymlinkTarget:Attr=subsystem", "pci");
  out.add("GetSymlinkTarget:Attr=driver", "mei_me");
  add_identity(out, ids);
  add_identity(out, ids);
  out.no_parent("i2c");
  out.attribute("class", "0x078000");
  out.attribute("revision", fmt::format("{:#04x}", ids.revision));
  out.attribute("subsystem_vendor", fmt::format("{:#06x}", ids.subsystem_vendor));
  out.attribute("subsystem_device", fmt::format("{:#06x}", ids.subsystem));
  out.property("PCI_SLOT_NAME", kSlot);
}

void add_node(EventWriter& out) {
  out.add("GetSymlinkTarget:Attr=subsystem", "mei");
  out.add("GetSymlinkTarget:Attr=driver");
  out.property("DEVTYPE");
  out.attribute("uevent", kNodeNumbers);
  out.property("DEVNAME", "mei0");
  for (const char* name : {"vendor", "device", "class"}) out.attribute(name);
  out.property("DEVTYPE");
}

/// What lies in the function's folder: a folder for each client.
std::string attributes(const Recording& recording) {
  std::vector<Guid> clients = recording.listed;
  for (const Conversation& conversation : recording.conversations) {
    if (std::find(clients.begin(), clients.end(), conversation.client) == clients.end())
      clients.push_back(conversation.client);
  }
  std::string names = "uevent\nvendor\ndevice\nclass\nrevision\nsubsystem_vendor\nsubsystem_device";
  for (const Guid& client : clients) names += fmt::format("\n{}-{}", kSlot, to_text(client));
  return names;
}

void add_probes(EventWriter& out, const Recording& recording) {
  const Ids ids = ids_of(recording.function);
  add_node(out);
  for (int probe = 0; probe < kProbes; ++probe) {
    add_function(out, "pci", ids);
    add_function(out, "(null)", ids);
    out.add(std::string(kListAttributes), attributes(recording));
  }
}

/// mei_connect_client_data: the kernel writes the client's properties over the GUID's beginning.
WrittenJson connect_event(const Conversation& conversation) {
  base::Bytes in(conversation.client.bytes.begin(), conversation.client.bytes.end());
  base::Bytes out = in;
  base::ByteWriter(out).u32(conversation.max_message_length).u8(conversation.protocol_version);
  return {{kId, fmt::format("{}{},Length={:#x}", kConnect, to_base64(in), in.size())},
          {kDataOut, to_base64(out)}};
}

void add_conversation(EventWriter& out, const Conversation& conversation) {
  out.append(connect_event(conversation));
  for (const Message& message : conversation.messages) {
    const std::string bytes = to_base64(message.bytes);
    if (message.to == Message::To::engine) {
      out.add(fmt::format("{}{},Length={:#x}", kWrite, bytes, message.bytes.size()));
    } else {
      // As long as the buffer of who reads: fwupd's AMT plugin takes the client's longest message.
      out.add(fmt::format("{}{:#x}", kRead, conversation.max_message_length), bytes);
    }
  }
}

WrittenJson device(const char* type, const Ids& ids) {
  return {{"Created", kCreated}, {"GType", type}, {"Vendor", kVendor}, {"Model", ids.device}};
}

WrittenJson client_device(const Recording& recording, const Guid& client) {
  WrittenJson json = device("FuUdevDevice", ids_of(recording.function));
  json["BackendId"] = fmt::format("{}/mei/mei0", kFunctionFolder);
  json["DeviceFile"] = "/dev/mei0";
  json["Subsystem"] = "mei";
  EventWriter out;
  add_probes(out, recording);
  for (const Conversation& conversation : recording.conversations) {
    if (conversation.client == client) add_conversation(out, conversation);
  }
  json[kEvents] = out.take();
  return json;
}

WrittenJson function_device(const Recording& recording) {
  WrittenJson json = device("FuPciDevice", ids_of(recording.function));
  json["BackendId"] = kFunctionFolder;
  json["DeviceFile"] = fmt::format("{}/config", kFunctionFolder);
  json["Subsystem"] = "pci";
  json["Driver"] = "mei_me";
  json["BindId"] = kSlot;
  EventWriter out;
  add_probes(out, recording);
  const auto& words = recording.function.status_words;
  for (std::size_t i = 0; i < std::min(words.size(), protocol::pci::kStatusWordsAt.size()); ++i) {
    std::array<std::uint8_t, 4> bytes{};
    base::ByteWriter(bytes).u32(words[i]);
    out.add(fmt::format("{}{:#x},Length=0x4", kReadConfig, protocol::pci::kStatusWordsAt[i]),
            to_base64(bytes));
  }
  if (!recording.firmware_versions.empty())
    out.attribute("mei/mei0/fw_ver", recording.firmware_versions);
  json[kEvents] = out.take();
  return json;
}

std::vector<Guid> clients_in(const Recording& recording) {
  std::vector<Guid> clients;
  for (const Conversation& conversation : recording.conversations) {
    if (std::find(clients.begin(), clients.end(), conversation.client) == clients.end())
      clients.push_back(conversation.client);
  }
  return clients;
}

}  // namespace

base::Result<std::string> write_fwupd(const Recording& recording) {
  if (!recording.function.device_id)
    return base::Error{base::Errc::invalid, "it does not tell the PCI device id of the engine"};
  if (recording.conversations.empty() && recording.function.status_words.empty())
    return base::Error{base::Errc::invalid, "it holds neither messages nor status words"};
  WrittenJson devices = WrittenJson::array();
  // fwupd asks the function for its status words alone, and tells where they are missing.
  if (!recording.function.status_words.empty()) devices.push_back(function_device(recording));
  for (const Guid& client : clients_in(recording))
    devices.push_back(client_device(recording, client));
  const WrittenJson document{{"FwupdVersion", kFwupdVersion}, {kDevices, std::move(devices)}};
  return document.dump(2) + "\n";
}

}  // namespace scenarios::recording
