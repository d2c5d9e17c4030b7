// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/trace/trace_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/hex.h"
#include "os/private_file.h"
#include "os/write_all.h"

namespace emulator::trace {
namespace {

using Json = nlohmann::ordered_json;
using sim::TraceKind;
using sim::TraceRecord;

constexpr std::size_t kShownBytes = 64;

/// FNV-1a, 64 bits (Fowler, Noll and Vo).
std::uint64_t checksum(base::ByteView data) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const std::uint8_t byte : data) hash = (hash ^ byte) * 0x100000001B3u;
  return hash;
}

void add_message(Json& json, const TraceRecord& record, const ClientMap& clients) {
  const base::Bytes shown = clients.shown(record.me_addr, record.data, record.data.size());
  json["me"] = record.me_addr;
  json["host"] = record.host_addr;
  json["size"] = record.data.size();
  json["data"] = base::to_hex(base::ByteView(shown).first(std::min(shown.size(), kShownBytes)));
  json["fnv1a"] = fmt::format("{:016x}", checksum(shown));
  json["says"] = say(clients.words_of(record), shown, shown.size());
}

void add_event(Json& json, const TraceRecord& record) {
  switch (record.kind) {
    case TraceKind::flash_program:
    case TraceKind::flash_erase:
      json["address"] = record.a;
      json["length"] = record.b;
      return;
    case TraceKind::flash_torn:
      json["address"] = record.a;
      json["done"] = record.b;
      return;
    case TraceKind::tpm_command:
      json["ordinal"] = record.a;
      json["size"] = record.b;
      return;
    case TraceKind::tpm_response:
      json["ordinal"] = record.a;
      json["result"] = record.b;
      return;
    case TraceKind::bad_input:
      json["rule"] = record.text;
      json["me"] = record.me_addr;
      json["host"] = record.host_addr;
      return;
    default:
      break;
  }
  json["text"] = record.text;
  json["a"] = record.a;
  json["b"] = record.b;
}

}  // namespace

base::Result<void> TraceWriter::open(const std::string& path, const std::string& story) {
  path_ = path;
  auto opened = os::open_private(path, os::Begin::anew);
  if (!opened) return opened.error();
  file_ = std::move(opened).value();
  written_ = {};
  line(Json{{"t_ns", 0}, {"kind", "story"}, {"format", kTraceFormat}, {"id", story}}.dump());
  return {};
}

base::Result<void> TraceWriter::close() {
  file_.reset();
  return written_;
}

void TraceWriter::record(const TraceRecord& record) {
  Json json = {{"t_ns", record.at.count()}, {"kind", name(record.kind)}};
  const bool to_host = record.kind == TraceKind::message_to_host;
  if (to_host) clients_.learn(record.me_addr, record.data);
  if (to_host || record.kind == TraceKind::message_to_me) {
    add_message(json, record, clients_);
  } else {
    add_event(json, record);
  }
  line(json.dump());
}

void TraceWriter::line(std::string text) {
  if (!file_ || !written_) return;
  text += '\n';
  // One write a line: whoever is killed leaves whole lines, up to the last.
  written_ = os::write_all(*file_, path_, base::as_bytes(text));
}

}  // namespace emulator::trace
