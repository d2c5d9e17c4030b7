// SPDX-License-Identifier: BSD-3-Clause
// What the mei driver saw of the link: registers in its tracepoints (Linux
// drivers/misc/mei/mei-trace.h), clients in debugfs' meclients, the version of host bus messages.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <regex>

#include "base/lines.h"
#include "protocol/heci/registers.h"
#include "protocol/mei/clients.h"
#include "scenarios/measured/measured_board.h"

namespace scenarios::measured {
namespace {

struct ClientLine {
  unsigned address = 0;
  unsigned fixed = 0;
  std::string guid;
  unsigned connections = 0;
  unsigned message = 0;  ///< bytes
};

std::vector<ClientLine> clients_in(const std::string& text) {
  static const std::regex line(R"(\|\s*(\d+)\|\s*(\d+)\|([0-9a-f-]{36})\|\s*(\d+)\|\s*(\d+)\|)",
                               std::regex::icase);
  std::vector<ClientLine> clients;
  for (std::sregex_iterator each(text.begin(), text.end(), line), end; each != end; ++each) {
    const auto number = [&](int group) {
      unsigned value = 0;
      const std::string digits = (*each)[static_cast<std::size_t>(group)].str();
      std::from_chars(digits.data(), digits.data() + digits.size(), value);
      return value;
    };
    clients.push_back({number(1), number(2), (*each)[3].str(), number(4), number(5)});
  }
  return clients;
}

const ClientLine* find_client(const std::vector<ClientLine>& clients,
                              const protocol::mei::Guid& guid) {
  const auto found = std::ranges::find(clients, to_text(guid), &ClientLine::guid);
  return found == clients.end() ? nullptr : &*found;
}

std::string limits(const ClientLine& client) {
  return fmt::format("at {:02X}h, {} connection(s), messages up to {} bytes", client.address,
                     client.connections, client.message);
}

struct ClientRow {
  std::string_view row;
  protocol::mei::Guid guid;
};

constexpr ClientRow kClientRows[] = {{"mkhi-limits", protocol::mei::kMkhiGuid},
                                     {"wd-properties", protocol::mei::kWatchdogGuid},
                                     {"client-no-lme", protocol::mei::kLmeGuid},
                                     {"client-no-asf", protocol::mei::kManageabilityGuid}};

void measure_clients(const Archive& archive, MeasuredBoard& board) {
  const std::string name = archive.first("debugfs/", "/meclients");
  const std::vector<ClientLine> clients = clients_in(archive.text(name));
  if (clients.empty()) return;
  for (const ClientRow& row : kClientRows) {
    const ClientLine* client = find_client(clients, row.guid);
    board.rows.push_back({row.row, client == nullptr ? "not there" : limits(*client), name});
  }
  std::string order;
  unsigned first = 0;
  for (const ClientLine& client : clients) {
    if (client.fixed != 0) continue;
    if (first == 0 || client.address < first) first = client.address;
    order += fmt::format("{}{:02X}h {}", order.empty() ? "" : ", ", client.address, client.guid);
  }
  if (first == 0) return;
  board.rows.push_back({"client-order", order, name});
  board.values.push_back({"heci.first_dynamic_address", fmt::format("0x{:02X}", first), name});
}

/// "[0000:00:16.0] read H_CSR:[0x4] = 0x..."
void measure_depth(const Archive& archive, MeasuredBoard& board) {
  static const std::regex read(R"(read H_CSR:\[0x4\] = 0x([0-9a-f]+))");
  const std::string traced = archive.text("tracepoints");
  std::smatch found;
  if (!std::regex_search(traced, found, read)) return;
  std::uint32_t value = 0;
  const std::string digits = found[1].str();
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  const auto depth = base::Register32<protocol::heci::HCsr>(value)[protocol::heci::HCsr::cbd];
  board.values.push_back({"heci.depth", fmt::format("{}", depth), "tracepoints, H_CSR"});
  board.rows.push_back({"heci-depth", fmt::format("{} slots", depth), "tracepoints, H_CSR"});
}

/// A generation whose version of the bus messages has a row of its own in docs/fidelity.md.
struct OwnRow {
  std::uint16_t generation;
  const char* row;
};
constexpr OwnRow kOwnBusMessages[] = {{9, "me9-hbm"}};

const char* bus_messages_row(const MeasuredBoard& board) {
  for (const OwnRow& own : kOwnBusMessages) {
    if (board.version && board.version->major == own.generation) return own.row;
  }
  return "hbm-later";
}

void measure_bus_messages(const Archive& archive, MeasuredBoard& board) {
  const std::string name = archive.first("mei/", "/hbm_ver");
  const std::string version = archive.text(name);
  if (version.empty()) return;
  board.rows.push_back({bus_messages_row(board), "version " + version, name});
}

}  // namespace

void measure_link(const Archive& archive, MeasuredBoard& board) {
  measure_depth(archive, board);
  measure_clients(archive, board);
  measure_bus_messages(archive, board);
}

}  // namespace scenarios::measured
