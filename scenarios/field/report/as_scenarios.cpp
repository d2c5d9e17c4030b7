// SPDX-License-Identifier: BSD-3-Clause
// A field failure as a regression test: the machines and one story for every reproduced run.
#include <fmt/format.h>

#include <algorithm>

#include "base/hex.h"
#include "base/lines.h"
#include "scenarios/engine/placeholder.h"
#include "scenarios/field/report/reproduction.h"

namespace scenarios::field {
namespace {

/// `text` in a story: what looks like a ${name} in it is none.
std::string told(const std::string& text) {
  return quoted(engine::without_placeholders(text));
}

std::string list_of(const std::vector<std::string>& texts, const char* between) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : between) + quoted(text);
  return out;
}

std::string set_table(const Circumstances& circumstances) {
  if (circumstances.set.empty()) return {};
  std::string text = "\n[set]\n";
  for (const auto& [key, value] : circumstances.set)
    text += fmt::format("{} = {}\n", name(key), to_toml(key, value));
  return text;
}

std::string image_table(const engine::ImageSpec& image) {
  std::string text = fmt::format("\n[[image]]\nname = {}\nversion = \"{}\"\n", quoted(image.name),
                                 to_text(image.version));
  if (image.sku) text += fmt::format("sku = {}\n", *image.sku);
  if (image.key == engine::ImageKey::other) text += "key = \"other\"\n";
  for (const auto& corruption : image.corrupt)
    text += fmt::format("corrupt = [{{ at = {}, bytes = \"{}\" }}]\n", corruption.offset,
                        base::to_hex(corruption.bytes));
  return text;
}

std::string file_tables(const std::vector<engine::TextFile>& files) {
  std::string text;
  for (const engine::TextFile& file : files) {
    std::string content = file.text;
    while (content.ends_with('\n')) content.pop_back();
    text += fmt::format("\n[[file]]\nname = {}\ntext = {}\n", quoted(file.name), told(content));
  }
  return text;
}

std::string fault_steps(const ReplayedRun& run, const Circumstances& circumstances) {
  if (!run.replay.faults_struck) return {};
  std::string text;
  for (const auto& fault : circumstances.faults) {
    text += fmt::format(
        "\n[[step]]\nfault = {{ point = \"{}\", action = \"{}\", occurrence = {}{}{} }}\n",
        name(fault.point), name(fault.action), fault.occurrence,
        fault.repeat == 1 ? "" : fmt::format(", repeat = {}", fault.repeat),
        fault.status == 0 ? "" : fmt::format(", status = {}", fault.status));
  }
  return text;
}

/// The underscore keeps `mesim run DIR` from taking a machine for a story.
std::string machine_file(const ReportedBoard& state) {
  return "_" + state.name + ".toml";
}

/// The operational code refused once at boot: the recovery code runs, as it does where it
/// is damaged.
std::string recovery_steps(const Circumstances& circumstances) {
  if (circumstances.condition != Circumstances::Condition::recovering) return {};
  return "\n[[step]]\nfault = { point = \"boot\", action = \"fail\" }\n"
         "\n[[step]]\npower = \"on\"\n"
         "\n[[step]]\nuntil = { boot = \"recovery\", link = \"up\" }\nlimit = \"1min\"\n";
}

std::string story_text(std::size_t index, const Reproduction& all) {
  const ReplayedRun& run = all.runs[index];
  const ToolRun& log = all.report.runs[run.run];
  const auto& each = all.explained.best.circumstances;
  const Circumstances circumstances = index < each.size() ? each[index] : Circumstances{};
  std::string text = fmt::format(
      "# Made from a field report by `mesim reproduce`: {}.\n# Explanation: {}.\nschema = 1\n"
      "title = {}\ntags = [\"field-report\"]\nmachine = {}\n",
      log.place(), all.explained.best.text,
      told(log.title() + " prints what the owner's log shows"),
      quoted("./" + machine_file(all.states[run.state])));
  if (circumstances.condition == Circumstances::Condition::recovering) text += "begin = \"off\"\n";
  text += set_table(circumstances);
  const engine::Scenario& story = run.story;
  for (const engine::ImageSpec& image : story.images) text += image_table(image);
  if (!story.images.empty()) text += file_tables(story.files);
  text += recovery_steps(circumstances);
  text += fault_steps(run, circumstances);
  const auto& command = std::get<engine::Meupdate>(story.steps.front().action);
  const char* absent = command.device_absent ? "\ndevice_absent = true" : "";
  text += fmt::format("\n[[step]]\nmeupdate = [{}]{}\n[step.expect]\nexit = {}\nstdout_equals = [",
                      list_of(command.arguments, ", "), absent, run.replay.exit);
  for (const std::string& line : base::lines_of(run.replay.printed))
    text += "\n  " + told(line) + ",";
  text += "\n]\n";
  return text;
}

}  // namespace

std::vector<SavedFile> as_scenarios(const Reproduction& all) {
  std::vector<SavedFile> files;
  const bool any = std::any_of(all.runs.begin(), all.runs.end(),
                               [](const ReplayedRun& run) { return run.reproduced(); });
  for (std::size_t i = 0; any && i < all.states.size(); ++i) {
    files.push_back({machine_file(all.states[i]),
                     profile_toml(all.profiles[i],
                                  fmt::format("Board {} of a field report", all.states[i].board))});
  }
  for (std::size_t i = 0; i < all.runs.size(); ++i) {
    // A story of what differs would pass, and say that the owner's log was reproduced.
    if (!all.runs[i].reproduced()) continue;
    files.push_back({fmt::format("log{}-{}.toml", i + 1, all.states[all.runs[i].state].name),
                     story_text(i, all)});
  }
  return files;
}

}  // namespace scenarios::field
