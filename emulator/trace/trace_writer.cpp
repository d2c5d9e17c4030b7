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

/// `head` may be only the beginning of a message of `size` bytes; then nobody knows the checksum.
void add_message(Json& json, const TraceRecord& record, const ClientMap& clients,
                 base::ByteView head, std::size_t size) {
  const base::Bytes shown = clients.shown(record.me_addr, head, size);
  json["me"] = record.me_addr;
  json["host"] = record.host_addr;
  json["size"] = size;
  json["data"] = base::to_hex(base::ByteView(shown).first(std::min(shown.size(), kShownBytes)));
  if (shown.size() == size) json["fnv1a"] = fmt::format("{:016x}", checksum(shown));
  json["says"] = say(clients.words_of(record), shown, size);
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

bool is_message(const TraceRecord& record) {
  return record.kind == TraceKind::message_to_host || record.kind == TraceKind::message_to_me;
}

std::string text_of(const TraceRecord& record, const ClientMap& clients, base::ByteView head,
                    std::size_t size) {
  Json json = {{"t_ns", record.at.count()}, {"kind", name(record.kind)}};
  if (is_message(record))
    add_message(json, record, clients, head, size);
  else
    add_event(json, record);
  return json.dump();
}

bool is_whole_flash_work(TraceKind kind) {
  return kind == TraceKind::flash_program || kind == TraceKind::flash_erase;
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
  if (record.kind == TraceKind::message_to_host) clients_.learn(record.me_addr, record.data);
  line(text_of(record, clients_, record.data, record.data.size()));
}

void TraceWriter::record_kept(const sim::TraceRing::Kept& kept, const ClientMap& clients) {
  const std::size_t head = std::min(kept.data_size, sim::TraceRing::kept_data);
  line(text_of(kept.record, clients, base::ByteView(kept.head).first(head), kept.data_size));
}

void TraceWriter::line(std::string text) {
  if (!file_ || !written_) return;
  text += '\n';
  // One write a line: whoever is killed leaves whole lines, up to the last.
  written_ = os::write_all(*file_, path_, base::as_bytes(text));
}

void LastTrace::record(const TraceRecord& record) {
  if (is_whole_flash_work(record.kind)) return;
  if (record.kind == TraceKind::message_to_host) clients_.learn(record.me_addr, record.data);
  ring_.record(record);
}

base::Result<std::size_t> LastTrace::write(const std::string& path,
                                           const std::string& story) const {
  TraceWriter writer;
  if (auto opened = writer.open(path, story); !opened) return opened.error();
  const auto kept = ring_.last(kLines);
  for (const sim::TraceRing::Kept& each : kept) writer.record_kept(each, clients_);
  if (auto closed = writer.close(); !closed) return closed.error();
  return kept.size();
}

}  // namespace emulator::trace
