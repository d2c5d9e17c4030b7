// SPDX-License-Identifier: BSD-3-Clause
// meupdate = [...] and updater = [...]: the updater's command line, the person in front of it, and
// what happens meanwhile.
#include "scenarios/engine/readers.h"

namespace scenarios::engine {
namespace {

using config::Named;
using emulator::firmware::SessionState;

constexpr Named<Person> kPersons[] = {
    {"none", Person::none}, {"yes", Person::yes}, {"no", Person::no}};
constexpr Named<Disturbance> kDisturbances[] = {{"stop", Disturbance::stop},
                                                {"kill", Disturbance::kill},
                                                {"reset_link", Disturbance::reset_link},
                                                {"reset_me", Disturbance::reset_me},
                                                {"reset_platform", Disturbance::reset_platform},
                                                {"power_cut", Disturbance::power_cut},
                                                {"suspend", Disturbance::suspend},
                                                {"jump_clock", Disturbance::jump_clock},
                                                {"fault", Disturbance::fault}};
constexpr Named<SessionState> kSessions[] = {
    {"idle", SessionState::idle},           {"staging", SessionState::staging},
    {"verifying", SessionState::verifying}, {"committing", SessionState::committing},
    {"committed", SessionState::committed}, {"failed", SessionState::failed}};
/// A fault is armed exactly where it is said which.
void read_disturbance(StrictTable& table, During& out) {
  if (table.require("do", "what happens")) table.read_named("do", out.disturbance, kDisturbances);
  const bool arms = out.disturbance == Disturbance::fault;
  if (arms && !table.require("fault", "which fault is armed")) return;
  if (!arms && table.raw("fault") != nullptr) table.fail("fault", "fault goes with do = \"fault\"");
  out.fault = read_fault(table).rule;
  const bool takes_time =
      out.disturbance == Disturbance::suspend || out.disturbance == Disturbance::jump_clock;
  if (takes_time)
    table.read("lasts", out.lasts);
  else if (table.raw("lasts") != nullptr)
    table.fail("lasts", "lasts goes with do = \"suspend\" and \"jump_clock\"");
}

During read_during(StrictTable& table) {
  During out{.place = table.place()};
  read_disturbance(table, out);
  std::uint64_t bytes = 0;
  base::Duration after{};
  SessionState session{};
  if (table.read("after_bytes", bytes)) out.after_bytes = bytes;
  if (table.read("after", after)) out.after = after;
  if (table.read_named("session", session, kSessions)) out.session = session;
  const bool has_moment = out.after_bytes || out.after || out.session;
  if (!has_moment) table.fail("do", "when? Give after_bytes, after or session");
  return out;
}

void read_line(StrictTable& table, Meupdate& out) {
  const config::TomlNode& node = *table.raw("meupdate");
  if (node.kind != config::TomlKind::string)
    table.read("meupdate", out.arguments);
  else if (node.string == "printed")
    out.line = Meupdate::Line::printed;
  else
    table.fail("meupdate",
               "meupdate must be a list of words, such as [\"info\", \"--format\", \"json\"], or "
               "\"printed\"");
}

}  // namespace

Meupdate read_meupdate(StrictTable& table) {
  Meupdate out;
  read_line(table, out);
  table.read_named("person", out.person, kPersons);
  table.read("device_absent", out.device_absent);
  for (StrictTable& during : table.tables("during")) out.during.push_back(read_during(during));
  return out;
}

OwnUpdater read_updater(StrictTable& table) {
  OwnUpdater out{.place = table.place_of("updater")};
  if (table.read("updater", out.words) && out.words.empty())
    table.fail("updater", "updater needs a program, such as [\"./mine\", \"${device}\"]");
  if (table.read("limit", out.limit) && out.limit <= base::Duration::zero())
    table.fail("limit", "limit must be more than 0");
  for (StrictTable& during : table.tables("during")) out.during.push_back(read_during(during));
  return out;
}

}  // namespace scenarios::engine
